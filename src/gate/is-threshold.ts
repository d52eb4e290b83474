import { lowerIsBetter } from './metric.ts';
import { isUpperBound, type Rule } from './rules.ts';

/** Whether a rule asks a model to be at least this good, and does not rule out what is too good to be true. */
export function isThreshold({ metric, comparison }: Pick<Rule, 'metric' | 'comparison'>): boolean {
  return isUpperBound(comparison) === lowerIsBetter(metric);
}
