import { ACCURACY_METRICS, type AccuracyMetric } from '../gate/metric.ts';
import type { Model } from '../gate/model.ts';
import { rankingMetric } from '../gate/rank.ts';

/** The metrics that any of `models` reports, the one that ranks them first. */
export function reportedMetrics(models: readonly Model[]): readonly AccuracyMetric[] {
  const best = rankingMetric(models);
  const others = ACCURACY_METRICS.filter(
    (metric) => metric !== best && models.some((model) => model.metrics.has(metric)),
  );
  return best === undefined ? others : [best, ...others];
}
