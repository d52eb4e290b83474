import { type BrokenRule, type BudgetOffer, reaches, tighterBudget, widerBudget } from './budget-offer.ts';
import type { GateInput, Verdict } from './decide.ts';
import { frontierOn } from './frontier.ts';
import type { AccuracyMetric } from './metric.ts';
import { candidatesOf, latencyOn, type Model } from './model.ts';
import type { MissingPick } from './picks.ts';
import type { JudgedRule } from './rule-result.ts';
import { isOnDetails, isThreshold, type Rule } from './rules.ts';

/**
 * What a person could change after a failed verdict. Each was judged again with this one change, and says only what then
 * holds.
 */
export type CounterOffer =
  | BudgetOffer
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
    };

/** The first offer that applies to a failed `verdict` on `judged`; undefined if nothing can be offered. */
export function counterOffer(judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  if (verdict.outcome !== 'failed') return undefined;
  const broken = verdict.rules.find(
    (result): result is BrokenRule => result.state === 'broken' && result.rule.severity === 'fail',
  );
  if (broken === undefined) return fastestInstead(judged, verdict);
  if (!isThreshold(broken.rule)) return undefined;
  return offerOnHardware(broken, judged, verdict);
}

function offerOnHardware(broken: BrokenRule, judged: GateInput, verdict: Verdict): CounterOffer | undefined {
  const { rule, hardware, bound } = broken;
  if (rule.hardware === undefined || hardware === undefined || isOnDetails(rule)) return undefined;
  if (rule.metric === 'latency')
    return tighterBudget(broken, judged, verdict) ?? fastestOn(hardware, bound, judged.results.models, rule);
  return widerBudget(broken, judged, verdict) ?? bestThere(broken, rule.metric, judged.results.models);
}

function isWithin(latencyMs: number, boundMs: number, rule: Rule | undefined): boolean {
  return rule?.comparison === '<' ? latencyMs < boundMs : latencyMs <= boundMs;
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
