import { neededMetrics } from '../../gate/measure.ts';
import { isOnDetails, type Rule } from '../../gate/rules.ts';
import type { WantedResults } from '../../training/await-results.ts';

/** What is read of the training that is judged: what rules need, and for the report what costs one request more. */
export function wantedResults(rules: readonly Rule[]): WantedResults {
  return wantedFor(rules, 'for-report');
}

/** What is read of one of many trainings: what rules need. */
export function onlyNeededResults(rules: readonly Rule[]): WantedResults {
  return wantedFor(rules, 'none');
}

/** What is read of the training that rules compare with. */
export function wantedOfBaseline(rules: readonly Rule[]): WantedResults {
  const comparing = rules.filter(({ bound }) => bound.kind === 'baseline');
  return { ...wantedFor(rules, 'none'), details: wantedFor(comparing, 'none').details };
}

/** A rule that only warns takes what is there. */
function wantedFor(rules: readonly Rule[], otherwise: WantedResults['details']): WantedResults {
  const deciding = rules.filter(({ severity }) => severity === 'fail');
  return {
    metrics: neededMetrics(deciding),
    toldMetrics: neededMetrics(rules),
    details: deciding.some(isOnDetails) ? 'needed' : rules.some(isOnDetails) ? 'for-report' : otherwise,
  };
}
