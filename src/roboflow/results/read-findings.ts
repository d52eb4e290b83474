import type { Split } from '../../gate/split-figures.ts';
import type { Confusion, EvaluationFindings } from '../../report/evaluation-findings.ts';
import { getConfusionMatrix } from '../endpoints/evaluations.ts';
import { ApiError } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { ConfusionMatrix } from '../schema/counts-body.ts';
import { isBackground } from './counted-split.ts';
import type { EvaluationReader } from './find-evaluation.ts';
import { storedThreshold } from './read-counts.ts';
import type { FoundEvaluation } from './read-evaluation.ts';

/** What else an evaluation found, for the report, mistakes on `split`: what cannot be read is left out. */
export async function readFindings(
  { here, patience }: EvaluationReader,
  { id, confidence }: FoundEvaluation,
  split: Split,
): Promise<EvaluationFindings> {
  if (confidence === undefined) return { confidence, confusions: undefined };
  const threshold = storedThreshold(confidence.threshold);
  const read = () => getConfusionMatrix(here, id, split, threshold, patience);
  const matrix = await unlessFailed(read);
  const pairs = matrix instanceof ApiError ? [] : pairsOf(matrix);
  return { confidence, confusions: pairs.length === 0 ? undefined : { split, threshold, pairs } };
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
