import { exact } from './exact.ts';
import { type Measured, measure, type NotMeasured } from './measure.ts';
import type { Model } from './model.ts';
import { type HardwareTarget, headlineOf, type ModelResults, type PickResult, pickFor } from './picks.ts';
import { type Comparison, isUpperBound, type Rule } from './rules.ts';

/** What a rule came to. `margin` is how far the value is on the good side of the bound, negative where it falls short. */
export type RuleResult = JudgedRule | UnknownRule;

export interface JudgedRule {
  readonly state: 'holds' | 'broken';
  readonly rule: Rule;
  readonly modelId: string;
  readonly value: number;
  readonly bound: number;
  readonly margin: number;
  /** The hardware that was picked for or measured on, as the API spells it. */
  readonly hardware: string | undefined;
  /** The same value of the baseline, whether or not the rule compares with it; undefined where there is none. */
  readonly baseline: number | undefined;
}

/** A rule that cannot be judged, with whatever is known all the same. */
export interface UnknownRule {
  readonly state: 'unknown';
  readonly rule: Rule;
  readonly why: Unknown;
  readonly modelId: string | undefined;
  readonly value: number | undefined;
  readonly bound: number | undefined;
  readonly hardware: string | undefined;
  readonly baseline: number | undefined;
}

/** Why a rule cannot be judged. */
export type Unknown = NotMeasured | NoBaseline;

type NoBaseline =
  | { readonly kind: 'no-baseline-asked' }
  | { readonly kind: 'no-baseline'; readonly reason: string }
  | { readonly kind: 'incomparable'; readonly version: number; readonly why: NotMeasured };

/** The run that rules may compare with: not asked for, or asked for and `missing` for a reason. */
export type Baseline =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'run';
      readonly version: number;
      /** Undefined if Roboflow does not say. */
      readonly modelType: string | undefined;
      readonly pool: ModelResults;
    }
  | { readonly kind: 'missing'; readonly reason: string };

export type GateOutcome = 'passed' | 'failed' | 'undecided';

/** The judgement of a run: what its rules came to, which models it is about, and why it is not a pass. */
export interface Verdict {
  readonly outcome: GateOutcome;
  readonly headline: Model | undefined;
  readonly picks: readonly PickResult[];
  readonly rules: readonly RuleResult[];
}

/** What is judged, and by what. */
export interface Case {
  readonly pool: ModelResults;
  readonly rules: readonly Rule[];
  readonly targets: readonly HardwareTarget[];
  /** Whether the workflow asked for the targets: one that nothing can be picked for then counts against the run. */
  readonly targetsAsked: boolean;
  readonly baseline: Baseline;
}

/**
 * Holds `rules` against the run's models. `undecided` outranks `failed`: where something that was asked could not be
 * judged, nobody should read the rest as the whole answer.
 */
export function decide({ pool, rules, targets, targetsAsked, baseline }: Case): Verdict {
  const headline = headlineOf(pool.models);
  const picks = targets.map((target) => pickFor(target, pool));
  const results = rules.map((rule) => judge(rule, { pool, targets, baseline }));
  const binding = results.filter(({ rule }) => rule.severity === 'fail');
  const missing = targetsAsked ? picks.filter((pick) => pick.kind === 'missing') : [];
  const undecided =
    binding.some(({ state }) => state === 'unknown') ||
    missing.some(({ reason }) => reason !== 'over-budget');
  const failed =
    binding.some(({ state }) => state === 'broken') || missing.some(({ reason }) => reason === 'over-budget');
  return { outcome: undecided ? 'undecided' : failed ? 'failed' : 'passed', headline, picks, rules: results };
}

type Scope = Pick<Case, 'pool' | 'targets' | 'baseline'>;

function judge(rule: Rule, { pool, targets, baseline }: Scope): RuleResult {
  const now = measure(rule, pool, targets);
  const before = measuredBefore(rule, now, { targets, baseline });
  const bound = boundOf(rule, before);
  const known = {
    rule,
    bound: bound.kind === 'bound' ? bound.value : undefined,
    baseline: before.kind === 'measured' ? before.value : undefined,
  };
  if (now.kind !== 'measured') {
    const modelId = now.kind === 'not-reported' ? now.model.id : undefined;
    return { ...known, state: 'unknown', why: now, modelId, value: undefined, hardware: undefined };
  }
  const measured = { ...known, modelId: now.model.id, value: now.value, hardware: now.hardware };
  if (bound.kind !== 'bound') return { ...measured, state: 'unknown', why: bound };
  const margin = marginOf(now.value, rule.comparison, bound.value);
  const state = holds(margin, rule.comparison) ? 'holds' : 'broken';
  return { ...measured, state, bound: bound.value, margin };
}

/** The same in the run that is compared with; latency on the hardware on which it is judged now. */
function measuredBefore(
  rule: Rule,
  now: Measured | NotMeasured,
  { targets, baseline }: Pick<Scope, 'targets' | 'baseline'>,
): Measured | NoBaseline {
  if (baseline.kind === 'none') return { kind: 'no-baseline-asked' };
  if (baseline.kind === 'missing') return { kind: 'no-baseline', reason: baseline.reason };
  const hardware = now.kind === 'measured' ? now.hardware : rule.hardware;
  const before = measure(rule, baseline.pool, targets, hardware);
  return before.kind === 'measured'
    ? before
    : { kind: 'incomparable', version: baseline.version, why: before };
}

function boundOf(
  { bound }: Rule,
  before: Measured | NoBaseline,
): { readonly kind: 'bound'; readonly value: number } | NoBaseline {
  if (bound.kind === 'value') return { kind: 'bound', value: bound.value };
  return before.kind === 'measured' ? { kind: 'bound', value: moved(before.value, bound.offset) } : before;
}

function marginOf(value: number, comparison: Comparison, bound: number): number {
  return exact(isUpperBound(comparison) ? bound - value : value - bound);
}

/** By the margin, so that what binary fractions do to a value neither breaks a rule nor lets it hold. */
function holds(margin: number, comparison: Comparison): boolean {
  return margin > 0 || (margin === 0 && (comparison === '>=' || comparison === '<='));
}

/** Unmoved it stays as exact as it came: a run that equals its baseline must hold `>= baseline`. */
function moved(value: number, offset: number): number {
  return offset === 0 ? value : exact(value + offset);
}
