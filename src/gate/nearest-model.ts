import { decide, type GateInput, isBinding, type JudgedRule, type Verdict } from './decide.ts';
import { candidatesOf, latencyOn, type Model } from './model.ts';
import { headlineMetric, rankedBy } from './rank.ts';
import { isOnDetails, isUpperBound, type Rule } from './rules.ts';

/** The model of a training that breaks the fewest rules if it is taken for everything. */
export interface NearestModel {
  readonly model: Model;
  /** The rules that count and that it breaks, in the workflow's order. */
  readonly broken: readonly JudgedRule[];
  /** How many models could be taken, and how many rules count. */
  readonly modelCount: number;
  readonly ruleCount: number;
}

/**
 * Of the models of a training that can be judged by every rule that counts, the one that breaks the fewest of them if it is
 * taken for everything, then by the smallest shortfall, then by accuracy; judged again by itself. Undefined if there is
 * no choice, or a bound is not known.
 */
export function nearestModel({ results }: GateInput, verdict: Verdict): NearestModel | undefined {
  const binding = verdict.rules.filter(isBinding);
  const bounds = binding.flatMap(({ rule, bound }) => (bound === undefined ? [] : [{ rule, bound }]));
  const candidates = candidatesOf(results.models);
  if (candidates.length < 2 || bounds.length < binding.length) return undefined;
  let best: (Shortfall & { readonly model: Model }) | undefined;
  for (const model of rankedBy(headlineMetric(results.models), candidates)) {
    const shortfall = shortfallOf(model, bounds);
    if (shortfall !== undefined && (best === undefined || isNearer(shortfall, best)))
      best = { model, ...shortfall };
    if (best?.count === 0) break;
  }
  const broken = best && brokenBy(best.model, bounds);
  return (
    best && broken && { model: best.model, broken, modelCount: candidates.length, ruleCount: binding.length }
  );
}

/** A rule with the number that its bound comes to: the baseline is not measured again for each model. */
interface KnownBound {
  readonly rule: Rule;
  readonly bound: number;
}

/** How many rules a model breaks, and by how much, as shares of their bounds. */
interface Shortfall {
  readonly count: number;
  readonly size: number;
}

/** A quick look at each of many models; undefined if one of the rules cannot be judged on this one. */
function shortfallOf(model: Model, bounds: readonly KnownBound[]): Shortfall | undefined {
  let count = 0;
  let size = 0;
  for (const { rule, bound } of bounds) {
    const value = valueOn(model, rule);
    if (value === undefined) return undefined;
    const margin = isUpperBound(rule.comparison) ? bound - value : value - bound;
    if (margin > 0 || (margin === 0 && rule.comparison.endsWith('='))) continue;
    count += 1;
    size += -margin / Math.max(Math.abs(bound), 1e-9);
  }
  return { count, size };
}

function valueOn(model: Model, rule: Rule): number | undefined {
  const { metric, hardware, comparison } = rule;
  // Figures by class and split are read of the headline model only.
  if (isOnDetails(rule)) return undefined;
  const latencyMs = hardware === undefined ? undefined : latencyOn(model, hardware);
  if (hardware !== undefined && latencyMs === undefined) return undefined;
  if (metric !== 'latency') return model.metrics.get(metric);
  if (latencyMs !== undefined) return latencyMs;
  const all = [...model.latencyMs.values()];
  if (all.length === 0) return undefined;
  return isUpperBound(comparison) ? Math.max(...all) : Math.min(...all);
}

function isNearer(one: Shortfall, other: Shortfall): boolean {
  return one.count === other.count ? one.size < other.size : one.count < other.count;
}

/** What the gate says of this model alone; undefined if it cannot judge it. */
function brokenBy(model: Model, bounds: readonly KnownBound[]): readonly JudgedRule[] | undefined {
  const { rules: results } = decide({
    results: { models: [model], recommended: new Map() },
    rules: bounds.map(({ rule, bound }) => ({ ...rule, bound: { kind: 'value', value: bound } })),
    targets: [],
    targetsGiven: false,
    baseline: { kind: 'none' },
  });
  if (results.some(({ state }) => state === 'unknown')) return undefined;
  return results.filter((result): result is JudgedRule => result.state === 'broken');
}
