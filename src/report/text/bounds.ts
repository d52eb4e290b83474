import type { Verdict } from '../../gate/decide.ts';
import type { Metric } from '../../gate/metric.ts';

/** What rules hold the `metric` of a model against: its value is to be written so that it can be told from these. */
export function boundsOn({ rules }: Verdict, modelId: string, metric: Metric): readonly number[] {
  return rules.flatMap((result) =>
    result.rule.metric === metric && result.modelId === modelId && result.bound !== undefined
      ? [result.bound]
      : [],
  );
}
