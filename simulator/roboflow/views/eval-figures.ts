import { round } from '../../lib/random.ts';
import { type Figures, f1Of } from './figures.ts';

/** mAP as the evaluation's panels show it; null for a class without instances in the split. */
export function mapFigures(figures: Figures | null, factor = 1): Record<string, number | null> {
  if (figures === null) return { map50: null, map50_95: null, map75: null };
  const scaled = (value: number) => round(Math.min(1, value * factor), 4);
  return {
    map50: scaled(figures.map50),
    map50_95: scaled(figures.map5095),
    map75: scaled(map75Of(figures)),
  };
}

/** mAP75 follows from mAP50. */
export function map75Of({ map50 }: Figures): number {
  return round(map50 * 0.81, 4);
}

/** One row of the panel by class, without its name. */
export function perClass(figures: Figures | null): Record<string, number | null> {
  if (figures === null) {
    return { ...mapFigures(null), precision: null, recall: null, f1: null, optimalThreshold: null };
  }
  const { optimalThreshold, optimalMetrics } = optimum(figures);
  return { ...mapFigures(figures), ...optimalMetrics, optimalThreshold };
}

interface AtThreshold {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The confidence threshold at which F1 is best, and what is measured there. */
export interface Optimum {
  readonly optimalThreshold: number;
  readonly optimalMetrics: AtThreshold;
}

/** Figures at every threshold from 0.00 to 1.00, with texts for keys, and the best of them. Near 1 nothing is detected. */
export function sweep(
  figures: Figures,
): Optimum & { readonly perThreshold: Readonly<Record<string, AtThreshold>> } {
  const steps = Array.from({ length: 101 }, (_, index) => round(index * 0.01, 2));
  const nothing = { precision: 0, recall: 0, f1: 0 };
  const perThreshold = steps.map(
    (each) => [each.toFixed(2), each < 0.99 ? figuresAt(figures, each) : nothing] as const,
  );
  return { perThreshold: Object.fromEntries(perThreshold), ...optimum(figures) };
}

/** The threshold at which F1 is best. */
export function optimum(figures: Figures): Optimum {
  const measured = thresholds.map((each) => ({
    optimalThreshold: each,
    optimalMetrics: figuresAt(figures, each),
  }));
  return measured.reduce((best, next) => (next.optimalMetrics.f1 > best.optimalMetrics.f1 ? next : best));
}

const thresholds = Array.from({ length: 19 }, (_, index) => round((index + 1) * 0.05, 2));

/** Precision and recall of the figures are those at this threshold. */
const summaryThreshold = 0.4;

/** What is measured at a threshold from 0 to 1: a higher one finds less, and what it finds is right more often. */
export function figuresAt(figures: Figures, threshold: number): AtThreshold {
  const below = (summaryThreshold - threshold) / summaryThreshold;
  const above = (threshold - summaryThreshold) / (1 - summaryThreshold);
  const isBelow = threshold <= summaryThreshold;
  const precision = isBelow
    ? figures.precision * (1 - 0.45 * below)
    : figures.precision + (1 - figures.precision) * 0.9 * above;
  const recall = isBelow
    ? figures.recall + (1 - figures.recall) * 0.6 * below
    : figures.recall * (1 - 0.95 * above);
  return { precision: round(precision, 4), recall: round(recall, 4), f1: f1Of(precision, recall) };
}
