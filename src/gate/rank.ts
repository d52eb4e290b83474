import { type AccuracyMetric, lowerIsBetter, RANKING_METRICS } from './metric.ts';
import { candidatesOf, isServerless, latencyOn, type Model } from './model.ts';

/** The first ranking metric that any of `models` reports; undefined if none of them does. */
export function rankingMetric(models: readonly Model[]): AccuracyMetric | undefined {
  return RANKING_METRICS.find((metric) => models.some((model) => model.metrics.has(metric)));
}

/** The metric by which the headline model is chosen: the one that ranks the models that can be headline or pick. */
export function headlineMetric(models: readonly Model[]): AccuracyMetric | undefined {
  return rankingMetric(candidatesOf(models));
}

/** The models that report `metric`, best first; equal ones by latency on `hardware`, else on the fastest that the training measured, then by id. */
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
        // Two without a latency differ by NaN, which leaves it to the ids as 0 does.
        a.score - b.score || a.tieMs - b.tieMs || (a.model.id < b.model.id ? -1 : 1),
    )
    .map(({ model }) => model);
}

/** `items` in the order of their models by `metric`; those whose models do not report it come last, as they were. */
export function bestFirst<Item>(
  metric: AccuracyMetric | undefined,
  items: readonly Item[],
  modelOf: (item: Item) => Model,
): readonly Item[] {
  const places = new Map(rankedBy(metric, items.map(modelOf)).map((model, place) => [model, place] as const));
  const placeOf = (item: Item) => places.get(modelOf(item)) ?? items.length;
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The models that report any ranking metric, most accurate first; those that lack the metric of the others come last. */
export function mostAccurateFirst(models: readonly Model[]): readonly Model[] {
  const metric = rankingMetric(models);
  if (metric === undefined) return [];
  const others = models.filter(({ metrics }) => !metrics.has(metric));
  return [...rankedBy(metric, models), ...mostAccurateFirst(others)];
}

/** The first ranking metric that all of `headlines` report; if there is none, the first that any reports. */
export function sharedRanking(headlines: readonly Model[]): AccuracyMetric | undefined {
  const isOfAll = (metric: AccuracyMetric) => headlines.every(({ metrics }) => metrics.has(metric));
  return headlines.length === 0 ? undefined : (RANKING_METRICS.find(isOfAll) ?? rankingMetric(headlines));
}

/** The one sentence that chooses, among models and among trainings: the most accurate that holds all; if none does, the most accurate. */
export function mostAccurateThat<Item>(
  mostAccurateFirst: readonly Item[],
  ...holds: readonly ((item: Item) => boolean)[]
): Item | undefined {
  const chosen = holds.flatMap((holdsAll) => mostAccurateFirst.find(holdsAll) ?? []);
  return chosen[0] ?? mostAccurateFirst[0];
}

/** The best of `models` by their {@link rankingMetric}; undefined if none reports one. */
export function mostAccurate(models: readonly Model[], hardware?: string): Model | undefined {
  return rankedBy(rankingMetric(models), models, hardware)[0];
}

function tieBreakerMs(model: Model, hardware: string | undefined): number {
  if (hardware !== undefined) return latencyOn(model, hardware) ?? Number.POSITIVE_INFINITY;
  return [...model.latencyMs].reduce(
    (least, [name, ms]) => (isServerless(name) ? least : Math.min(least, ms)),
    Number.POSITIVE_INFINITY,
  );
}
