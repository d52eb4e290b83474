/**
 * The metrics that Roboflow reports, by the names that rules, outputs and the report use for them.
 * All are percentages but latency (milliseconds) and perplexity (a plain number)
 * (docs/roboflow-api.md#metrics).
 */
export const ACCURACY_METRICS = [
  'map50-95',
  'map50',
  'map75',
  'accuracy',
  'miou',
  'precision',
  'recall',
  'f1',
  'perplexity',
] as const;

/** A metric that a model has one value of. */
export type AccuracyMetric = (typeof ACCURACY_METRICS)[number];

/** Whatever a rule can judge; latency has one value for each hardware. */
export type Metric = AccuracyMetric | 'latency';

/** Every metric name that a rule may begin with, in the order in which messages list them. */
export const METRICS: readonly Metric[] = [...ACCURACY_METRICS, 'latency'];

/**
 * The metrics that can say which model is best, the most telling first.
 * The first that any candidate reports decides for all of them.
 */
export const RANKING_METRICS: readonly AccuracyMetric[] = [
  'map50-95',
  'map50',
  'accuracy',
  'miou',
  'f1',
  'perplexity',
];

export type Unit = 'percent' | 'ms' | 'none';

/** The unit that values of `metric` are in, everywhere inside the action. */
export function unitOf(metric: Metric): Unit {
  if (metric === 'latency') return 'ms';
  return metric === 'perplexity' ? 'none' : 'percent';
}

/** 0.8 -> 80, without the tail of digits that binary fractions leave. */
export function percentOf(fraction: number): number {
  return Number((fraction * 100).toFixed(4));
}

/** Whether a smaller value of `metric` is the better one. */
export function lowerIsBetter(metric: Metric): boolean {
  return metric === 'latency' || metric === 'perplexity';
}

const LABELS: Readonly<Record<Metric, string>> = {
  map50: 'mAP50',
  'map50-95': 'mAP50-95',
  map75: 'mAP75',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  accuracy: 'Accuracy',
  miou: 'mIoU',
  perplexity: 'Perplexity',
  latency: 'Latency',
};

/** The name of `metric` as people of the field write it, for headings and axes. */
export function labelOf(metric: Metric): string {
  return LABELS[metric];
}

const SPELLINGS: ReadonlyMap<string, Metric> = new Map<string, Metric>([
  ...METRICS.map((metric) => [bare(metric), metric] as const),
  ['map50:95', 'map50-95'],
  ['f1score', 'f1'],
]);

/**
 * The metric that people mean by `spelling`: `mAP50`, `mAP@50`, `map_50_95`, `mAP@[.5:.95]` and the like.
 * Undefined where it means none.
 */
export function metricNamed(spelling: string): Metric | undefined {
  return SPELLINGS.get(bare(spelling));
}

/** Without case, blanks and signs, and with thresholds as percent. Only right behind `mAP` is an `@` part of the name. */
function bare(spelling: string): string {
  return spelling
    .trim()
    .toLowerCase()
    .replace(/^map\s*@(?=[\s[]*[.\d])/, 'map')
    .replace(/[\s_[\]-]/g, '')
    .replace(/(^map|:)0?\.(\d\d)/g, '$1$2')
    .replace(/(^map|:)0?\.(\d)/g, '$1$20');
}
