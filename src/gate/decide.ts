import type { Baseline } from './baseline.ts';
import { type BudgetOffer, budgetOffer } from './budget-offer.ts';
import { chooseHeadline, type Headline, hasHeadline, type PassedOver } from './headline.ts';
import { judgeRule, type RuleInput } from './judge-rule.ts';
import type { AccuracyMetric } from './metric.ts';
import type { Model } from './model.ts';
import { defaultTargets, headedBy, type ModelResults, type PickResult, pickFor, unionOf } from './picks.ts';
import { bestFirst, mostAccurateThat, sharedRanking } from './rank.ts';
import { isBinding, type RuleResult, standsForAll, unknownRule } from './rule-result.ts';
import { choosesHeadline, type Rule } from './rules.ts';

export type GateOutcome = 'passed' | 'failed' | 'undecided';

/** A training of the step, and what its rules compare with. */
export interface GateTraining {
  readonly modelType: string;
  /** Undefined if it has none. */
  readonly results: ModelResults | undefined;
  readonly baseline: Baseline;
}

/** What the gate judges, and by what. Targets that the workflow does not name are those that the results suggest. */
export interface GateInput extends Pick<RuleInput, 'targets' | 'onMissingBaseline'> {
  readonly trainings: readonly GateTraining[];
  readonly rules: readonly Rule[];
}

/** What the gate says of a training by itself: by the rules without a hardware, and by those that must hold for each. */
export interface OwnVerdict extends Headline {
  readonly outcome: GateOutcome;
  /** Empty if it has no headline model. */
  readonly rules: readonly RuleResult[];
}

/** What the gate says of all trainings together, and what could be changed if they failed. */
export interface Verdict extends Headline {
  readonly outcome: GateOutcome;
  readonly picks: readonly PickResult[];
  readonly rules: readonly RuleResult[];
  readonly offer: BudgetOffer | undefined;
}

/** What the gate decides. */
export interface Decision {
  readonly own: readonly OwnVerdict[];
  readonly verdict: Verdict;
  /** Those of all trainings with a headline model, the best first. */
  readonly results: ModelResults;
  /** Index of the training that gives the headline model: a single one in any case, of several undefined if none has one. */
  readonly best: number | undefined;
  /** By what the headline models were put in order; undefined if there is none. */
  readonly ranking: AccuracyMetric | undefined;
}

/** Of a training that has no model to judge. */
export const WITHOUT_MODEL: OwnVerdict = {
  outcome: 'undecided',
  headline: undefined,
  passedOver: undefined,
  rules: [],
};

interface Part extends OwnVerdict {
  readonly training: GateTraining;
}

/**
 * Judges each training by its own rules. The most accurate one that holds those that count gives the headline model; if none does,
 * it is chosen as among the models of one training. Picks are chosen from the models of all, and rules with a hardware judge those.
 */
export function decide(input: GateInput): Decision {
  const decision = judgeAll(input);
  const { verdict, results } = decision;
  const again = (targets: GateInput['targets']) => judgeAll({ ...input, targets }).verdict;
  const isFailed = verdict.outcome === 'failed';
  const offer = isFailed ? budgetOffer(verdict, results.models, input.targets, again) : undefined;
  return { ...decision, verdict: { ...verdict, offer } };
}

