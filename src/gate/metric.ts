/** Metrics of which a model has one value (docs/internals/roboflow-api.md#metrics). All are percentages, but perplexity. */
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

/** What a split has, whatever the model: how many objects, of all classes or of one, and how many images. */
export const COUNTS = ['objects', 'images'] as const;

/** One of {@link ACCURACY_METRICS}, or of {@link COUNTS}, which stand beside them where figures are of a split. */
export type AccuracyMetric = (typeof ACCURACY_METRICS)[number] | (typeof COUNTS)[number];

/** The metrics that depend on a confidence threshold. */
export const AT_CONFIDENCE: readonly Metric[] = ['precision', 'recall', 'f1'];

/** A metric that a rule can judge. Latency is in milliseconds and has one value for each hardware. */
export type Metric = AccuracyMetric | 'latency';

/** Every metric that a rule can judge, in the order in which messages list them. */
export const METRICS: readonly Metric[] = [...ACCURACY_METRICS, 'latency', ...COUNTS];

/** Whether `metric` is one of {@link COUNTS}. */
export function isCount(metric: Metric): boolean {
  return COUNTS.some((count) => count === metric);
}

/** The metrics that say which model is best; the first that any of the compared models reports is used for all. */
export const RANKING_METRICS: readonly AccuracyMetric[] = [
  'map50-95',
  'map50',
  'accuracy',
  'miou',
  'f1',
  'perplexity',
];

export type Unit = 'percent' | 'ms' | 'count' | 'none';

/** The unit of all values of `metric` inside the action. */
export function unitOf(metric: Metric): Unit {
  if (metric === 'latency') return 'ms';
  if (isCount(metric)) return 'count';
  return metric === 'perplexity' ? 'none' : 'percent';
}

/** Whether a lower value of `metric` is better. */
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
  objects: 'Objects',
  images: 'Images',
};

/** The metrics that are shares of things that can be counted, and so have noise that one training tells. */
export const COUNTED_METRICS = ['precision', 'recall', 'f1', 'accuracy'] as const;

export type CountedMetric = (typeof COUNTED_METRICS)[number];

/** Whether `metric` is one of {@link COUNTED_METRICS}. */
export function isCounted(metric: string): metric is CountedMetric {
  return COUNTED_METRICS.some((counted) => counted === metric);
}

/** The name of `metric` for headings and axes, as it is written in the field. */
export function labelOf(metric: Metric): string {
  return LABELS[metric];
}

const SPELLINGS: ReadonlyMap<string, Metric> = new Map<string, Metric>([
  ...METRICS.map((metric) => [normalized(metric), metric] as const),
  ['map50:95', 'map50-95'],
  ['f1score', 'f1'],
]);

/** The metric that people mean by `spelling`, such as `mAP@50`, `map_50_95` or `mAP@[.5:.95]`; undefined if it is none. */
export function metricNamed(spelling: string): Metric | undefined {
  return SPELLINGS.get(normalized(spelling));
}

/** The same of a name in an answer of Roboflow's, where only what a model reaches is a metric. */
export function accuracyNamed(name: string): AccuracyMetric | undefined {
  const metric = metricNamed(name);
  return ACCURACY_METRICS.find((each) => each === metric);
}

/** Lower case, without spaces and signs, thresholds in percent. An `@` is part of the name only directly after `mAP`. */
function normalized(spelling: string): string {
  return spelling
    .toLowerCase()
    .replace(/map[\s_]*@?\s*\[([\s.:\d-]+)\]/, 'map$1')
    .replace(/map\s*@(?=\s*[.\d])/, 'map')
    .replace(/[\s_-]/g, '')
    .replace(/(map|:)0?\.(\d\d)/g, '$1$2')
    .replace(/(map|:)0?\.(\d)/g, '$1$20');
}
