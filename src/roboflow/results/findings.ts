import { SPLITS, type Split } from '../../gate/split-figures.ts';
import type { BestConfidence, Confusion, Confusions } from '../../report/evaluation-findings.ts';
import { type EvaluationPath, getConfusionMatrix } from '../endpoints/evaluations.ts';
import type { Api } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import type { ConfusionMatrix, Optimum } from '../schema/evaluation-body.ts';

/** The confidence at which F1 is best: on the validation split, else on the test split. */
export function bestConfidence(sweep: ReadonlyMap<Split, Optimum>): BestConfidence | undefined {
  for (const split of SPLITS) {
    const optimum = sweep.get(split);
    if (optimum?.threshold !== undefined)
      return { threshold: optimum.threshold, f1: optimum.metrics.get('f1'), split };
  }
  return undefined;
}

/** What the model confuses on the test split at its best confidence; undefined if it confuses nothing. */
export async function readConfusions(
  api: Api,
  evaluation: EvaluationPath,
  { threshold }: BestConfidence,
  patience: Partial<Patience>,
): Promise<Confusions | undefined> {
  const split = 'test';
  const matrix = await getConfusionMatrix(api, evaluation, split, threshold, patience);
  const pairs = pairsOf(matrix);
  return pairs.length === 0 ? undefined : { split, threshold, pairs };
}

/** More are no help to anybody. */
const MOST_PAIRS = 50;

function pairsOf({ classes, counts }: ConfusionMatrix): readonly Confusion[] {
  const nameOf = (index: number) => (isBackground(classes[index]) ? undefined : classes[index]);
  const pairs = counts.flatMap((row, actual) => {
    const objects = isBackground(classes[actual]) ? undefined : row.reduce((sum, times) => sum + times, 0);
    return row.flatMap((times, predicted) =>
      predicted === actual || times === 0 || classes[predicted] === undefined
        ? []
        : [{ actual: nameOf(actual), predicted: nameOf(predicted), times, objects }],
    );
  });
  return pairs
    .filter(({ actual, predicted }) => actual !== undefined || predicted !== undefined)
    .toSorted((a, b) => b.times - a.times)
    .slice(0, MOST_PAIRS);
}

/** Roboflow's word for where no object is. */
function isBackground(name: string | undefined): boolean {
  return name?.toLowerCase() === 'background';
}
