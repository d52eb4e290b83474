import type { Baseline } from './baseline.ts';
import {
  type GateInput,
  gateOutcome,
  type Judgement,
  judgeTraining,
  type PassedOver,
  type Verdict,
  withOffer,
} from './decide.ts';
import { judgeRule } from './judge-rule.ts';
import type { AccuracyMetric } from './metric.ts';
import type { Model } from './model.ts';
import { defaultTargets, headedBy, type ModelResults, pickFor, unionOf } from './picks.ts';
import { bestFirst, mostAccurateThat, rankedBy, sharedRanking } from './rank.ts';
import { isBinding, type RuleResult, standsForAll, unknownRule } from './rule-result.ts';
import { choosesHeadline, type Rule } from './rules.ts';

/** One of several trainings: its results and what its rules compare with, or that it has none. */
export type GateTraining = { readonly modelType: string } & (
  | { readonly results: ModelResults; readonly baseline: Baseline }
  | { readonly results: undefined }
);

/** What the gate judges of several trainings. Targets that the workflow does not name are those that the results suggest. */
export interface SeveralInput extends Pick<GateInput, 'rules' | 'targets' | 'onMissingBaseline'> {
  readonly trainings: readonly GateTraining[];
}

/** What the gate says of one of several trainings, by the rules that it is judged by itself. */
export type OwnVerdict = Omit<Judgement, 'picks'>;

/** What the gate says of several trainings. */
export interface SeveralVerdict {
  readonly trainings: readonly OwnVerdict[];
  readonly together: VerdictTogether | undefined;
}

/** What the gate says of the trainings that have a model, together. */
export interface VerdictTogether {
  readonly verdict: Verdict;
  readonly results: ModelResults;
  readonly best: number;
  /** By what the headline models were put in order. */
  readonly ranking: AccuracyMetric;
}

/**
 * Judges several trainings: each by the rules without a hardware and by those that must hold for each. The most accurate one
 * that holds those that count gives the headline model; if none does, it is chosen as among the models of one training. Picks
 * are chosen from the models of all, and rules with a hardware judge those.
 */
export function decideSeveral(input: SeveralInput): SeveralVerdict {
  const own = ownVerdicts(input);
  const together = judgeTogether(input, own);
  const again = (targets: SeveralInput['targets']) => {
    const changed = { ...input, targets };
    return judgeTogether(changed, ownVerdicts(changed))?.verdict;
  };
  const verdict = together && withOffer(together.verdict, together.results, input.targets, again);
  return { trainings: own, together: verdict && { ...together, verdict } };
}

function ownVerdicts(input: SeveralInput): readonly OwnVerdict[] {
  return input.trainings.map((training) => ownVerdict(training, input));
}

function judgeTogether(
  input: SeveralInput,
  own: readonly OwnVerdict[],
): (Omit<VerdictTogether, 'verdict'> & { readonly verdict: Judgement }) | undefined {
  const { trainings, rules, targets, onMissingBaseline } = input;
  const ranking = sharedRanking(own.flatMap(({ headline }) => headline ?? []));
  if (ranking === undefined) return undefined;
  const order = mostAccurateFirst(own, ranking);
  const holdsAll = (index: number) => own[index]?.outcome === 'passed';
  const holdsReported = (index: number) => lackingOf(own[index], choosesHeadline).length === 0;
  const best = mostAccurateThat(order, holdsAll, holdsReported)?.chosen;
  if (best === undefined) return undefined;
  const inOrder = new Set([best, ...order]);
  const union = unionOf([...inOrder].flatMap((index) => trainings[index]?.results ?? []));
  const targetsGiven = targets.length > 0;
  const asked: GateInput = {
    results: union,
    rules,
    targets: targetsGiven ? targets : defaultTargets(union, rules),
    targetsGiven,
    baselineOf: (model) => baselineOf(trainingOf(model, trainings) ?? trainings[best]),
    onMissingBaseline,
  };
  const results = rules.map((rule) => judgeOnAll(rule, asked, { trainings, own, best }));
  const picks = asked.targets.map((target) => pickFor(target, union));
  const outcome = gateOutcome(results, picks, targetsGiven);
  const headline = own[best]?.headline;
  const passedOver = passedOverFor(headline, own, ranking);
  const verdict = { outcome, headline, passedOver, picks, rules: results };
  return { verdict, results: union, best, ranking };
}

function trainingOf(model: Model | undefined, trainings: readonly GateTraining[]): GateTraining | undefined {
  return model && trainings.find(({ results }) => results?.models.includes(model));
}

function baselineOf(training: GateTraining | undefined): Baseline {
  return training?.results === undefined ? { kind: 'none' } : training.baseline;
}

/** What of its rules that count a training does not hold, of those that `isMeant`. */
function lackingOf(own: OwnVerdict | undefined, isMeant: (rule: Rule) => boolean): readonly RuleResult[] {
  const rules = own?.rules ?? [];
  return rules.filter((result) => isMeant(result.rule) && isBinding(result) && result.state !== 'holds');
}

/** The most accurate model of all trainings, unless it is the headline model. */
function passedOverFor(
  headline: Model | undefined,
  own: readonly OwnVerdict[],
  metric: AccuracyMetric,
): PassedOver | undefined {
  const tops = own.flatMap((each) =>
    each.headline === undefined
      ? []
      : (each.passedOver ?? { model: each.headline, lacking: lackingOf(each, () => true) }),
  );
  const [most] = rankedBy(
    metric,
    tops.map(({ model }) => model),
  );
  return most === headline ? undefined : tops.find(({ model }) => model === most);
}

/** Whether a rule is held against each training by itself, and not against a pick from the models of all. */
function isOwn({ scope, hardware }: Rule): boolean {
  return scope === 'each' || hardware === undefined;
}

function ownVerdict(training: GateTraining, { rules, targets, onMissingBaseline }: SeveralInput): OwnVerdict {
  if (training.results === undefined) return WITHOUT_MODEL;
  const { picks, ...own } = judgeTraining({
    results: training.results,
    rules: rules.filter(isOwn),
    targets,
    targetsGiven: false,
    baselineOf: () => baselineOf(training),
    onMissingBaseline,
  });
  return own.headline === undefined ? WITHOUT_MODEL : own;
}

const WITHOUT_MODEL: OwnVerdict = {
  outcome: 'undecided',
  headline: undefined,
  passedOver: undefined,
  rules: [],
};

/** The indices of the trainings that have a headline model. Those that do not report the metric come last, as they were named. */
function mostAccurateFirst(own: readonly OwnVerdict[], metric: AccuracyMetric): readonly number[] {
  const headed = own.flatMap(({ headline }, index) => (headline ? [{ headline, index }] : []));
  return bestFirst(metric, headed, ({ headline }) => headline).map(({ index }) => index);
}

interface JudgedAlone extends Pick<SeveralInput, 'trainings'> {
  readonly own: readonly OwnVerdict[];
  readonly best: number;
}

/** A rule for each stands and falls with all; one without a hardware with the best; any other is about a pick of all. */
function judgeOnAll(rule: Rule, asked: GateInput, { trainings, own, best }: JudgedAlone): RuleResult {
  const resultOf = (index: number) => own[index]?.rules.find((result) => result.rule === rule);
  if (rule.scope === 'each')
    return standsForAll(
      trainings.map(
        ({ modelType }, index) =>
          resultOf(index) ?? unknownRule(rule, { kind: 'training-without-model', modelType }),
      ),
    );
  // It is on a pick, so no headline model is asked for.
  const results = headedBy(undefined, asked.results);
  return resultOf(best) ?? judgeRule(rule, { ...asked, results });
}
