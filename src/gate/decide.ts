import { type BudgetOffer, budgetOffer } from './budget-offer.ts';
import { judgeRule, type RuleInput } from './judge-rule.ts';
import { candidatesOf, type Model } from './model.ts';
import { headedBy, type ModelResults, type PickResult, pickFor, type WithHeadline } from './picks.ts';
import { mostAccurateFirst, mostAccurateThat } from './rank.ts';
import { isBinding, type RuleResult } from './rule-result.ts';
import { choosesHeadline, type Rule } from './rules.ts';

export type GateOutcome = 'passed' | 'failed' | 'undecided';

/** What the gate says about a training, and what could be changed if it failed. */
export interface Verdict extends Judgement {
  readonly offer: BudgetOffer | undefined;
}

/** The outcome, the models that it is about, and the result of every rule. */
export interface Judgement {
  readonly outcome: GateOutcome;
  readonly headline: Model | undefined;
  readonly passedOver: PassedOver | undefined;
  readonly picks: readonly PickResult[];
  readonly rules: readonly RuleResult[];
}

/** The most accurate model, if another is the headline model, and what it does not hold. */
export interface PassedOver {
  readonly model: Model;
  /** Of the rules that count, in the workflow's order; at least one. */
  readonly lacking: readonly RuleResult[];
}

/** What the gate judges, and the rules that it judges by. */
export interface GateInput extends Omit<RuleInput, 'results'> {
  readonly results: ModelResults;
  readonly rules: readonly Rule[];
  /** Whether the workflow names the targets. If it does, a target without a pick stops the outcome from being `passed`. */
  readonly targetsGiven: boolean;
}

/** Judges a training by its rules. `undecided` counts more than `failed`: broken rules are not the whole answer then. */
export function decide(input: GateInput): Verdict {
  const { results, targets, targetsGiven } = input;
  const judgement = judgeTraining(input);
  const again = (changed: GateInput['targets']) => judgeTraining({ ...input, targets: changed });
  return withOffer(judgement, results, targetsGiven ? targets : [], again);
}

/** Adds what could be written into `hardware` after a failed judgement. */
export function withOffer(
  judgement: Judgement,
  { models }: ModelResults,
  targets: GateInput['targets'],
  judgeAgain: (targets: GateInput['targets']) => Judgement | undefined,
): Verdict {
  const isFailed = judgement.outcome === 'failed';
  return { ...judgement, offer: isFailed ? budgetOffer(judgement, models, targets, judgeAgain) : undefined };
}

/** {@link decide} without an offer. */
export function judgeTraining(input: GateInput): Judgement {
  const { results, rules, targets, targetsGiven } = input;
  const { headline, passedOver } = chooseHeadline(input);
  const judged = { ...input, results: headedBy(headline, results) };
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

/** The most accurate candidate that holds all binding rules on what the training itself reports; if none does, the most accurate. */
export function chooseHeadline(
  input: Omit<GateInput, 'targetsGiven'>,
): Pick<Judgement, 'headline' | 'passedOver'> {
  const { results, rules } = input;
  const choosing = rules.filter(choosesHeadline);
  const known = headedBy(undefined, results);
  const lackingOf = (headline: Model) =>
    choosing
      .map((rule) => judgeRule(rule, { ...input, results: { ...known, headline } }))
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
  const { headline } = chooseHeadline({
    results,
    rules: rules.filter(({ bound }) => bound.kind === 'value'),
    targets: [],
    baselineOf: () => ({ kind: 'none' }),
    onMissingBaseline: 'fail',
  });
  return headedBy(headline, results);
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
  const isFailed = binding.some(({ state }) => state === 'broken') || missing.length > 0;
  return isUndecided ? 'undecided' : isFailed ? 'failed' : 'passed';
}
