import { neededMetrics } from '../../gate/measure.ts';
import { decides, isOnDetails, type Rule } from '../../gate/rules.ts';
import type { WantedResults } from '../../training/await-results.ts';

/**
 * What is read of the results of a training for `rules`. A rule that only warns takes what is there.
 * @param otherwise what is read by class and split if no rule is about it
 * @param told the rules whose values are told of
 */
export function wantedResults(
  rules: readonly Rule[],
  otherwise: 'for-report' | 'none',
  told: readonly Rule[] = rules,
): WantedResults {
  const deciding = rules.filter(decides);
  return {
    metrics: neededMetrics(deciding),
    toldMetrics: neededMetrics(told),
    details: deciding.some(isOnDetails) ? 'needed' : rules.some(isOnDetails) ? 'for-report' : otherwise,
  };
}
