import type { RuleResult, Verdict } from '../../gate/decide.ts';
import type { Metric } from '../../gate/metric.ts';
import { isOnDetails } from '../../gate/rules.ts';
import type { Split } from '../../gate/split-figures.ts';

/** What rules hold the `metric` of a model against: its value is to be written so that it can be told from these. */
export function boundsOn({ rules }: Verdict, modelId: string, metric: Metric): readonly number[] {
  return rules.flatMap((result) =>
    result.rule.metric === metric &&
    !isOnDetails(result.rule) &&
    result.modelId === modelId &&
    result.bound !== undefined
      ? [result.bound]
      : [],
  );
}

/** What rules hold the `metric` of all classes on `split` together against. */
export function boundsOnSplit({ rules }: Verdict, split: Split, metric: Metric): readonly number[] {
  return rules.flatMap(({ rule, bound }) =>
    rule.metric === metric && rule.split === split && rule.ofClass === undefined && bound !== undefined
      ? [bound]
      : [],
  );
}

/** What any of `results` holds the `metric` of a model as a whole against. */
export function boundsOnMetric(results: readonly RuleResult[], metric: Metric): readonly number[] {
  return results.flatMap(({ rule, bound }) =>
    rule.metric === metric && !isOnDetails(rule) && bound !== undefined ? [bound] : [],
  );
}
