import { decide, type GateInput, type Verdict } from './decide.ts';
import { frontierOn } from './frontier.ts';
import { type AccuracyMetric, lowerIsBetter, type Metric } from './metric.ts';
import { candidatesOf, latencyOn, type Model, sameHardware } from './model.ts';
import type { HardwarePick, HardwareTarget } from './picks.ts';
import { headlineMetric } from './rank.ts';
import { isBinding, type JudgedRule, type RuleResult } from './rule-result.ts';
import { isOnDetails } from './rules.ts';

/** Another latency budget in `hardware`: for speed (a tighter one) or for accuracy (a wider one). */
export interface BudgetOffer {
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

/** A rule that does not hold. */
export type BrokenRule = JudgedRule & { readonly state: 'broken' };

/** The budget at which a broken rule on latency holds; undefined if no model is fast enough. */
export function tighterBudget(
  broken: BrokenRule,
  judged: GateInput,
  verdict: Verdict,
): BudgetOffer | undefined {
  return withBudget(budgetFor(broken, judged.results.models), 'speed', broken, judged, verdict);
}

/** The lowest budget, in tenths of a millisecond, at which a rule on accuracy holds. */
export function widerBudget(
  broken: BrokenRule,
  judged: GateInput,
  verdict: Verdict,
): BudgetOffer | undefined {
  const { rule, bound, hardware } = broken;
  const metric = headlineMetric(judged.results.models);
  if (metric === undefined || hardware === undefined || rule.metric === 'latency' || isOnDetails(rule))
    return undefined;
  const least = judged.targets.find((each) => sameHardware(each.hardware, hardware))?.budgetMs ?? 0;
  const wanted = rule.metric;
  const point = frontierOn(hardware, candidatesOf(judged.results.models), metric).find(
    ({ latencyMs, model }) => latencyMs > least && reaches(model.metrics.get(wanted), bound, wanted),
  );
  if (point === undefined) return undefined;
  return withBudget(Math.ceil(point.latencyMs * 10) / 10, 'accuracy', broken, judged, verdict);
}

/** Whether a value is at least as good as a bound. */
export function reaches(value: number | undefined, bound: number, metric: Metric): boolean {
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
): BudgetOffer | undefined {
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

/** The bound itself; of one that must not be reached, the slowest latency below it. */
function budgetFor({ rule, bound, hardware = '' }: BrokenRule, models: readonly Model[]): number {
  if (rule.comparison !== '<') return bound;
  const below = candidatesOf(models).flatMap((model) => {
    const latencyMs = latencyOn(model, hardware);
    return latencyMs !== undefined && latencyMs < bound ? [latencyMs] : [];
  });
  return below.reduce((most, latencyMs) => Math.max(most, latencyMs), 0);
}
