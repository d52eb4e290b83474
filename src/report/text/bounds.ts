import type { Verdict } from '../../gate/decide.ts';
import type { Metric } from '../../gate/metric.ts';
import { isOnDetails } from '../../gate/rules.ts';

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
