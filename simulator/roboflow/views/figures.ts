import { round } from '../../lib/random.ts';

/** The parts of a dataset version. */
export const splits = ['train', 'valid', 'test'] as const;
export type Split = (typeof splits)[number];

/** What is measured on one split, of one class or of all, as fractions. */
export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly map50: number;
  readonly map5095: number;
}

/** Percentage points by which a split differs from the valid split, which the metrics of a training are of. */
const pointsOff: Readonly<Record<Split, number>> = { train: 6.4, valid: 0, test: -1.8 };

/** Percentage points between the best class and all classes, and between all and the worst. */
const classSpread = 5;

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

/** The same for one of `count` classes: the first is the best, and their mean is that of all. */
export function figuresOfClass(all: Figures, index: number, count: number): Figures {
  const off = count < 2 ? 0 : classSpread * (1 - (2 * index) / (count - 1));
  const shift = (value: number) => asFraction(value * 100 + off);
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

/** How many annotations of a class are in a split, by the share of its images. */
export function targetsIn(annotations: number, split: Split, sizes: Readonly<Record<Split, number>>): number {
  const images = sizes.train + sizes.valid + sizes.test;
  return images === 0 ? 0 : Math.round((annotations * sizes[split]) / images);
}

function asFraction(percent: number): number {
  return round(Math.min(100, Math.max(0, percent)) / 100, 4);
}
