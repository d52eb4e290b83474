import { frontierOn } from './frontier.ts';
import { type AccuracyMetric, lowerIsBetter } from './metric.ts';
import { candidatesOf, latencyOn, type Model, sameHardware } from './model.ts';
import type { HardwarePick, HardwareTarget, PickResult } from './picks.ts';
import { headlineMetric } from './rank.ts';
import { isBinding, type JudgedRule, type RuleResult } from './rule-result.ts';
import { isOnDetails, isThreshold } from './rules.ts';

/** A latency budget for `hardware` with which more holds than does now: the gate judged again with this one change. */
export interface BudgetOffer {
  /** The rule that holds then, on latency or on accuracy. */
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

interface Judgement {
  readonly rules: readonly RuleResult[];
  readonly picks: readonly PickResult[];
}

/** The budget to write into `hardware` after a failed judgement, at which its first broken rule holds. */
export function budgetOffer(
  failed: Judgement,
  models: readonly Model[],
  targets: readonly HardwareTarget[],
  judgeAgain: (targets: readonly HardwareTarget[]) => Judgement,
): BudgetOffer | undefined {
  const metric = headlineMetric(models);
  const broken = failed.rules.find((each): each is JudgedRule => isBinding(each) && each.state === 'broken');
  const hardware = broken?.hardware;
  if (metric === undefined || broken === undefined || hardware === undefined) return undefined;
  const budgetMs = wantedBudget(broken, hardware, candidatesOf(models), targets, metric);
  if (budgetMs === undefined) return undefined;
  const others = targets.filter((each) => !sameHardware(each.hardware, hardware));
  const again = judgeAgain([...others, { hardware, budgetMs }]);
  const last = again.picks.at(-1);
  const pick = last?.kind === 'pick' ? last : undefined;
  const value = pick?.model.metrics.get(metric);
  const rule = again.rules[failed.rules.indexOf(broken)];
  if (pick === undefined || value === undefined || rule?.state !== 'holds') return undefined;
  const before = models.find(({ id }) => id === broken.modelId)?.metrics.get(metric);
  const binding = again.rules.filter(isBinding);
  return {
    rule,
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
  broken: JudgedRule,
  hardware: string,
  candidates: readonly Model[],
  targets: readonly HardwareTarget[],
  metric: AccuracyMetric,
): number | undefined {
  const { rule, bound } = broken;
  if (rule.hardware === undefined || !isThreshold(rule) || isOnDetails(rule)) return undefined;
  if (rule.metric === 'latency') return withinBound(broken, candidates, hardware);
  const wanted = rule.metric;
  const reaches = (value: number | undefined) =>
    value !== undefined && (lowerIsBetter(wanted) ? value <= bound : value >= bound);
  const least = targets.find((each) => sameHardware(each.hardware, hardware))?.budgetMs ?? 0;
  const point = frontierOn(hardware, candidates, metric).find(
    ({ latencyMs, model }) => latencyMs > least && reaches(model.metrics.get(wanted)),
  );
  return point && Math.ceil(point.latencyMs * 10) / 10;
}

/** The bound itself; of one that must not be reached, the slowest latency below it. */
function withinBound({ rule, bound }: JudgedRule, candidates: readonly Model[], hardware: string): number {
  if (rule.comparison !== '<') return bound;
  const below = candidates.map((model) => latencyOn(model, hardware) ?? 0).filter((ms) => ms < bound);
  return Math.max(0, ...below);
}
