import type { Split } from '../../gate/split-figures.ts';
import type {
  BestConfidence,
  Confusion,
  Confusions,
  EvaluationFindings,
} from '../../report/evaluation-findings.ts';
import { type EvaluationPath, getConfusionMatrix } from '../endpoints/evaluations.ts';
import type { Api } from '../http/api.ts';
import { ApiError } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { Wait } from '../http/retry.ts';
import type { ConfusionMatrix } from '../schema/counts-body.ts';
import { isBackground } from './counted-split.ts';
import { storedThreshold } from './read-counts.ts';
import type { EvaluationReader, FoundEvaluation } from './read-evaluation.ts';

/** What else an evaluation found, for the report, mistakes on `split`: what cannot be read is left out. */
export async function readFindings(
  { here: { api }, patience }: EvaluationReader,
  { confidence, counts: _, ...evaluation }: FoundEvaluation,
  split: Split,
): Promise<EvaluationFindings> {
  const confusions =
    confidence && (await unlessFailed(() => readConfusions(api, evaluation, split, confidence, patience)));
  return { confidence, confusions: confusions instanceof ApiError ? undefined : confusions };
}

/** What the model confuses on `split` at its best confidence; undefined if it confuses nothing. */
async function readConfusions(
  api: Api,
  evaluation: EvaluationPath,
  split: Split,
  best: BestConfidence,
  patience: Wait,
): Promise<Confusions | undefined> {
  const threshold = storedThreshold(best.threshold);
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
