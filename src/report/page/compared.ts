import { hasHeadline } from '../../gate/headline.ts';
import type { AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { bestFirst } from '../../gate/rank.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import { formatRule, isOnDetails, type Rule } from '../../gate/rules.ts';
import type { ComparedTraining, Comparison } from '../compared-trainings.ts';
import type { Judged } from '../conclusion.ts';

/** A training that has a model to be compared by. */
export type WithModel = ComparedTraining & { readonly headline: Model };

/** The trainings of a step that compares several, as the report has them. */
export interface Compared {
  /** The best first, then by accuracy; behind them those without the metric, then those without a model. */
  readonly rows: readonly ComparedTraining[];
  readonly withModel: readonly WithModel[];
  readonly withoutModel: readonly ComparedTraining[];
  readonly best: WithModel | undefined;
  /** The metric by which the headline models were put in order; undefined if none has one. */
  readonly ranking: AccuracyMetric | undefined;
  /** The rules that each training is held against, in the workflow's order. */
  readonly rules: readonly Rule[];
}

/** Gathers the trainings of a step that compares several; undefined if there is one. */
export function comparedOf(comparison: Comparison | undefined): Compared | undefined {
  if (comparison === undefined || comparison.trainings.length < 2) return undefined;
  const { trainings, ranking } = comparison;
  const withModel = trainings.filter(hasHeadline);
  const best = withModel.find((each) => trainings.indexOf(each) === comparison.best);
  const inOrder = bestFirst(ranking, withModel, ({ headline }) => headline);
  // The best holds the rules; one behind it may be more accurate, and break some.
  const ranked = [...new Set(best === undefined ? inOrder : [best, ...inOrder])];
  const withoutModel = trainings.filter((each) => !hasHeadline(each));
  const rules = ranked.flatMap((training) =>
    training.rules.map(({ rule }) => [formatRule(rule), rule] as const),
  );
  return {
    rows: [...ranked, ...withoutModel],
    withModel: ranked,
    withoutModel,
    best,
    ranking,
    rules: [...new Map(rules).values()],
  };
}

/** What a training has of `rule`; undefined if it has no model. */
export function resultOf({ rules }: ComparedTraining, rule: Rule): RuleResult | undefined {
  const text = formatRule(rule);
  return rules.find((result) => formatRule(result.rule) === text);
}

/** The training whose own result of its rule `result` is; undefined if it is one of a pick across all trainings. */
export function trainingOf(result: RuleResult, { withModel }: Compared): WithModel | undefined {
  return withModel.find((training) => {
    const own = resultOf(training, result.rule);
    return own !== undefined && own.modelId === result.modelId;
  });
}

/** The trainings for want of whose models nothing could be judged: all that have none, if a rule must hold for each. */
export function decidingLacks(
  { verdict }: Pick<Judged, 'verdict'>,
  { withoutModel }: Compared,
): readonly ComparedTraining[] {
  const isForEach = verdict.rules.some(
    (result) =>
      isBinding(result) && result.state === 'unknown' && result.why.kind === 'training-without-model',
  );
  return isForEach ? withoutModel : [];
}

/** The models of which the table of the trainings says less than there is: those of searches, which share their type. */
export function modelsOfSearches({ models }: Pick<Judged, 'models'>): Judged['models'] {
  const own = models.filter(({ family }) => family !== 'stock');
  const byType = Map.groupBy(own, ({ type }) => type);
  const isAlone = ({ type, family }: Model) => family !== 'stock' && byType.get(type)?.length === 1;
  const others = models.filter((model) => !isAlone(model));
  return others.length < 2 ? [] : others;
}

/** A phone shows no more beside the model type and the metric that ranks. */
const MOST_COLUMNS = 2;

/** The rules that the table of the trainings has a column for: those that not all hold before the rest, in the workflow's order. */
export function ruleColumns({ rules, withModel }: Compared): readonly Rule[] {
  const isHeld = (rule: Rule) => withModel.every((training) => resultOf(training, rule)?.state === 'holds');
  const inOrder = [...rules.filter((rule) => !isHeld(rule)), ...rules.filter(isHeld)];
  const chosen = inOrder.slice(0, MOST_COLUMNS);
  return rules.filter((rule) => chosen.includes(rule));
}

/** Whether `rule` is about the metric that ranks, so that its column has that metric of each training. */
export function isOnRank(rule: Rule, { ranking }: Compared): boolean {
  return rule.metric === ranking && rule.hardware === undefined && !isOnDetails(rule);
}
