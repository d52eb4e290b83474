import type { ClassOnSplit } from './class-figures.ts';
import { figuresAt } from './eval-figures.ts';

/** The part of the objects that are not found which the model takes for another class. In the place of the others it sees nothing. */
const mistakenShare = 0.5;

/**
 * Counts by actual class (row) and predicted class (column) at a threshold from 0 to 1; the last of both is the background. The
 * row of a class sums up to its objects, of which its recall are right, and its column to what its precision allows.
 */
export function confusionMatrix(
  classes: readonly Pick<ClassOnSplit, 'figures' | 'targets'>[],
  threshold: number,
): number[][] {
  const counted = classes.map((each) => countsOf(each, threshold));
  const left = counted.map(({ missed }) => Math.floor(missed * mistakenShare));
  const columns = counted.map(({ right, wrong }, predicted) => {
    const column = shared(
      wrong,
      left.map((count, actual) => (actual === predicted ? 0 : count)),
    );
    for (const [actual, count] of column.entries()) left[actual] = (left[actual] ?? 0) - count;
    const background = wrong - sumOf(column);
    return [...column.with(predicted, right), background];
  });
  return [...counted, { right: 0, missed: 0 }].map(({ right, missed }, actual) => {
    const row = columns.map((column) => column[actual] ?? 0);
    return [...row, actual === counted.length ? 0 : right + missed - sumOf(row)];
  });
}

/** How many objects of a class are named rightly, how many are not, and how often the class is named wrongly. */
function countsOf({ figures, targets }: Pick<ClassOnSplit, 'figures' | 'targets'>, threshold: number) {
  if (figures === null) return { right: 0, missed: 0, wrong: 0 };
  const { precision, recall } = figuresAt(figures, threshold);
  const right = Math.round(targets * recall);
  return { right, missed: targets - right, wrong: Math.round(right * (1 / Math.max(precision, 0.01) - 1)) };
}

/** `total` in shares as large as `parts` are to each other, none larger than its part. */
function shared(total: number, parts: readonly number[]): number[] {
  const whole = sumOf(parts);
  return parts.map((part) => (whole === 0 ? 0 : Math.min(part, Math.floor((total * part) / whole))));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
