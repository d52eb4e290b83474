import { isBinding, type JudgedRule, type RuleResult } from '../../gate/decide.ts';
import { type AccuracyMetric, lowerIsBetter, RANKING_METRICS } from '../../gate/metric.ts';
import { formatRule, type Rule } from '../../gate/rules.ts';
import type { Judged } from '../conclusion.ts';
import type { ComparedTraining } from '../several.ts';

/** A training that has a model to be compared by. */
export type WithModel = ComparedTraining & {
  readonly headline: NonNullable<ComparedTraining['headline']>;
};

/** The trainings of a step that compares several, as the report has them. */
export interface Compared {
  /** The best first, then by accuracy; behind them those without the metric, then those without a model. */
  readonly rows: readonly ComparedTraining[];
  /** Those of them that have a model. */
  readonly withModel: readonly WithModel[];
  readonly withoutModel: readonly ComparedTraining[];
  readonly best: WithModel | undefined;
  /** The metric by which the headline models are told apart: the first ranking one that all report, else that any does. */
  readonly metric: AccuracyMetric | undefined;
  /** The first ranking metric that any of them reports. */
  readonly usualMetric: AccuracyMetric | undefined;
  /** The rules that each training is held against, in the workflow's order. */
  readonly rules: readonly Rule[];
}

/** Gathers the trainings of a step that compares several; undefined if there is one. */
export function comparedOf({ comparison }: Pick<Judged, 'comparison'>): Compared | undefined {
  if (comparison === undefined || comparison.trainings.length < 2) return undefined;
  const { trainings } = comparison;
  const found = comparison.best === undefined ? undefined : trainings[comparison.best];
  const best = found !== undefined && hasModel(found) ? found : undefined;
  const ranked = trainings.filter(hasModel);
  const reported =
    (metric: AccuracyMetric) =>
    ({ headline }: WithModel) =>
      headline.metrics.has(metric);
  const usualMetric = RANKING_METRICS.find((metric) => ranked.some(reported(metric)));
  const metric = RANKING_METRICS.find((each) => ranked.every(reported(each))) ?? usualMetric;
  const withModel = bestFirst(ranked, best, metric);
  const withoutModel = trainings.filter((each) => !hasModel(each));
  const rules = ranked.flatMap((training) =>
    training.rules.map(({ rule }) => [formatRule(rule), rule] as const),
  );
  return {
    rows: [...withModel, ...withoutModel],
    withModel,
    withoutModel,
    best,
    metric: ranked.length === 0 ? undefined : metric,
    usualMetric,
    rules: [...new Map(rules).values()],
  };
}

function hasModel(training: ComparedTraining): training is WithModel {
  return training.headline !== undefined;
}

/** The best holds the rules; one behind it may be more accurate, and break some. */
function bestFirst(
  trainings: readonly WithModel[],
  best: WithModel | undefined,
  metric: AccuracyMetric | undefined,
): readonly WithModel[] {
  const score = ({ headline }: WithModel) => {
    const value = metric && headline.metrics.get(metric);
    if (metric === undefined || value === undefined) return Number.POSITIVE_INFINITY;
    return lowerIsBetter(metric) ? value : -value;
  };
  const place = (training: WithModel) => (training === best ? Number.NEGATIVE_INFINITY : score(training));
  // Not by subtraction: two that are infinite have no difference.
  return trainings
    .map((training) => ({ training, at: place(training) }))
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1))
    .map(({ training }) => training);
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

/** The rules that count and that a training breaks. */
export function brokenBy({ rules }: ComparedTraining): readonly JudgedRule[] {
  return rules.filter((result): result is JudgedRule => isBinding(result) && result.state === 'broken');
}

/** The trainings that had not ended when they were last looked at. */
export function inFlight({ withoutModel }: Compared): readonly ComparedTraining[] {
  return withoutModel.filter(({ facts }) => facts?.inFlight === true);
}

/**
 * The trainings without a model for which nothing could be judged. Those in flight, or else all of them if none has a
 * model, or a rule must hold for each; the others are warnings.
 */
export function decidingLacks(
  { verdict }: Pick<Judged, 'verdict'>,
  compared: Compared,
): readonly ComparedTraining[] {
  if (verdict.outcome !== 'undecided') return [];
  const going = inFlight(compared);
  const isForEach = verdict.rules.some(
    (result) =>
      isBinding(result) && result.state === 'unknown' && result.why.kind === 'training-without-model',
  );
  return isForEach || verdict.headline === undefined ? compared.withoutModel : going;
}

/** The models of which the table of the trainings says less than there is: those of searches. */
export function modelsOfSearches(
  { models }: Pick<Judged, 'models'>,
  { withModel }: Compared,
): Judged['models'] {
  const alone = new Set(
    withModel.flatMap(({ headline }) => {
      const same = models.filter(({ type, family }) => type === headline.type && family !== 'stock');
      return same.length < 2 ? [headline.id] : [];
    }),
  );
  const others = models.filter(({ id }) => !alone.has(id));
  return others.length < 2 ? [] : others;
}
