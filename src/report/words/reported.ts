import { ACCURACY_METRICS, type AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { headlineMetric } from '../../gate/rank.ts';

/** The metrics that any of `models` reports, the one that ranks a training first. */
export function reportedMetrics(models: readonly Model[]): readonly AccuracyMetric[] {
  const best = headlineMetric(models);
  const others = ACCURACY_METRICS.filter(
    (metric) => metric !== best && models.some((model) => model.metrics.has(metric)),
  );
  return best === undefined ? others : [best, ...others];
}
