import { frontierOn } from './frontier.ts';
import { type AccuracyMetric, lowerIsBetter } from './metric.ts';
import { candidatesOf, latencyOn, type Model, sameHardware } from './model.ts';
import type { HardwarePick, HardwareTarget, PickResult } from './picks.ts';
import { headlineMetric } from './rank.ts';
import { isBinding, type JudgedRule, type RuleResult } from './rule-result.ts';
import { isOnDetails, isThreshold } from './rules.ts';

/** A latency budget for `hardware` with which more holds than does now: the gate judged again with this one change. */
export interface BudgetOffer {
  /** What holds then: a rule on latency, a rule on accuracy, or that there is a model for the target at all. */
  readonly aim: 'speed' | 'accuracy' | 'pick';
  readonly rule: JudgedRule | undefined;
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

interface Judgement {
  readonly rules: readonly RuleResult[];
  readonly picks: readonly PickResult[];
}

type Wanted = Pick<BudgetOffer, 'aim' | 'budgetMs'> & {
  readonly hardware: string;
  readonly broken: JudgedRule | undefined;
};

/** The budget to write into `hardware` after a failed judgement, at which its first broken rule holds or a target has a model. */
export function budgetOffer(
  failed: Judgement,
  models: readonly Model[],
  targets: readonly HardwareTarget[],
  judgeAgain: (targets: readonly HardwareTarget[]) => Judgement | undefined,
): BudgetOffer | undefined {
  const metric = headlineMetric(models);
  const wanted = metric && wantedBudget(failed, candidatesOf(models), targets, metric);
  if (metric === undefined || wanted === undefined) return undefined;
  const { aim, hardware, budgetMs, broken } = wanted;
  const others = targets.filter((each) => !sameHardware(each.hardware, hardware));
  const again = judgeAgain([...others, { hardware, budgetMs }]);
  const last = again?.picks.at(-1);
  const pick = last?.kind === 'pick' ? last.pick : undefined;
  const value = pick?.model.metrics.get(metric);
  if (again === undefined || pick === undefined || value === undefined) return undefined;
  const rule = broken && again.rules[failed.rules.indexOf(broken)];
  if (broken !== undefined && rule?.state !== 'holds') return undefined;
  const before = models.find(({ id }) => id === broken?.modelId)?.metrics.get(metric);
  const binding = again.rules.filter(isBinding);
  return {
    aim,
    rule: rule?.state === 'holds' ? rule : undefined,
    pick,
    budgetMs,
    metric,
    value,
    cost: before === undefined ? undefined : lowerIsBetter(metric) ? value - before : before - value,
    stillBroken: binding.filter(({ state }) => state !== 'holds'),
    ruleCount: binding.length,
  };
}

function wantedBudget(
  { rules, picks }: Judgement,
  candidates: readonly Model[],
  targets: readonly HardwareTarget[],
  metric: AccuracyMetric,
): Wanted | undefined {
  const broken = rules.find((each): each is JudgedRule => isBinding(each) && each.state === 'broken');
  if (broken === undefined) return forMissingPick(picks);
  const { rule, hardware, bound } = broken;
  if (rule.hardware === undefined || hardware === undefined || !isThreshold(rule) || isOnDetails(rule))
    return undefined;
  if (rule.metric === 'latency')
    return { aim: 'speed', hardware, broken, budgetMs: withinBound(broken, candidates, hardware) };
  const wanted = rule.metric;
  const reaches = (value: number | undefined) =>
    value !== undefined && (lowerIsBetter(wanted) ? value <= bound : value >= bound);
  const least = targets.find((each) => sameHardware(each.hardware, hardware))?.budgetMs ?? 0;
  const point = frontierOn(hardware, candidates, metric).find(
    ({ latencyMs, model }) => latencyMs > least && reaches(model.metrics.get(wanted)),
  );
  return point && { aim: 'accuracy', hardware, broken, budgetMs: roundedUp(point.latencyMs) };
}

function forMissingPick(picks: readonly PickResult[]): Wanted | undefined {
  for (const pick of picks) {
    if (pick.kind !== 'missing' || pick.reason !== 'over-budget') continue;
    const { hardware, fastestMs } = pick;
    return { aim: 'pick', hardware, broken: undefined, budgetMs: roundedUp(fastestMs) };
  }
  return undefined;
}

/** The bound itself; of one that must not be reached, the slowest latency below it. */
function withinBound({ rule, bound }: JudgedRule, candidates: readonly Model[], hardware: string): number {
  if (rule.comparison !== '<') return bound;
  const below = candidates.map((model) => latencyOn(model, hardware) ?? 0).filter((ms) => ms < bound);
  return Math.max(0, ...below);
}

function roundedUp(ms: number): number {
  return Math.ceil(ms * 10) / 10;
}
