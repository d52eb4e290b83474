import { type AccuracyMetric, RANKING_METRICS } from '../../gate/metric.ts';
import { isOnDetails } from '../../gate/rules.ts';
import type { JudgedPage } from './page.ts';

const MOST_METRICS = 2;

/** The two metrics that tell most of the headline model, those that rules judge first. */
export function leadingMetrics({ judged }: Pick<JudgedPage, 'judged'>): readonly AccuracyMetric[] {
  const { headline, rules } = judged.verdict;
  const judgedBy = rules
    .filter(({ rule }) => rule.hardware === undefined && !isOnDetails(rule))
    .map(({ rule }) => rule.metric);
  const reported = RANKING_METRICS.filter((metric) => headline?.metrics.has(metric));
  const first = reported.filter((metric) => judgedBy.includes(metric));
  const inOrder = first.toSorted((a, b) => judgedBy.indexOf(a) - judgedBy.indexOf(b));
  return [...new Set([...inOrder, ...reported])].slice(0, MOST_METRICS);
}
