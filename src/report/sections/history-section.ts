import type { AccuracyMetric, Metric } from '../../gate/metric.ts';
import { labelOf, RANKING_METRICS, unitOf } from '../../gate/metric.ts';
import { isOnDetails } from '../../gate/rules.ts';
import { type HistoryPoint, historyChart } from '../charts/history-chart.ts';
import type { JudgedPage } from '../page/page.ts';
import { leadingMetrics } from '../page/shown-figures.ts';
import { NBSP, rounded, withUnit } from '../words/numbers.ts';
import { bindingRules } from '../words/verdict.ts';

const LEAST_VERSIONS = 3;
/** The labels of more touch each other, and those of versions with long numbers sooner. */
const MOST_VERSIONS = 6;
const MOST_LONG_VERSIONS = 5;

interface History {
  readonly metric: AccuracyMetric;
  readonly points: readonly HistoryPoint[];
  /** The first that a rule on this metric wants of the whole model. */
  readonly bound: number | undefined;
}

/** How the headline metric went from version to version, as a small picture. */
export function historySection(page: JudgedPage): readonly string[] {
  const history = historyOf(page);
  return history === undefined ? [] : ['### History', historyChart(history)];
}

/** The same as one line of text, for the comment. */
export function historyLine(page: JudgedPage): readonly string[] {
  const history = historyOf(page);
  if (history === undefined) return [];
  const { metric, points } = history;
  const words = points.map(({ version, value }, index) => {
    const figure = `v${version}${NBSP}${rounded(value, metric)}`;
    return index === points.length - 1 ? `**${withUnit(figure, metric)}**` : figure;
  });
  return [`<sub>${labelOf(metric)}, best of each version: ${words.join(' → ')}</sub>`];
}

/** Of the metric that the first broken rule is about, or else of the first that is told by enough versions. */
function historyOf(page: JudgedPage): History | undefined {
  const whole = bindingRules(page.judged).filter(
    ({ rule }) => rule.hardware === undefined && !isOnDetails(rule),
  );
  const broken = whole.find(({ state }) => state === 'broken');
  const metrics: readonly Metric[] = [
    ...(broken === undefined ? [] : [broken.rule.metric]),
    ...leadingMetrics(page),
    ...RANKING_METRICS,
  ];
  for (const metric of metrics) {
    if (metric === 'latency' || unitOf(metric) !== 'percent') continue;
    const points = pointsOf(metric, page);
    const bound = [broken, ...whole].find((each) => each?.rule.metric === metric)?.bound;
    if (points.length >= LEAST_VERSIONS) return { metric, points, bound };
  }
  return undefined;
}

/** The newest versions that report `metric`, oldest first; the judged one is the last. */
function pointsOf(metric: AccuracyMetric, { judged, training }: JudgedPage): readonly HistoryPoint[] {
  const version = training?.version;
  const value = judged.verdict.headline?.metrics.get(metric);
  if (version === undefined || value === undefined || judged.history === undefined) return [];
  const byVersion = new Map(
    judged.history.flatMap((point) => {
      const reached = point.metrics.get(metric);
      return reached === undefined || point.version >= version ? [] : [[point.version, reached] as const];
    }),
  );
  const before = [...byVersion].map(([each, reached]) => ({ version: each, value: reached }));
  return [...before.toSorted((a, b) => a.version - b.version), { version, value }].slice(
    version > 9 ? -MOST_LONG_VERSIONS : -MOST_VERSIONS,
  );
}
