import { neededMetrics } from '../../gate/measure.ts';
import { isOnDetails, type Rule } from '../../gate/rules.ts';
import type { WantedResults } from '../../training/await-results.ts';

/** What is read of the training that is judged: what rules need, and for the report what costs one request more. */
export function wantedResults(rules: readonly Rule[]): WantedResults {
  return { metrics: neededMetrics(rules), details: rules.some(isOnDetails) ? 'needed' : 'for-report' };
}

/** What is read of one of many trainings: what rules need. */
export function onlyNeededResults(rules: readonly Rule[]): WantedResults {
  return { metrics: neededMetrics(rules), details: rules.some(isOnDetails) ? 'needed' : 'none' };
}

/** What is read of the training that rules compare with. */
export function wantedOfBaseline(rules: readonly Rule[]): WantedResults {
  const comparing = rules.filter(({ bound }) => bound.kind === 'baseline');
  return { metrics: neededMetrics(rules), details: comparing.some(isOnDetails) ? 'needed' : 'none' };
}