function judgeAll(input: GateInput): Decision {
  const { trainings, rules, targets, onMissingBaseline } = input;
  const parts = trainings.map((training): Part => ({ ...ownVerdict(training, input), training }));
  const headed = parts.filter(hasHeadline);
  const ranking = sharedRanking(headed.map(({ headline }) => headline));
  const order = bestFirst(ranking, headed, ({ headline }) => headline);
  const best = parts.length === 1 ? parts[0] : bestOf(order);
  const results = unionOf([...new Set([best, ...order])].flatMap((part) => part?.training.results ?? []));
  const isOf = (model: Model) => (part: Part) => part.training.results?.models.includes(model);
  const asked: RuleInput = {
    // What is judged with it is on a pick, so no headline model is asked for.
    results: headedBy(undefined, results),
    targets: targets.length > 0 ? targets : defaultTargets(results, rules),
    baselineOf: (model) =>
      ((model && parts.find(isOf(model))) ?? best)?.training.baseline ?? { kind: 'none' },
    onMissingBaseline,
  };
  const judged = rules.map((rule) => judgeOnAll(rule, asked, parts, best));
  const picks = asked.targets.map((target) => pickFor(target, results));
  const outcome = gateOutcome(judged, targets.length > 0 ? picks : []);
  const { headline } = best ?? {};
  const passedOver = passedOverFor(headline, order, ranking);
  const verdict = { outcome, headline, passedOver, picks, rules: judged, offer: undefined };
  return { own: parts, verdict, results, best: best && parts.indexOf(best), ranking };
}

/** The most accurate one that holds all of its rules; else one that holds what the trainings themselves report; else the most accurate. */
function bestOf(order: readonly Part[]): Part | undefined {
  const holdsAll = ({ outcome }: Part) => outcome === 'passed';
  const holdsReported = (part: Part) => lackingOf(part).every(({ rule }) => !choosesHeadline(rule));
  return mostAccurateThat(order, holdsAll, holdsReported);
}

/** What of its rules that count a training does not hold. */
function lackingOf({ rules }: OwnVerdict): readonly RuleResult[] {
  return rules.filter((result) => isBinding(result) && result.state !== 'holds');
}

/** The most accurate model of all trainings, unless it is the headline model. */
function passedOverFor(
  headline: Model | undefined,
  order: readonly (Part & { readonly headline: Model })[],
  metric: AccuracyMetric | undefined,
): PassedOver | undefined {
  const tops = order.map((part) => part.passedOver ?? { model: part.headline, lacking: lackingOf(part) });
  const [most] = bestFirst(metric, tops, ({ model }) => model);
  return most?.model === headline ? undefined : most;
}

function ownVerdict({ results, baseline }: GateTraining, { rules, ...asked }: GateInput): OwnVerdict {
  const input = { ...asked, baselineOf: () => baseline };
  const chosen = results && chooseHeadline(results, rules, input);
  if (results === undefined || chosen?.headline === undefined) return WITHOUT_MODEL;
  const headed = { ...input, results: headedBy(chosen.headline, results) };
  const own = rules.filter(({ scope, hardware }) => scope === 'each' || hardware === undefined);
  const judged = own.map((rule) => judgeRule(rule, headed));
  return { ...chosen, outcome: gateOutcome(judged, []), rules: judged };
}

/** Of several, a rule for each stands and falls with all; one without a hardware with the best; any other is about a pick of all. */
function judgeOnAll(
  rule: Rule,
  asked: RuleInput,
  parts: readonly Part[],
  best: Part | undefined,
): RuleResult {
  const resultOf = (part: Part | undefined) => part?.rules.find((result) => result.rule === rule);
  if (rule.scope === 'best' || parts.length === 1) return resultOf(best) ?? judgeRule(rule, asked);
  return standsForAll(
    parts.map((part) => {
      const { modelType } = part.training;
      return resultOf(part) ?? unknownRule(rule, { kind: 'training-without-model', modelType });
    }),
  );
}

/** What the results of rules and the picks that the workflow wants come to. `undecided` counts more than `failed`: broken rules are not the whole answer then. */
function gateOutcome(rules: readonly RuleResult[], picks: readonly PickResult[]): GateOutcome {
  const binding = rules.filter(isBinding);
  const missing = picks.filter((pick) => pick.kind === 'missing');
  const isUndecided =
    binding.some(({ state }) => state === 'unknown') ||
    missing.some(({ reason }) => reason !== 'over-budget');
  const isFailed = binding.some(({ state }) => state === 'broken') || missing.length > 0;
  return isUndecided ? 'undecided' : isFailed ? 'failed' : 'passed';
}
