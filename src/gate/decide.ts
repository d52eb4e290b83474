import type { Metric } from './metric.ts';
import { latencyOn, type Model, sameHardware } from './model.ts';
import { type HardwareTarget, headlineOf, type PickPool, type PickResult, pickFor } from './picks.ts';
import { type Comparison, formatTarget, type Rule } from './rules.ts';

/** What a rule came to. `margin` is how far the value is on the good side of the bound, negative where it falls short. */
export type RuleResult =
  | {
      readonly state: 'holds' | 'broken';
      readonly rule: Rule;
      readonly modelId: string;
      readonly value: number;
      readonly bound: number;
      readonly margin: number;
      /** The hardware that was picked for or measured on, as the API spells it. */
      readonly hardware: string | undefined;
      readonly baseline: number | undefined;
    }
  | { readonly state: 'unknown'; readonly rule: Rule; readonly reason: string };

/** The run that rules may compare with: not asked for, or asked for and `missing` for a reason. */
export type Baseline =
  | { readonly kind: 'none' }
  | { readonly kind: 'run'; readonly version: number; readonly pool: PickPool }
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
  readonly pool: PickPool;
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
    missing.some(({ reason }) => reason === 'not-measured');
  const failed =
    binding.some(({ state }) => state === 'broken') || missing.some(({ reason }) => reason === 'over-budget');
  return { outcome: undecided ? 'undecided' : failed ? 'failed' : 'passed', headline, picks, rules: results };
}

type Scope = Pick<Case, 'pool' | 'targets' | 'baseline'>;

function judge(rule: Rule, scope: Scope): RuleResult {
  const subject = subjectOf(rule, scope.pool, scope.targets);
  if (subject.kind === 'none') return { state: 'unknown', rule, reason: subject.reason };
  const value = measuredValue(rule, subject.model);
  if (value.kind === 'none') return { state: 'unknown', rule, reason: value.reason };
  const bound = boundOf(rule, scope, value.hardware);
  if (bound.kind === 'none') return { state: 'unknown', rule, reason: bound.reason };
  const margin = marginOf(value.value, rule.comparison, bound.value);
  return {
    state: holds(value.value, rule.comparison, bound.value) ? 'holds' : 'broken',
    rule,
    modelId: subject.model.id,
    value: value.value,
    bound: bound.value,
    margin,
    hardware: subject.hardware ?? value.hardware,
    baseline: bound.baseline,
  };
}

type None = { readonly kind: 'none'; readonly reason: string };

/** The model that a rule is about: the pick for its hardware (with that target's budget), or the headline. */
function subjectOf(
  rule: Pick<Rule, 'hardware'>,
  pool: PickPool,
  targets: readonly HardwareTarget[],
): { readonly kind: 'model'; readonly model: Model; readonly hardware: string | undefined } | None {
  if (rule.hardware === undefined) {
    const model = headlineOf(pool.models);
    return model
      ? { kind: 'model', model, hardware: undefined }
      : { kind: 'none', reason: 'no finished model with metrics was reported' };
  }
  const { hardware } = rule;
  const target = targets.find((each) => sameHardware(each.hardware, hardware)) ?? {
    hardware,
    budgetMs: undefined,
  };
  const result = pickFor(target, pool);
  return result.kind === 'pick'
    ? { kind: 'model', model: result.pick.model, hardware: result.pick.hardware }
    : { kind: 'none', reason: missingPickReason(result) };
}

/** Why nothing can be picked for a target, with what was measured, for people. */
export function missingPickReason(missing: Extract<PickResult, { kind: 'missing' }>): string {
  if (missing.reason === 'over-budget')
    return `no model keeps ${missing.budgetMs} ms on ${missing.hardware} (the fastest takes ${missing.fastestMs} ms)`;
  if (missing.measured.some((name) => sameHardware(name, missing.hardware)))
    return `no model measured on ${missing.hardware} reports a metric to pick by`;
  const measured =
    missing.measured.length > 0
      ? `measured: ${missing.measured.join(', ')}`
      : 'no latency was reported at all';
  return `no model was measured on ${missing.hardware}; ${measured}`;
}

