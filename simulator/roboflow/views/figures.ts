import type { Split } from '../../evaluation-plan.ts';
import { round } from '../../lib/random.ts';

/** The splits of a dataset version, in the order in which answers show them. */
export const splits = ['train', 'valid', 'test'] as const satisfies readonly Split[];

/** What is measured on one split, of one class or of all, as fractions. */
export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly map50: number;
  readonly map5095: number;
}

/** Percentage points by which a split differs from the valid split, which the metrics of a training are of. */
const pointsOff: Readonly<Record<Split, number>> = { train: 6.4, valid: 0, test: -1.8 };

/**
 * Figures of a split from the metrics of a training, which are in percent and of the valid split.
 * Undefined if one of them is no number.
 */
export function figuresOf(metrics: Readonly<Record<string, unknown>>, split: Split): Figures | undefined {
  const { precision, recall, map50, map5095 } = metrics;
  if (typeof map50 !== 'number' || !Number.isFinite(map50)) return undefined;
  const fraction = (value: unknown, ifUnsaid: number) =>
    asFraction((typeof value === 'number' ? value : ifUnsaid) + pointsOff[split]);
  return {
    precision: fraction(precision, map50),
    recall: fraction(recall, map50),
    map50: fraction(map50, map50),
    map5095: fraction(map5095, map50 * 0.73),
  };
}

/** Figures that are so many percentage points higher, or lower. */
export function shifted(all: Figures, points: number): Figures {
  const shift = (value: number) => asFraction(value * 100 + points);
  return {
    precision: shift(all.precision),
    recall: shift(all.recall),
    map50: shift(all.map50),
    map5095: shift(all.map5095),
  };
}

/** The F1 of precision and recall. */
export function f1Of(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : round((2 * precision * recall) / (precision + recall), 4);
}

function asFraction(percent: number): number {
  return round(Math.min(100, Math.max(0, percent)) / 100, 4);
}
