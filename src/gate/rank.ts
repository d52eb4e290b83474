import { type AccuracyMetric, lowerIsBetter, RANKING_METRICS } from './metric.ts';
import { candidatesOf, latencyOn, type Model } from './model.ts';

/**
 * The metric by which `models` are told apart: the first of the ranking metrics that any of them reports.
 * Undefined where none of them reports any.
 */
export function rankingMetric(models: readonly Model[]): AccuracyMetric | undefined {
  return RANKING_METRICS.find((metric) => models.some((model) => model.metrics.has(metric)));
}

/**
 * The metric that a whole run is told by: the one that ranks the models which may be headline or pick. What a stock or an
 * unfinished model reports beside it changes nothing.
 */
export function runMetric(models: readonly Model[]): AccuracyMetric | undefined {
  return rankingMetric(candidatesOf(models));
}

/**
 * `models` that report `metric`, best first; equal ones by lower latency, then by id.
 * @param hardware whose latency breaks a tie; without it, the lowest that each model reached anywhere
 */
export function rankedBy(
  metric: AccuracyMetric | undefined,
  models: readonly Model[],
  hardware?: string,
): readonly Model[] {
  if (metric === undefined) return [];
  const sign = lowerIsBetter(metric) ? 1 : -1;
  return models
    .flatMap((model) => {
      const value = model.metrics.get(metric);
      return value === undefined
        ? []
        : [{ model, score: sign * value, tieMs: tieBreakerMs(model, hardware) }];
    })
    .sort(
      (a, b) =>
        a.score - b.score ||
        byNumber(a.tieMs, b.tieMs) ||
        (a.model.id < b.model.id ? -1 : a.model.id > b.model.id ? 1 : 0),
    )
    .map(({ model }) => model);
}

/** The best of `models` by their {@link rankingMetric}; undefined where none reports one. */
export function mostAccurate(models: readonly Model[], hardware?: string): Model | undefined {
  const metric = rankingMetric(models);
  if (metric === undefined) return undefined;
  const most = models.reduce(
    (best, { metrics }) => {
      const value = metrics.get(metric);
      return value === undefined
        ? best
        : lowerIsBetter(metric)
          ? Math.min(best, value)
          : Math.max(best, value);
    },
    lowerIsBetter(metric) ? Infinity : -Infinity,
  );
  // Only equals need to be put in order.
  const equals = models.filter(({ metrics }) => metrics.get(metric) === most);
  return rankedBy(metric, equals, hardware)[0];
}

function tieBreakerMs(model: Model, hardware: string | undefined): number {
  if (hardware !== undefined) return latencyOn(model, hardware) ?? Number.POSITIVE_INFINITY;
  return [...model.latencyMs.values()].reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
}

/** Infinity minus Infinity is NaN, which would undo the order. */
function byNumber(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