interface Measured {
  readonly kind: 'value';
  readonly value: number;
  readonly hardware: string | undefined;
}

function measuredValue(rule: Rule, model: Model): Measured | None {
  if (rule.metric === 'latency') return latencyFor(rule, model);
  const value = model.metrics.get(rule.metric);
  return value === undefined
    ? {
        kind: 'none',
        reason: `${formatTarget(rule)} was not reported for ${model.id}; ${reportedBy(model, rule.metric)}`,
      }
    : { kind: 'value', value, hardware: rule.hardware };
}

/** Without a named hardware the rule has to hold on all that were measured, so the worst of them is judged. */
function latencyFor(rule: Rule, model: Model): Measured | None {
  if (rule.hardware !== undefined) {
    const value = latencyOn(model, rule.hardware);
    return value === undefined
      ? {
          kind: 'none',
          reason: `no latency was reported for ${model.id} on ${rule.hardware}; ${reportedBy(model, 'latency')}`,
        }
      : { kind: 'value', value, hardware: rule.hardware };
  }
  const upper = rule.comparison === '<=' || rule.comparison === '<';
  const worst = [...model.latencyMs].reduce<readonly [string, number] | undefined>(
    (least, entry) =>
      least === undefined || (upper ? entry[1] > least[1] : entry[1] < least[1]) ? entry : least,
    undefined,
  );
  return worst
    ? { kind: 'value', value: worst[1], hardware: worst[0] }
    : { kind: 'none', reason: `no latency was reported for ${model.id}; ${reportedBy(model, 'latency')}` };
}

function reportedBy(model: Model, wanted: Metric): string {
  const reported = [
    ...[...model.metrics].map(([name, value]) => `${name} ${value}`),
    ...[...model.latencyMs].map(([name, ms]) => `latency@${name} ${ms} ms`),
  ];
  const unreadable = model.unreadable
    .filter(({ name }) => name === wanted || name.startsWith(`${wanted}@`))
    .map(({ name, raw }) => ` (${name} came as ${raw})`);
  return `reported: ${reported.length > 0 ? reported.join(', ') : 'nothing'}${unreadable.join('')}`;
}

function boundOf(
  rule: Rule,
  { baseline, targets }: Scope,
  measuredOn: string | undefined,
): { readonly kind: 'bound'; readonly value: number; readonly baseline: number | undefined } | None {
  const offsetOrValue = rule.bound;
  if (offsetOrValue.kind === 'value')
    return { kind: 'bound', value: offsetOrValue.value, baseline: undefined };
  if (baseline.kind === 'none') return { kind: 'none', reason: 'no baseline was asked for' };
  if (baseline.kind === 'missing')
    return { kind: 'none', reason: `there is no baseline: ${baseline.reason}` };
  const subject = subjectOf(rule, baseline.pool, targets);
  if (subject.kind === 'none')
    return {
      kind: 'none',
      reason: `the baseline, version ${baseline.version}, cannot be compared with: ${subject.reason}`,
    };
  const value = measuredValue(
    { ...rule, hardware: rule.metric === 'latency' ? measuredOn : rule.hardware },
    subject.model,
  );
  if (value.kind === 'none')
    return {
      kind: 'none',
      reason: `the baseline, version ${baseline.version}, cannot be compared with: ${value.reason}`,
    };
  return { kind: 'bound', value: moved(value.value, offsetOrValue.offset), baseline: value.value };
}

function holds(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '>=':
      return value >= bound;
    case '>':
      return value > bound;
    case '<=':
      return value <= bound;
    case '<':
      return value < bound;
  }
}

function marginOf(value: number, comparison: Comparison, bound: number): number {
  return exact(comparison === '>=' || comparison === '>' ? value - bound : bound - value);
}

/** Unmoved it stays as exact as it came: a run that equals its baseline must hold `>= baseline`. */
function moved(value: number, offset: number): number {
  return offset === 0 ? value : exact(value + offset);
}

/** 73.1 - 80 is -6.900000000000006 in binary; nine decimals are more than any metric carries. */
function exact(value: number): number {
  return Number(value.toFixed(9));
}
