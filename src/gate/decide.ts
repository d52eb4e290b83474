import { addOffset, holds, marginOf } from './margin.ts';
import { type Measured, measure, type NotMeasured } from './measure.ts';
import type { FigureOrigin } from './measure-figure.ts';
import { candidatesOf, type Model } from './model.ts';
import {
  type HardwareTarget,
  type ModelResults,
  type PickResult,
  pickFor,
  type WithHeadline,
} from './picks.ts';
import { mostAccurateFirst, mostAccurateThat } from './rank.ts';
import { choosesHeadline, type Rule } from './rules.ts';

/** The result of one rule. */
export type RuleResult = JudgedRule | UnknownRule;

/** A rule that was judged. */
export interface JudgedRule {
  readonly state: 'holds' | 'broken';
  readonly rule: Rule;
  readonly modelId: string;
  readonly value: number;
  readonly bound: number;
  /** How far the value is from the bound: positive on the good side, negative on the bad side. */
  readonly margin: number;
  /** The hardware of the pick or of the latency, spelled as the API spells it. */
  readonly hardware: string | undefined;
  /** Where the figure of a class or split is from; undefined if it is one of the model as a whole. */
  readonly origin: FigureOrigin | undefined;
  /** The same value of the baseline, also for a rule that does not compare with it. Undefined if there is none. */
  readonly baseline: number | undefined;
}

/** A rule that cannot be judged, with everything that is known about it. */
export interface UnknownRule {
  readonly state: 'unknown';
  readonly rule: Rule;
  readonly why: UnknownReason;
  readonly modelId: string | undefined;
  readonly value: number | undefined;
  readonly bound: number | undefined;
  readonly hardware: string | undefined;
  readonly origin: FigureOrigin | undefined;
  readonly baseline: number | undefined;
}

/** Why a rule cannot be judged. */
export type UnknownReason = NotMeasured | NoBaselineValue | TrainingWithoutModel;

/** A rule that must hold for each of several trainings, one of which has no model. */
interface TrainingWithoutModel {
  readonly kind: 'training-without-model';
  readonly modelType: string;
  /** A phrase: `failed: CUDA out of memory`. */
  readonly lack: string;
}

type NoBaselineValue =
  | { readonly kind: 'baseline-not-set' }
  | { readonly kind: 'baseline-missing'; readonly reason: string }
  /** The workflow wants the other rules to decide. */
  | { readonly kind: 'baseline-skipped'; readonly reason: string }
  | { readonly kind: 'baseline-not-comparable'; readonly version: number; readonly why: NotMeasured };

/** The training that rules compare with. `none`: the workflow sets no baseline. `missing`: it does, but there is none. */
export type Baseline =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'training';
      readonly version: number;
      /** Undefined if Roboflow does not say. */
      readonly modelType: string | undefined;
      readonly results: WithHeadline;
    }
  | { readonly kind: 'missing'; readonly reason: string }
  /** There is none yet, and the workflow wants the other rules to decide. */
  | { readonly kind: 'skipped'; readonly reason: string };

export type GateOutcome = 'passed' | 'failed' | 'undecided';

/** What the gate says about a training: the outcome, the models it is about, and the result of every rule. */
export interface Verdict {
  readonly outcome: GateOutcome;
  readonly headline: Model | undefined;
  /** Undefined if the headline model is the most accurate one. */
  readonly passedOver: PassedOver | undefined;
  readonly picks: readonly PickResult[];
  /** In the order of the rules in the workflow. */
  readonly rules: readonly RuleResult[];
}

/** The most accurate model, if another is the headline model, and what it does not hold. */
export interface PassedOver {
  readonly model: Model;
  /** Of the rules that count, in the workflow's order; at least one. */
  readonly lacking: readonly RuleResult[];
}

/** What the gate judges, and the rules that it judges by. */
export interface GateInput {
  readonly results: ModelResults;
  readonly rules: readonly Rule[];
  readonly targets: readonly HardwareTarget[];
  /** Whether the workflow names the targets. If it does, a target without a pick stops the outcome from being `passed`. */
  readonly targetsGiven: boolean;
  readonly baseline: Baseline;
}

/**
 * Judges the results of a training by `rules`. `undecided` counts more than `failed`: as long as something could not
 * be judged, the broken rules are not the whole answer.
 */
export function decide(input: GateInput): Verdict {
  const { results, rules, targets, targetsGiven, baseline } = input;
  const { headline, passedOver } = chooseHeadline(input);
  const judged = { results: { ...results, headline }, targets, baseline };
  const ruleResults = rules.map((rule) => judgeRule(rule, judged));
  const picks = targets.map((target) => pickFor(target, results));
  return {
    outcome: gateOutcome(ruleResults, picks, targetsGiven),
    headline,
    passedOver,
    picks,
    rules: ruleResults,
  };
}

/**
 * The headline model: of those that are finished and no stock models, the most accurate one that holds all binding rules that
 * judge it by what the training itself reports; if none does, the most accurate one.
 */
