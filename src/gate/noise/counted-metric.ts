/** The metrics that are shares of things that can be counted, and so have noise that one training tells. */
export const COUNTED_METRICS = ['precision', 'recall', 'f1', 'accuracy'] as const;

export type CountedMetric = (typeof COUNTED_METRICS)[number];

/** Whether `metric` is one of {@link COUNTED_METRICS}. */
export function isCounted(metric: string): metric is CountedMetric {
  return COUNTED_METRICS.some((counted) => counted === metric);
}
