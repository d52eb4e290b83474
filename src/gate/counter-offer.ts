import {
  decide,
  type GateInput,
  isBinding,
  type JudgedRule,
  type RuleResult,
  type Verdict,
} from './decide.ts';
import { frontierOn } from './frontier.ts';
import { isThreshold } from './is-threshold.ts';
import { type AccuracyMetric, lowerIsBetter, type Metric } from './metric.ts';
import { candidatesOf, latencyOn, type Model, sameHardware } from './model.ts';
import { type NearestModel, nearestModel } from './nearest-model.ts';
import type { HardwarePick, HardwareTarget, MissingPick } from './picks.ts';
import { headlineMetric } from './rank.ts';
import type { Rule } from './rules.ts';

/**
 * What a person could change after a failed verdict. Each was judged again with this one change, and says only what then
 * holds.
 */
export type CounterOffer =
  /** Another latency budget in `hardware`: for speed (a tighter one) or for accuracy (a wider one). */
  | {
      readonly kind: 'budget';
      readonly aim: 'speed' | 'accuracy';
      /** The rule that holds then. */
      readonly rule: JudgedRule;
      readonly pick: HardwarePick;
      readonly budgetMs: number;
      /** The metric that is picked by, its value, and how much of it is given up; negative if something is gained. */
      readonly metric: AccuracyMetric;
      readonly value: number;
      readonly cost: number | undefined;
      /** The rules that count and do not hold then either. */
      readonly stillBroken: readonly RuleResult[];
      readonly ruleCount: number;
    }
  /** No model of the training is fast enough on a hardware; this is the fastest there. */
  | {
      readonly kind: 'fastest';
      readonly hardware: string;
      readonly boundMs: number;
      readonly model: Model;
      readonly latencyMs: number;
    }
  /** No model of the training is accurate enough on a hardware; this is the best there. */
  | {
      readonly kind: 'best-there';
      readonly hardware: string;
      readonly rule: JudgedRule;
      readonly model: Model;
      readonly value: number;
    }
  /** Another model of the training: one that holds all rules by itself, or the one that comes nearest. */
  | ({ readonly kind: 'model' } & NearestModel);

type BrokenRule = JudgedRule & { readonly state: 'broken' };

/** The first offer that applies to a failed `verdict` on `judged`; undefined if nothing can be offered. */
export function counterOffer(judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  if (verdict.outcome !== 'failed') return undefined;
  const broken = verdict.rules.find(
    (result): result is BrokenRule => result.state === 'broken' && result.rule.severity === 'fail',
  );
  if (broken === undefined) return fastestInstead(judged, verdict);
  if (!isThreshold(broken.rule)) return undefined;
  return offerOnHardware(broken, judged, verdict) ?? otherModel(judged, verdict);
}

function offerOnHardware(broken: BrokenRule, judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  const { rule, hardware, bound } = broken;
  if (rule.hardware === undefined || hardware === undefined) return undefined;
  if (rule.metric === 'latency')
    return (
      withBudget(budgetFor(broken, judged.results.models), 'speed', broken, judged, verdict) ??
      fastestOn(hardware, bound, judged.results.models, rule)
    );
  return widerBudget(broken, judged, verdict) ?? bestThere(broken, rule.metric, judged.results.models);
}

/** The bound itself; of one that must not be reached, the slowest latency below it. */
function budgetFor({ rule, bound, hardware = '' }: BrokenRule, models: readonly Model[]): number {
  if (rule.comparison !== '<') return bound;
  const below = candidatesOf(models).flatMap((model) => {
    const latencyMs = latencyOn(model, hardware);
    return latencyMs !== undefined && latencyMs < bound ? [latencyMs] : [];
  });
  return below.reduce((most, latencyMs) => Math.max(most, latencyMs), 0);
}

function isWithin(latencyMs: number, boundMs: number, rule: Rule | undefined): boolean {
  return rule?.comparison === '<' ? latencyMs < boundMs : latencyMs <= boundMs;
}