export function chooseHeadline({
  results,
  rules,
  targets,
  baseline,
}: Omit<GateInput, 'targetsGiven'>): Pick<Verdict, 'headline' | 'passedOver'> {
  const choosing = rules.filter(choosesHeadline);
  const lackingOf = (headline: Model) =>
    choosing
      .map((rule) => judgeRule(rule, { results: { ...results, headline }, targets, baseline }))
      .filter((result) => isBinding(result) && result.state !== 'holds');
  const choice = mostAccurateThat(
    mostAccurateFirst(candidatesOf(results.models)),
    (model) => lackingOf(model).length === 0,
  );
  const model = choice?.passedOver;
  return { headline: choice?.chosen, passedOver: model && { model, lacking: lackingOf(model) } };
}

/** The results of a training that another is compared with: its model is chosen by the rules that need no comparison. */
export function withHeadline<Results extends ModelResults>(
  results: Results,
  rules: readonly Rule[],
): Results & WithHeadline {
  const alone = rules.filter(({ bound }) => bound.kind === 'value');
  const { headline } = chooseHeadline({ results, rules: alone, targets: [], baseline: { kind: 'none' } });
  return { ...results, headline };
}

/** What the results of rules and the picks come to. Picks count if the workflow names their targets. */
export function gateOutcome(
  rules: readonly RuleResult[],
  picks: readonly PickResult[],
  targetsGiven: boolean,
): GateOutcome {
  const binding = rules.filter(isBinding);
  const missing = targetsGiven ? picks.filter((pick) => pick.kind === 'missing') : [];
  const isUndecided =
    binding.some(({ state }) => state === 'unknown') ||
    missing.some(({ reason }) => reason !== 'over-budget');
  const isFailed =
    binding.some(({ state }) => state === 'broken') || missing.some(({ reason }) => reason === 'over-budget');
  return isUndecided ? 'undecided' : isFailed ? 'failed' : 'passed';
}

/** What one rule is judged on. */
export type RuleInput = Pick<GateInput, 'targets' | 'baseline'> & { readonly results: WithHeadline };

/** Holds `rule` against one training. */
export function judgeRule(rule: Rule, { results, targets, baseline }: RuleInput): RuleResult {
  const now = measure(rule, results, targets);
  const before = measureBaseline(rule, now, { targets, baseline });
  const bound = boundOf(rule, before);
  const known = {
    rule,
    bound: bound.kind === 'bound' ? bound.value : undefined,
    baseline: before.kind === 'measured' ? before.value : undefined,
  };
  if (now.kind !== 'measured') {
    const modelId = 'model' in now ? now.model.id : undefined;
    const nothing = { value: undefined, hardware: undefined, origin: undefined };
    return { ...known, ...nothing, state: 'unknown', why: now, modelId };
  }
  const { model, value, hardware, origin } = now;
  const measured = { ...known, modelId: model.id, value, hardware, origin };
  if (bound.kind !== 'bound') return { ...measured, state: 'unknown', why: bound };
  const margin = marginOf(now.value, rule.comparison, bound.value);
  const state = holds(margin, rule.comparison) ? 'holds' : 'broken';
  return { ...measured, state, bound: bound.value, margin };
}

/** The same value of the baseline, measured as `now` was, or the two could not be compared. */
function measureBaseline(
  rule: Rule,
  now: Measured | NotMeasured,
  { targets, baseline }: Pick<RuleInput, 'targets' | 'baseline'>,
): Measured | NoBaselineValue {
  if (baseline.kind === 'skipped') return { kind: 'baseline-skipped', reason: baseline.reason };
  if (baseline.kind === 'missing') return { kind: 'baseline-missing', reason: baseline.reason };
  if (baseline.kind === 'none') return { kind: 'baseline-not-set' };
  const before = measure(rule, baseline.results, targets, now.kind === 'measured' ? now : undefined);
  return before.kind === 'measured'
    ? before
    : { kind: 'baseline-not-comparable', version: baseline.version, why: before };
}

function boundOf(
  { bound }: Rule,
  before: Measured | NoBaselineValue,
): { readonly kind: 'bound'; readonly value: number } | NoBaselineValue {
  if (bound.kind === 'value') return { kind: 'bound', value: bound.value };
  return before.kind === 'measured'
    ? { kind: 'bound', value: addOffset(before.value, bound.offset) }
    : before;
}

/** Whether a rule counts for the outcome: it does not only warn, and is not one that the workflow wants to be skipped. */
export function isBinding(result: RuleResult): boolean {
  return result.rule.severity === 'fail' && !isSkipped(result);
}

/** Whether a rule is not judged since there is no baseline yet, and the workflow wants the others to decide then. */
export function isSkipped(result: RuleResult): boolean {
  return result.state === 'unknown' && result.why.kind === 'baseline-skipped';
}

/** What the bound of `rule` comes to before anything is judged; undefined if it needs a baseline that is not there. */
export function plannedBound(
  rule: Rule,
  baseline: Baseline,
  targets: readonly HardwareTarget[],
): number | undefined {
  if (rule.bound.kind === 'value') return rule.bound.value;
  if (baseline.kind !== 'training') return undefined;
  const before = measure(rule, baseline.results, targets);
  return before.kind === 'measured' ? addOffset(before.value, rule.bound.offset) : undefined;
}
