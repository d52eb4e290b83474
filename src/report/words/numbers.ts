import { type Metric, type Unit, unitOf } from '../../gate/metric.ts';
import { withoutFloatNoise } from '../../lib/decimals.ts';
import { formatDuration } from '../../lib/duration.ts';

/** Between what a narrow column must not part, such as a number and its unit. */
export const NBSP = '\u{A0}';

const MINUS = '\u{2212}';

/** Shown in a cell that has no value. */
export const NONE = '–';

const SUFFIXES: Readonly<Record<Unit, string>> = {
  percent: `${NBSP}%`,
  ms: `${NBSP}ms`,
  count: '',
  none: '',
};

/** Perplexity is a small plain number, of which one decimal would tell too little. */
const DECIMALS: Readonly<Record<Unit, number>> = { percent: 1, ms: 1, count: 0, none: 2 };

/** As the gate counts them. */
const MOST_DECIMALS = 9;

/** `value` as people read it, without its unit: one decimal, more only if it would look equal to one of `others` and is not. */
export function rounded(value: number, metric: Metric, others: readonly number[] = []): string {
  const usual = DECIMALS[unitOf(metric)];
  const different = [0, ...others].filter((other) => withoutFloatNoise(other - value) !== 0);
  for (let places = usual; places <= MOST_DECIMALS; places += 1) {
    const text = decimal(value, places);
    if (different.every((other) => decimal(other, places) !== text)) return text;
  }
  return decimal(value, usual);
}

/** {@link rounded} with its unit, or a dash if there is no value. */
export function shown(value: number | undefined, metric: Metric, others: readonly number[] = []): string {
  return value === undefined ? NONE : withUnit(rounded(value, metric, others), metric);
}

/** A number that is ready to be read, with the unit of `metric`. */
export function withUnit(number: string, metric: Metric): string {
  return `${number}${SUFFIXES[unitOf(metric)]}`;
}

/** How far apart two values of `metric` are: `2.1 points` of percent, or `4.8 ms`. */
export function distance(size: number, metric: Metric): string {
  const number = rounded(Math.abs(size), metric);
  return unitOf(metric) === 'percent' ? `${number}${NBSP}points` : withUnit(number, metric);
}

/** ` (+2.8)`: how `value` differs from that of an earlier version; nothing if it would read `+0.0`, or one is not known. */
export function differenceFrom(base: number | undefined, value: number | undefined, metric: Metric): string {
  if (base === undefined || value === undefined) return '';
  const difference = value - base;
  const number = decimal(Math.abs(difference), DECIMALS[unitOf(metric)]);
  return Number(number) === 0 ? '' : ` (${difference < 0 ? MINUS : '+'}${number})`;
}

/** `1,640`. */
export function count(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `3 rules`, `1 rule`. */
export function counted(whole: number, noun: string): string {
  return `${count(whole)}${NBSP}${noun}${whole === 1 ? '' : 's'}`;
}

/** ` (+210)`: a difference of whole numbers; nothing if there is none. */
export function countDifference(before: number | undefined, now: number): string {
  if (before === undefined || before === now) return '';
  return ` (${now < before ? MINUS : '+'}${count(Math.abs(now - before))})`;
}

/** `1 h 10 min`, all on one line. */
export function duration(ms: number): string {
  return formatDuration(ms).replaceAll(' ', NBSP);
}

/** Roboflow sells training by the credit (docs/internals/roboflow-api.md#time-money-and-limits). */
const MS_A_CREDIT = 30 * 60_000;

/** `, about 2.1 credits`: what a training of that time cost; nothing if that would read 0.0. */
export function creditsWords(ms: number): string {
  const credits = decimal(ms / MS_A_CREDIT, 1);
  return Number(credits) === 0 ? '' : `, about ${credits}${NBSP}credit${credits === '1.0' ? '' : 's'}`;
}

/** Halves away from zero, in decimal: `toFixed` alone rounds 76.45 up and 21.45 down. */
function decimal(value: number, places: number): string {
  const scale = 10 ** places;
  return (Math.round(Number((value * scale).toFixed(6))) / scale).toFixed(places);
}
