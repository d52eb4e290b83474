import { type AccuracyMetric, lowerIsBetter } from './metric.ts';
import { candidatesOf, latencyOn, type Model, measuredHardware, sameHardware } from './model.ts';
import { mostAccurate } from './rank.ts';

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

/** A target that no model can be picked for, and the hardware that was measured, for the message. */
export type MissingPick = WhyMissing & { readonly hardware: string; readonly measured: readonly string[] };

/** No model was measured there; or none keeps the budget; or none of those that do reports a ranking metric. */
type WhyMissing =
  | { readonly reason: 'not-measured' | 'no-metric'; readonly budgetMs: number | undefined }
  | { readonly reason: 'over-budget'; readonly budgetMs: number; readonly fastestMs: number };

export type PickResult =
  | { readonly kind: 'pick'; readonly pick: HardwarePick }
  | ({ readonly kind: 'missing' } & MissingPick);

/** What picks are made from: a run's models, and what the API itself recommends per hardware. */
export interface ModelResults {
  readonly models: readonly Model[];
  readonly recommended: ReadonlyMap<string, string>;
}

/** The model that stands for the whole run: the most accurate one that is finished and no stock model. */
export function headlineOf(models: readonly Model[]): Model | undefined {
  return mostAccurate(candidatesOf(models));
}

/**
 * The targets to pick for when the workflow names none: those that the API recommends for, or else every
 * hardware that a candidate was measured on.
 */
export function defaultTargets({ models, recommended }: ModelResults): readonly HardwareTarget[] {
  const names = recommended.size > 0 ? [...recommended.keys()] : measuredHardware(candidatesOf(models));
  return names.map((hardware) => ({ hardware, budgetMs: undefined }));
}

/**
 * The pick for `target`: within a budget the most accurate model that keeps it; else the API's recommendation;
 * else the most accurate model measured there. One is never taken for the other without its `source` saying so.
 */
export function pickFor(target: HardwareTarget, { models, recommended }: ModelResults): PickResult {
  const { hardware, budgetMs } = target;
  const measured = candidatesOf(models).flatMap((model) => {
    const ms = latencyOn(model, hardware);
    return ms === undefined ? [] : [{ model, ms }];
  });
  if (budgetMs !== undefined && measured.length > 0) {
    const fastestMs = measured.reduce((least, { ms }) => Math.min(least, ms), Number.POSITIVE_INFINITY);
    if (fastestMs > budgetMs)
      return missing(hardware, models, { reason: 'over-budget', budgetMs, fastestMs });
  }
  const advised = budgetMs === undefined ? recommendedFor(hardware, { models, recommended }) : undefined;
  if (advised) return pick(target, advised.model, 'recommended', advised.hardware);

  const kept = measured.filter(({ ms }) => budgetMs === undefined || ms <= budgetMs);
  const best = mostAccurate(
    kept.map(({ model }) => model),
    hardware,
  );
  if (best) return pick(target, best, budgetMs === undefined ? 'most-accurate' : 'budget');
  return missing(hardware, models, {
    reason: measured.length === 0 ? 'not-measured' : 'no-metric',
    budgetMs,
  });
}

/** A recommendation is followed only to a model that could be picked: finished, and no stock model. */
function recommendedFor(
  hardware: string,
  { models, recommended }: ModelResults,
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

function missing(hardware: string, models: readonly Model[], why: WhyMissing): PickResult {
  const measured = measuredHardware(candidatesOf(models));
  const spelled = measured.find((name) => sameHardware(name, hardware)) ?? hardware;
  return { kind: 'missing', hardware: spelled, measured, ...why };
}

/** A point of the accuracy/latency frontier: no other model there is both at least as fast and more accurate. */
export interface FrontierPoint {
  readonly model: Model;
  readonly latencyMs: number;
  readonly accuracy: number;
}

/**
 * The Pareto frontier of `models` on `hardware`, fastest first: each point is the best accuracy reachable within its
 * latency. Values are of `metric`.
 */
export function frontierOn(
  hardware: string,
  models: readonly Model[],
  metric: AccuracyMetric,
): readonly FrontierPoint[] {
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
