import { type AccuracyMetric, lowerIsBetter } from './metric.ts';
import { latencyOn, type Model } from './model.ts';

/** The Pareto frontier of `models` on `hardware`, fastest first: the best value of `metric` within each latency. */
export function frontierOn(hardware: string, models: readonly Model[], metric: AccuracyMetric) {
  const sign = lowerIsBetter(metric) ? -1 : 1;
  const points = models
    .flatMap((model) => {
      const latencyMs = latencyOn(model, hardware);
      const accuracy = model.metrics.get(metric);
      return latencyMs === undefined || accuracy === undefined ? [] : [{ model, latencyMs, accuracy }];
    })
    .sort(
      (a, b) =>
        a.latencyMs - b.latencyMs || sign * (b.accuracy - a.accuracy) || (a.model.id < b.model.id ? -1 : 1),
    );
  let best = Number.NEGATIVE_INFINITY;
  return points.filter(({ accuracy }) => {
    const better = sign * accuracy > best;
    if (better) best = sign * accuracy;
    return better;
  });
}
