import { type AccuracyMetric, labelOf, RANKING_METRICS } from '../../gate/metric.ts';
import { boundsOn } from '../text/bounds.ts';
import { shortened } from '../text/ids.ts';
import { code } from '../text/markdown.ts';
import { differenceFrom, shown } from '../text/numbers.ts';
import type { JudgedPage } from '../text/page.ts';
import { metricInSentence } from '../text/words.ts';
import { comparedMetrics } from './comparison.ts';

const MOST_METRICS = 2;
const MORE_METRICS: readonly AccuracyMetric[] = ['precision', 'recall'];

/** The two metrics that tell most of the headline model, those that rules judge first. */
export function leadingMetrics({ judged }: JudgedPage): readonly AccuracyMetric[] {
  const { headline, rules } = judged.verdict;
  const judgedBy = rules.filter(({ rule }) => rule.hardware === undefined).map(({ rule }) => rule.metric);
  const reported = RANKING_METRICS.filter((metric) => headline?.metrics.has(metric));
  const first = reported.filter((metric) => judgedBy.includes(metric));
  const inOrder = first.toSorted((a, b) => judgedBy.indexOf(a) - judgedBy.indexOf(b));
  return [...new Set([...inOrder, ...reported])].slice(0, MOST_METRICS);
}

/** What the headline model reached, and how that differs from the version before. */
export function metricsLine(page: JudgedPage): readonly string[] {
  const { judged, earlier, run } = page;
  const { headline } = judged.verdict;
  if (headline === undefined) return [];
  const figures = leadingMetrics(page).map((metric) => {
    const value = headline.metrics.get(metric) ?? 0;
    const others = boundsOn(judged.verdict, headline.id, metric);
    const difference = differenceFrom(earlier?.headline?.metrics.get(metric), value, metric);
    return `**${labelOf(metric)} ${shown(value, metric, others)}**${difference}`;
  });
  const model = judged.models.length > 1 ? [`most accurate model: ${code(shortened(headline.id, run))}`] : [];
  const parts = [...figures, ...moreFigures(page), ...model];
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

/** Of a single model what no table shows. */
function moreFigures(page: JudgedPage): readonly string[] {
  const { judged } = page;
  const { headline, rules } = judged.verdict;
  if (judged.models.length > 1 || comparedMetrics(page).length > 0) return [];
  const isShown = (metric: AccuracyMetric) =>
    leadingMetrics(page).includes(metric) || rules.some(({ rule }) => rule.metric === metric);
  return MORE_METRICS.flatMap((metric) => {
    const value = headline?.metrics.get(metric);
    return value === undefined || isShown(metric)
      ? []
      : [`${metricInSentence(metric)} ${shown(value, metric)}`];
  });
}
