import { type AccuracyMetric, lowerIsBetter } from './metric.ts';
import { candidatesOf, latencyOn, type Model, measuredHardware, sameHardware } from './model.ts';
import { mostAccurate, rankingMetric } from './rank.ts';

/** A device to pick a model for; with a budget, only models at most that slow there are taken. */
export interface HardwareTarget {
  readonly hardware: string;
  readonly budgetMs: number | undefined;
}

export type PickSource = 'budget' | 'recommended' | 'most-accurate';

/** The model to ship to one hardware, and why this one. */
export interface HardwarePick {
  readonly hardware: string;
  readonly model: Model;
  readonly latencyMs: number | undefined;
  readonly source: PickSource;
  readonly budgetMs: number | undefined;
}

/** A target that no model can be picked for. */
export interface MissingPick {
  readonly hardware: string;
  readonly budgetMs: number | undefined;
  readonly reason: 'not-measured' | 'over-budget';
  /** The fastest model there, where the budget is what rules all of them out. */
  readonly fastestMs: number | undefined;
  /** The hardware that was measured, for the message. */
  readonly measured: readonly string[];
}

export type PickResult =
  | { readonly kind: 'pick'; readonly pick: HardwarePick }
  | ({ readonly kind: 'missing' } & MissingPick);

/** What picks are made from: a run's models, and what the API itself recommends per hardware. */
export interface PickPool {
  readonly models: readonly Model[];
  readonly recommended: ReadonlyMap<string, string>;
}

/** The model that stands for the whole run: the most accurate one that is finished and no baseline. */
export function headlineOf(models: readonly Model[]): Model | undefined {
  return mostAccurate(candidatesOf(models));
}

/**
 * The targets to pick for when the workflow names none: those that the API recommends for, or else every
 * hardware that a candidate was measured on.
 */
export function defaultTargets({ models, recommended }: PickPool): readonly HardwareTarget[] {
  const names = recommended.size > 0 ? [...recommended.keys()] : measuredHardware(candidatesOf(models));
  return names.map((hardware) => ({ hardware, budgetMs: undefined }));
}

/**
 * The pick for `target`: within a budget the most accurate model that keeps it; else the API's recommendation;
 * else the most accurate model measured there. One is never taken for the other without its `source` saying so.
 */
export function pickFor(target: HardwareTarget, { models, recommended }: PickPool): PickResult {
  const measured = candidatesOf(models).filter((model) => latencyOn(model, target.hardware) !== undefined);
  if (target.budgetMs !== undefined) return withinBudget(target, target.budgetMs, measured, models);

  const advised = recommendedFor(target.hardware, { models, recommended });
  if (advised) return pick(target, advised.model, 'recommended', advised.hardware);
  const best = mostAccurate(measured, target.hardware);
  return best ? pick(target, best, 'most-accurate') : missing(target, 'not-measured', models);
}

function withinBudget(
  target: HardwareTarget,
  budgetMs: number,
  measured: readonly Model[],
  models: readonly Model[],
): PickResult {
  const latencies = measured.map((model) => latencyOn(model, target.hardware) ?? Number.POSITIVE_INFINITY);
  const best = mostAccurate(
    measured.filter((_, index) => (latencies[index] ?? Number.POSITIVE_INFINITY) <= budgetMs),
    target.hardware,
  );
  if (best) return pick(target, best, 'budget');
  if (measured.length === 0) return missing(target, 'not-measured', models);
  const fastestMs = latencies.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  return missing(target, fastestMs > budgetMs ? 'over-budget' : 'not-measured', models, fastestMs);
}

/** A recommendation is followed only to a model that could be picked: finished, and no baseline. */
function recommendedFor(
  hardware: string,
  { models, recommended }: PickPool,
): { readonly model: Model; readonly hardware: string } | undefined {
  for (const [name, modelId] of recommended) {
    if (!sameHardware(name, hardware)) continue;
    const model = candidatesOf(models).find(({ id }) => id === modelId);
    if (model) return { model, hardware: name };
  }
  return undefined;
}

function pick(target: HardwareTarget, model: Model, source: PickSource, spelled?: string): PickResult {
  const asMeasured = [...model.latencyMs.keys()].find((name) => sameHardware(name, target.hardware));
  return {
    kind: 'pick',
    pick: {
      hardware: asMeasured ?? spelled ?? target.hardware,
      model,
      latencyMs: latencyOn(model, target.hardware),
      source,
      budgetMs: target.budgetMs,
    },
  };
}

function missing(
  { hardware, budgetMs }: HardwareTarget,
  reason: MissingPick['reason'],
  models: readonly Model[],
  fastestMs?: number,
): PickResult {
  const measured = measuredHardware(candidatesOf(models));
  const spelled = measured.find((name) => sameHardware(name, hardware)) ?? hardware;
  return { kind: 'missing', hardware: spelled, budgetMs, reason, fastestMs, measured };
}

/** A point of the accuracy/latency frontier: no other model there is both at least as fast and more accurate. */
export interface FrontierPoint {
  readonly model: Model;
  readonly latencyMs: number;
  readonly accuracy: number;
}

/**
 * The Pareto frontier of `models` on `hardware`, fastest first: each point is the best accuracy reachable within its
 * latency. Values are of `metric`, by default the run's ranking metric.
 */
export function frontierOn(
  hardware: string,
  models: readonly Model[],
  metric: AccuracyMetric | undefined = rankingMetric(models),
): readonly FrontierPoint[] {
  if (metric === undefined) return [];
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
