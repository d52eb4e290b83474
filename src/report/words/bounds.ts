import type { Verdict } from '../../gate/decide.ts';
import type { Metric } from '../../gate/metric.ts';
import type { RuleResult } from '../../gate/rule-result.ts';
import type { Split } from '../../gate/split-figures.ts';

/** What rules hold the `metric` of a model, or on a split, against: its value is written to be told from these. */
export function boundsOnMetric(
  results: readonly RuleResult[],
  metric: Metric,
  split?: Split,
): readonly number[] {
  return results.flatMap(({ rule, bound }) =>
    rule.metric === metric && rule.split === split && rule.ofClass === undefined && bound !== undefined
      ? [bound]
      : [],
  );
}

/** The same of one of the models that were judged. */
export function boundsOn({ rules }: Pick<Verdict, 'rules'>, id: string, metric: Metric): readonly number[] {
  const own = rules.filter(({ modelId }) => modelId === id);
  return boundsOnMetric(own, metric);
}
