import { frontierOn } from '../../gate/frontier.ts';
import { type AccuracyMetric, labelOf, lowerIsBetter } from '../../gate/metric.ts';
import { isServerless, latencyOn, type Model, sameHardware } from '../../gate/model.ts';
import type { HardwarePick } from '../../gate/picks.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import { isOnDetails, isThreshold } from '../../gate/rules.ts';
import { type Dot, type Mark, type QuadrantAxis, quadrantChart } from '../charts/quadrant-chart.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { NBSP, rounded, shown, withUnit } from '../words/numbers.ts';
import { ON_SERVERLESS } from '../words/words.ts';

const PICKED = { colour: '#d97706', dot: '🟠' };
const OFFERED = { colour: '#2f81f7', dot: '🔵' };
const MOST_DOTS = 12;

/** The model that is marked. */
interface Marked extends Pick<HardwarePick, 'hardware' | 'model'> {
  readonly isPick: boolean;
}

interface Bounded {
  readonly marked: Marked;
  readonly metric: AccuracyMetric;
  readonly least: number | undefined;
  readonly mostMs: number | undefined;
  readonly isBroken: boolean;
}

/** The models of one hardware of each kind of latency, by both bounds; the field in which both rules hold is shaded. */
export function tradeOffSection(page: JudgedPage): readonly string[] {
  const picked = page.judged.verdict.picks.flatMap((result): readonly Marked[] =>
    result.kind === 'pick' ? [{ ...result, isPick: true }] : [],
  );
  const onServerless = picked.filter(({ hardware }) => isServerless(hardware));
  const onDevices = picked.filter(({ hardware }) => !isServerless(hardware));
  return [onDevices, onServerless.length > 0 ? onServerless : headlineOnServerless(page)].flatMap((kind) => {
    const all = kind.flatMap((marked) => boundsOn(marked, page));
    const shownOne = all.find(({ isBroken }) => isBroken) ?? all[0];
    return shownOne === undefined ? [] : drawn(shownOne, page);
  });
}

/** Where no model is picked for it, several fine-tunes are compared by it all the same. */
function headlineOnServerless({ judged }: JudgedPage): readonly Marked[] {
  const model = judged.verdict.headline;
  const hardware = [...(model?.latencyMs.keys() ?? [])].find(isServerless);
  return model === undefined || hardware === undefined ? [] : [{ hardware, model, isPick: false }];
}

function boundsOn(marked: Marked, { judged, targets, metric: usual }: JudgedPage): readonly Bounded[] {
  const isThere = (hardware: string | undefined) =>
    hardware !== undefined && sameHardware(hardware, marked.hardware);
  const there = judged.verdict.rules.filter(
    ({ rule, hardware }) =>
      isThreshold(rule) && isThere(rule.metric === 'latency' ? hardware : rule.hardware),
  );
  const speed = tightest(there.filter(({ rule }) => rule.metric === 'latency'));
  const accuracy = there.find(
    ({ rule, bound }) => rule.metric !== 'latency' && !isOnDetails(rule) && bound !== undefined,
  );
  const mostMs = speed?.bound ?? targets.find(({ hardware }) => isThere(hardware))?.budgetMs;
  const least = accuracy?.bound;
  const metric = accuracy === undefined && isServerless(marked.hardware) ? usual : accuracy?.rule.metric;
  if (metric === undefined || metric === 'latency') return [];
  if (!isServerless(marked.hardware) && (mostMs === undefined || least === undefined)) return [];
  const isBroken = [speed, accuracy].some((result) => result?.state === 'broken' && isBinding(result));
  return [{ marked, metric, least, mostMs, isBroken }];
}

function tightest(rules: readonly RuleResult[]): RuleResult | undefined {
  return rules.toSorted((a, b) => (a.bound ?? Infinity) - (b.bound ?? Infinity))[0];
}

interface Place {
  readonly ms: number;
  readonly value: number;
}

function drawn(bounded: Bounded, { judged, candidates }: JudgedPage): readonly string[] {
  const { metric, least, mostMs } = bounded;
  const { hardware, model } = bounded.marked;
  if (lowerIsBetter(metric) || (mostMs !== undefined && mostMs <= 0)) return [];
  const { offer } = judged.verdict;
  const offered = offer && sameHardware(offer.pick.hardware, hardware) ? offer.pick : undefined;
  const now = placeOf(model, hardware, metric);
  const then = offered && placeOf(offered.model, hardware, metric);
  const isNear = ({ ms }: Place) => mostMs === undefined || (ms >= mostMs / 2 && ms <= mostMs * 2);
  const models = frontierOn(hardware, candidates, metric)
    .map(({ latencyMs, accuracy }) => ({ ms: latencyMs, value: accuracy }))
    .filter((place) => isServerless(hardware) || isNear(place))
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
  const chart = quadrantChart(
    models.map(dot),
    marks,
    speedAxis(hardware, mostMs),
    accuracyAxis(metric, least),
  );
  return [chart, legend(bounded.marked, offered, then !== undefined)];
}

/** Which kind of latency it is stands at the axis of the one that is not a device's. */
function speedAxis(hardware: string, mostMs: number | undefined): QuadrantAxis {
  if (!isServerless(hardware)) return { words: [`≤ ${mostMs} ms`, 'slower'], beyond: 'too slow' };
  const beyond = mostMs === undefined ? undefined : `over ${mostMs} ms`;
  return { words: [ON_SERVERLESS], beyond };
}

function accuracyAxis(metric: AccuracyMetric, least: number | undefined): QuadrantAxis {
  if (least === undefined) return { words: [labelOf(metric)], beyond: undefined };
  const number = least === Number(least.toFixed(1)) ? String(least) : rounded(least, metric);
  const bound = withUnit(number, metric).replace(NBSP, ' ');
  return { words: [`below ${bound}`, `≥ ${bound}`], beyond: 'too inaccurate' };
}

function placeOf(model: Model, hardware: string, metric: AccuracyMetric): Place | undefined {
  const ms = latencyOn(model, hardware);
  const value = model.metrics.get(metric);
  return ms === undefined || value === undefined ? undefined : { ms, value };
}

/** Each half has its own scale, so that the bound is in the middle and the farthest model well inside; without one, their own middle. */
function scale(given: number | undefined, values: readonly number[]): (value: number) => number {
  const bound = given ?? (Math.min(...values) + Math.max(...values)) / 2;
  const reach = (sign: 1 | -1) => Math.max(0, ...values.map((value) => sign * (value - bound)));
  const [above, below] = [reach(1), reach(-1)];
  const span = (own: number, other: number) => 1.6 * Math.max(own, other / 4, Number.EPSILON);
  return (value) => {
    const distance = value - bound;
    const half = distance >= 0 ? span(above, below) : span(below, above);
    return 0.5 + (0.5 * distance) / half;
  };
}

function legend({ hardware, isPick }: Marked, offered: HardwarePick | undefined, hasOffer: boolean): string {
  const marks =
    hasOffer && offered?.budgetMs !== undefined
      ? `${PICKED.dot} picked now, ${OFFERED.dot} best within ${withUnit(String(offered.budgetMs), 'latency')}`
      : `${OFFERED.dot} ${isPick ? 'picked' : 'the best'}`;
  return `Models on ${MARKDOWN.name(hardware)}, each the most accurate of its speed: ${marks}.`;
}