/** The lowest budget, in tenths of a millisecond, at which a rule on accuracy holds. */
function widerBudget(broken: BrokenRule, judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  const { rule, bound, hardware } = broken;
  const metric = headlineMetric(judged.results.models);
  if (metric === undefined || hardware === undefined || rule.metric === 'latency') return undefined;
  const least = judged.targets.find((each) => sameHardware(each.hardware, hardware))?.budgetMs ?? 0;
  const wanted = rule.metric;
  const point = frontierOn(hardware, candidatesOf(judged.results.models), metric).find(
    ({ latencyMs, model }) => latencyMs > least && reaches(model.metrics.get(wanted), bound, wanted),
  );
  if (point === undefined) return undefined;
  return withBudget(Math.ceil(point.latencyMs * 10) / 10, 'accuracy', broken, judged, verdict);
}

function reaches(value: number | undefined, bound: number, metric: Metric): boolean {
  if (value === undefined) return false;
  return lowerIsBetter(metric) ? value <= bound : value >= bound;
}

/** Judges again with a budget of `budgetMs` on the hardware of `broken`; undefined if that rule is still broken. */
function withBudget(
  budgetMs: number,
  aim: 'speed' | 'accuracy',
  broken: BrokenRule,
  judged: GateInput,
  verdict: Verdict,
): CounterOffer | undefined {
  const { hardware } = broken;
  const metric = headlineMetric(judged.results.models);
  if (hardware === undefined || metric === undefined) return undefined;
  const isThere = (each: HardwareTarget) => sameHardware(each.hardware, hardware);
  const targets = [...judged.targets.filter((each) => !isThere(each)), { hardware, budgetMs }];
  const again = decide({ ...judged, targets });
  const pick = pickOn(hardware, again);
  const value = pick?.model.metrics.get(metric);
  const rule = again.rules[verdict.rules.indexOf(broken)];
  if (pick === undefined || value === undefined || rule?.state !== 'holds') return undefined;
  const now = pickedNow(broken, judged.results.models)?.metrics.get(metric);
  const sign = lowerIsBetter(metric) ? -1 : 1;
  const binding = again.rules.filter(isBinding);
  const stillBroken = binding.filter(({ state }) => state !== 'holds');
  const cost = now === undefined ? undefined : sign * (now - value);
  return {
    kind: 'budget',
    aim,
    rule,
    pick,
    budgetMs,
    metric,
    value,
    cost,
    stillBroken,
    ruleCount: binding.length,
  };
}

function pickOn(hardware: string, { picks }: Verdict): HardwarePick | undefined {
  const result = picks.find((each) => each.kind === 'pick' && sameHardware(each.pick.hardware, hardware));
  return result?.kind === 'pick' ? result.pick : undefined;
}

function pickedNow({ modelId }: BrokenRule, models: readonly Model[]): Model | undefined {
  return models.find(({ id }) => id === modelId);
}

function fastestInstead(judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  const missing = verdict.picks.find(
    (each): each is { kind: 'missing' } & Extract<MissingPick, { reason: 'over-budget' }> =>
      each.kind === 'missing' && each.reason === 'over-budget',
  );
  if (missing === undefined || !judged.targetsGiven) return undefined;
  return fastestOn(missing.hardware, missing.budgetMs, judged.results.models);
}

function fastestOn(
  hardware: string,
  boundMs: number,
  models: readonly Model[],
  rule?: Rule,
): CounterOffer | undefined {
  let fastest: { readonly model: Model; readonly latencyMs: number } | undefined;
  for (const model of candidatesOf(models)) {
    const latencyMs = latencyOn(model, hardware);
    if (latencyMs !== undefined && (fastest === undefined || latencyMs < fastest.latencyMs))
      fastest = { model, latencyMs };
  }
  if (fastest === undefined || isWithin(fastest.latencyMs, boundMs, rule)) return undefined;
  return { kind: 'fastest', hardware, boundMs, ...fastest };
}

/** The best value of `metric` on the hardware of `broken`, if that is not enough either. */
function bestThere(
  broken: BrokenRule,
  metric: AccuracyMetric,
  models: readonly Model[],
): CounterOffer | undefined {
  const { hardware, bound } = broken;
  if (hardware === undefined) return undefined;
  const best = frontierOn(hardware, candidatesOf(models), metric).at(-1);
  if (best === undefined || reaches(best.accuracy, bound, metric)) return undefined;
  return { kind: 'best-there', hardware, rule: broken, model: best.model, value: best.accuracy };
}

function otherModel(judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  const nearest = nearestModel(judged, verdict);
  return nearest && { kind: 'model', ...nearest };
}
