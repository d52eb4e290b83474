import { frontierOn } from '../../gate/frontier.ts';
import { type AccuracyMetric, lowerIsBetter } from '../../gate/metric.ts';
import { latencyOn, type Model, sameHardware } from '../../gate/model.ts';
import type { HardwarePick } from '../../gate/picks.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import { isOnDetails, isThreshold } from '../../gate/rules.ts';
import { type Dot, type Mark, quadrantChart } from '../charts/quadrant-chart.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { NBSP, rounded, shown, withUnit } from '../words/numbers.ts';

const PICKED = { colour: '#d97706', dot: '🟠' };
const OFFERED = { colour: '#2f81f7', dot: '🔵' };
const MOST_DOTS = 12;

interface Bounded {
  readonly pick: HardwarePick;
  readonly metric: AccuracyMetric;
  readonly least: number;
  readonly mostMs: number;
  readonly isBroken: boolean;
}

/** The models of one hardware, by both bounds; the field in which both rules hold is shaded. */
export function tradeOffSection(page: JudgedPage): readonly string[] {
  const all = page.judged.verdict.picks.flatMap((result) =>
    result.kind === 'pick' ? boundsOn(result.pick, page) : [],
  );
  const shownOne = all.find(({ isBroken }) => isBroken) ?? all[0];
  return shownOne === undefined ? [] : drawn(shownOne, page);
}

function boundsOn(pick: HardwarePick, { judged, targets }: JudgedPage): readonly Bounded[] {
  const there = judged.verdict.rules.filter(
    ({ rule }) =>
      rule.hardware !== undefined && sameHardware(rule.hardware, pick.hardware) && isThreshold(rule),
  );
  const speed = tightest(there.filter(({ rule }) => rule.metric === 'latency'));
  const accuracy = there.find(
    ({ rule, bound }) => rule.metric !== 'latency' && !isOnDetails(rule) && bound !== undefined,
  );
  const mostMs = speed?.bound ?? targets.find((each) => sameHardware(each.hardware, pick.hardware))?.budgetMs;
  const metric = accuracy?.rule.metric;
  if (mostMs === undefined || accuracy?.bound === undefined || metric === undefined || metric === 'latency')
    return [];
  const isBroken = [speed, accuracy].some((result) => result?.state === 'broken' && isBinding(result));
  return [{ pick, metric, least: accuracy.bound, mostMs, isBroken }];
}

function tightest(rules: readonly RuleResult[]): RuleResult | undefined {
  return rules.toSorted((a, b) => (a.bound ?? Infinity) - (b.bound ?? Infinity))[0];
}

interface Place {
  readonly ms: number;
  readonly value: number;
}

function drawn(bounded: Bounded, { judged, candidates }: JudgedPage): readonly string[] {
  const { pick, metric, least, mostMs } = bounded;
  if (lowerIsBetter(metric) || mostMs <= 0) return [];
  const { offer } = judged.verdict;
  const offered = offer && sameHardware(offer.pick.hardware, pick.hardware) ? offer.pick : undefined;
  const now = placeOf(pick.model, pick.hardware, metric);
  const then = offered && placeOf(offered.model, pick.hardware, metric);
  const models = frontierOn(pick.hardware, candidates, metric)
    .map(({ latencyMs, accuracy }) => ({ ms: latencyMs, value: accuracy }))
    .filter(({ ms }) => ms >= mostMs / 2 && ms <= mostMs * 2)
    .slice(-MOST_DOTS);
  if (now === undefined || models.length < 2) return [];
  const places = [...models, now, ...(then === undefined ? [] : [then])];
  const x = scale(
    mostMs,
    places.map(({ ms }) => ms),
  );
  const y = scale(
    least,
    places.map(({ value }) => value),
  );
  const dot = ({ ms, value }: Place): Dot => ({ x: x(ms), y: y(value) });
  const mark = (place: Place, colour: string): Mark => ({
    ...dot(place),
    label: shown(place.value, metric).replace(NBSP, ' '),
    colour,
  });
  const marks = [
    ...(then === undefined ? [] : [mark(then, OFFERED.colour)]),
    mark(now, then === undefined ? OFFERED.colour : PICKED.colour),
  ];
  const bound = withUnit(
    least === Number(least.toFixed(1)) ? String(least) : rounded(least, metric),
    metric,
  ).replace(NBSP, ' ');
  const chart = quadrantChart(models.map(dot), marks, {
    fast: `≤ ${mostMs} ms`,
    accurate: `≥ ${bound}`,
    inaccurate: `below ${bound}`,
  });
  return [chart, legend(pick.hardware, offered, then !== undefined)];
}

function placeOf(model: Model, hardware: string, metric: AccuracyMetric): Place | undefined {
  const ms = latencyOn(model, hardware);
  const value = model.metrics.get(metric);
  return ms === undefined || value === undefined ? undefined : { ms, value };
}

/** Each half has its own scale, so that the bound is in the middle and the farthest model well inside. */
function scale(bound: number, values: readonly number[]): (value: number) => number {
  const reach = (sign: 1 | -1) => Math.max(0, ...values.map((value) => sign * (value - bound)));
  const [above, below] = [reach(1), reach(-1)];
  const span = (own: number, other: number) => 1.6 * Math.max(own, other / 4, Number.EPSILON);
  return (value) => {
    const distance = value - bound;
    const half = distance >= 0 ? span(above, below) : span(below, above);
    return 0.5 + (0.5 * distance) / half;
  };
}

function legend(hardware: string, offered: HardwarePick | undefined, hasOffer: boolean): string {
  const marks =
    hasOffer && offered?.budgetMs !== undefined
      ? `${PICKED.dot} picked now, ${OFFERED.dot} best within ${withUnit(String(offered.budgetMs), 'latency')}`
      : `${OFFERED.dot} picked`;
  return `Models on ${MARKDOWN.name(hardware)}, each the most accurate of its speed: ${marks}.`;
}
