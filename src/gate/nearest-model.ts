import {
  decide,
  type GateInput,
  isBinding,
  type JudgedRule,
  type RuleResult,
  type Verdict,
} from './decide.ts';
import { candidatesOf, type Model } from './model.ts';
import { headlineMetric, rankedBy } from './rank.ts';
import type { Rule } from './rules.ts';

/** The model of a run that breaks the fewest rules if it is taken for everything. */
export interface NearestModel {
  readonly model: Model;
  /** The rules that count and that it breaks, in the workflow's order. */
  readonly broken: readonly JudgedRule[];
  /** How many models could be taken, and how many rules count. */
  readonly modelCount: number;
  readonly ruleCount: number;
}

/**
 * Judges each model of the run by itself. Of those that can be judged by every rule that counts, the one that breaks the
 * fewest of them, then by the smallest shortfall, then by accuracy. Undefined if there is no choice, or a bound is not known.
 */
export function nearestModel({ results }: GateInput, verdict: Verdict): NearestModel | undefined {
  const rules = verdict.rules.filter(isBinding).flatMap(withKnownBound);
  const candidates = candidatesOf(results.models);
  const ruleCount = verdict.rules.filter(isBinding).length;
  if (candidates.length < 2 || rules.length < ruleCount) return undefined;
  let best: { readonly model: Model; readonly broken: readonly JudgedRule[] } | undefined;
  for (const model of rankedBy(headlineMetric(results.models), candidates)) {
    const broken = brokenBy(model, rules);
    if (broken !== undefined && (best === undefined || isNearer(broken, best.broken)))
      best = { model, broken };
  }
  return best && { ...best, modelCount: candidates.length, ruleCount };
}

/** A bound that came from the baseline, as the number that it is: the baseline is not measured again for each model. */
function withKnownBound({ rule, bound }: RuleResult): readonly Rule[] {
  return bound === undefined ? [] : [{ ...rule, bound: { kind: 'value', value: bound } }];
}

/** Undefined if one of the rules cannot be judged on this model. */
function brokenBy(model: Model, rules: readonly Rule[]): readonly JudgedRule[] | undefined {
  const { rules: results } = decide({
    results: { models: [model], recommended: new Map() },
    rules,
    targets: [],
    targetsGiven: false,
    baseline: { kind: 'none' },
  });
  if (results.some(({ state }) => state === 'unknown')) return undefined;
  return results.filter((result): result is JudgedRule => result.state === 'broken');
}

function isNearer(one: readonly JudgedRule[], other: readonly JudgedRule[]): boolean {
  return one.length === other.length ? shortfall(one) < shortfall(other) : one.length < other.length;
}

/** Points and milliseconds are added up as shares of their bounds. */
function shortfall(broken: readonly JudgedRule[]): number {
  return broken.reduce(
    (sum, { margin, bound }) => sum + Math.abs(margin) / Math.max(Math.abs(bound), 1e-9),
    0,
  );
}
