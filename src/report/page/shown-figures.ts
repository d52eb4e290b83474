import { type AccuracyMetric, RANKING_METRICS } from '../../gate/metric.ts';
import { type Model, measuredHardware, sameHardware } from '../../gate/model.ts';
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

/** More hardware than this makes a picture or a table that nobody reads. */
const MOST_HARDWARE = 3;

/** The hardware that is shown of what `models` were measured on: what rules judge first, broken before all; then targets. */
export function shownHardware(
  { judged, targets }: Pick<JudgedPage, 'judged' | 'targets'>,
  models: readonly Model[],
): readonly string[] {
  const measured = measuredHardware(models);
  const { rules } = judged.verdict;
  const wanted = [
    ...rules.filter(({ state }) => state === 'broken').map(({ hardware }) => hardware),
    ...rules.map(({ rule }) => rule.hardware),
    ...(judged.targetsGiven ? targets.map(({ hardware }) => hardware) : []),
  ];
  const asMeasured = (name: string | undefined) =>
    name === undefined ? [] : (measured.find((each) => sameHardware(each, name)) ?? []);
  const first = wanted.flatMap(asMeasured);
  const targetNames = targets.flatMap(({ hardware }) => asMeasured(hardware));
  const kept = new Set([...new Set([...first, ...measured])].slice(0, MOST_HARDWARE));
  const inOrder = judged.targetsGiven ? [...targetNames, ...measured] : measured;
  return [...new Set(inOrder)].filter((name) => kept.has(name));
}
