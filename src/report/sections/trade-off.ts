import { frontierOn } from '../../gate/frontier.ts';
import { type AccuracyMetric, labelOf, lowerIsBetter, type Metric } from '../../gate/metric.ts';
import { isServerless, latencyOn, type Model, sameHardware } from '../../gate/model.ts';
import type { HardwarePick } from '../../gate/picks.ts';
import { isBinding, type RuleResult } from '../../gate/rule-result.ts';
import { isOnDetails, isThreshold } from '../../gate/rules.ts';
import { type Halves, type Mark, quadrantChart } from '../charts/quadrant-chart.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { NBSP, rounded, shown, withUnit } from '../words/numbers.ts';
import { ON_SERVERLESS } from '../words/words.ts';

const PICKED = { colour: '#d97706', dot: '🟠' };
const OFFERED = { colour: '#2f81f7', dot: '🔵' };
const MOST_DOTS = 12;

/** A pick whose hardware has a latency limit. */
interface Bounded {
  readonly pick: HardwarePick;
  readonly metric: AccuracyMetric;
  readonly mostMs: number;
  readonly least: number | undefined;
  readonly isBroken: boolean;
}

/** What was decided by a latency limit: the models of one hardware, of the first where a bound is broken. Nothing if something else decided. */
export function tradeOffSection(page: JudgedPage): readonly string[] {
  const { picks, outcome } = page.judged.verdict;
  const all = picks.flatMap((result) => (result.kind === 'pick' ? boundsOn(result, page) : []));
  const decided = all.find(({ isBroken }) => isBroken) ?? (outcome === 'passed' ? all[0] : undefined);
  return decided === undefined ? [] : drawn(decided, page);
}

function boundsOn(pick: HardwarePick, { judged, metric: usual }: JudgedPage): readonly Bounded[] {
  const isThere = (hardware: string | undefined) =>
    hardware !== undefined && sameHardware(hardware, pick.hardware);
  const there = judged.verdict.rules.filter(
    ({ rule, hardware }) =>
      isThreshold(rule) && isThere(rule.metric === 'latency' ? hardware : rule.hardware),
  );
  const speed = tightest(there.filter(({ rule }) => rule.metric === 'latency'));
  const accuracy = there.find(
    ({ rule, bound }) => rule.metric !== 'latency' && !isOnDetails(rule) && bound !== undefined,
  );
  const mostMs = speed?.bound ?? pick.budgetMs;
  const metric = accuracy?.rule.metric ?? usual;
  if (mostMs === undefined || mostMs <= 0 || metric === undefined) return [];
  if (metric === 'latency' || lowerIsBetter(metric)) return [];
  const isBroken = [speed, accuracy].some((result) => result?.state === 'broken' && isBinding(result));
  return [{ pick, metric, least: accuracy?.bound, mostMs, isBroken }];
}

function tightest(rules: readonly RuleResult[]): RuleResult | undefined {
  return rules.toSorted((a, b) => (a.bound ?? Infinity) - (b.bound ?? Infinity))[0];
}

interface Place {
  readonly ms: number;
  readonly value: number;
}

function drawn({ pick, metric, least, mostMs }: Bounded, page: JudgedPage): readonly string[] {
  const { hardware } = pick;
  const { offer } = page.judged.verdict;
  const offered = offer && sameHardware(offer.pick.hardware, hardware) ? offer.pick : undefined;
  const now = placeOf(pick.model, hardware, metric);
  const then = offered && placeOf(offered.model, hardware, metric);
  const models = frontierOn(hardware, page.candidates, metric)
    .map(({ latencyMs, accuracy }) => ({ ms: latencyMs, value: accuracy }))
    .filter(({ ms }) => isServerless(hardware) || (ms >= mostMs / 2 && ms <= mostMs * 2))
    .slice(-MOST_DOTS);
  if (now === undefined || models.length < 2) return [];
  const places = [...models, now, ...(then === undefined ? [] : [then])];
  const [times, values] = [places.map(({ ms }) => ms), places.map(({ value }) => value)];
  const [x, y] = [scale(mostMs, times), scale(least, values)];
  const mark = (place: Place, colour: string): Mark => ({
    x: x(place.ms),
    y: y(place.value),
    label: `${shown(place.value, metric)}, ${shown(place.ms, 'latency')}`.replaceAll(NBSP, ' '),
    colour,
  });
  const chart = quadrantChart(
    models.map(({ ms, value }) => ({ x: x(ms), y: y(value) })),
    [
      ...(then === undefined ? [] : [mark(then, OFFERED.colour)]),
      mark(now, then === undefined ? OFFERED.colour : PICKED.colour),
    ],
    halves(times, mostMs, 'latency'),
    least === undefined
      ? `${labelOf(metric)}, ${range(Math.min(...values), Math.max(...values), metric)}`
      : halves(values, least, metric),
  );
  return [chart, legend(pick, then && offered)];
}

/** What is drawn on each side of a bound: `10.2 to 20 ms` and `20 to 38.8 ms`. */
function halves(values: readonly number[], bound: number, metric: Metric): Halves {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const alone = range(bound, bound, metric);
  return [
    least < bound ? range(least, bound, metric) : `below ${alone}`,
    most > bound ? range(bound, most, metric) : `over ${alone}`,
  ];
}

/** `10.2 to 20 ms`; of equals one. */
function range(from: number, to: number, metric: Metric): string {
  const [first, last] = [from, to].map((value) => String(Number(rounded(value, metric))));
  return withUnit(first === last ? `${last}` : `${first} to ${last}`, metric).replace(NBSP, ' ');
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

function legend({ hardware }: HardwarePick, offered: HardwarePick | undefined): string {
  const budget = offered?.budgetMs;
  const marks =
    budget === undefined
      ? `${OFFERED.dot} picked`
      : `${PICKED.dot} picked now, ${OFFERED.dot} best within ${withUnit(String(budget), 'latency')}`;
  const how = isServerless(hardware) ? ` (${ON_SERVERLESS})` : '';
  return `Models on ${MARKDOWN.name(hardware)}${how}, each the most accurate of its speed: ${marks}.`;
}
