import { lowerIsBetter, type Metric, type Unit, unitOf } from '../../gate/metric.ts';
import { withoutFloatNoise } from '../../lib/decimals.ts';

/** Between what a narrow column must not part, such as a number and its unit. */
export const NBSP = '\u{A0}';

/** Shown where there is no value. */
export const NONE = '-';

const SUFFIXES: Readonly<Record<Unit, string>> = { percent: `${NBSP}%`, ms: `${NBSP}ms`, none: '' };

/** How the figures of a sentence are written, all without their unit. */
export interface Figures {
  /** A value of `metric`; where it is held against a bound, so that one sees on which side of it the value is. */
  readonly value: (value: number, metric: Metric, bound?: number) => string;
  /** A distance between two values of `metric`, without sign. */
  readonly distance: (size: number, metric: Metric) => string;
}

/** As they are: for logs, annotations and files. */
export const EXACT: Figures = { value: String, distance: String };

/** As people read them: for the report. A sentence does without the zeros that align a column. */
export const ROUNDED: Figures = {
  value: (value, metric, bound) => withoutZeros(rounded(value, metric, bound === undefined ? [] : [bound])),
  distance: (size, metric) => withoutZeros(roundedDistance(size, metric)),
};

function withoutZeros(number: string): string {
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number;
}

/**
 * `value` as people read it: one decimal for percentages, three significant digits for milliseconds. With more decimals
 * where it could not be told from one of `others`, which it differs from.
 */
export function rounded(value: number, metric: Metric, others: readonly number[] = []): string {
  return toldFrom(others, value, unitOf(metric) === 'percent' ? oneDecimal : threeDigits);
}

/** {@link rounded} with its unit, or a dash where there is no value. */
export function shown(value: number | undefined, metric: Metric, others: readonly number[] = []): string {
  return value === undefined ? NONE : withUnit(rounded(value, metric, others), metric);
}

/** A number that is ready to be read, with the unit of `metric`. */
export function withUnit(number: string, metric: Metric): string {
  return `${number}${SUFFIXES[unitOf(metric)]}`;
}

/** A signed distance between two values of `metric`: `+1.3 points` (of a percentage), `-0.25 ms`. */
export function signed(distance: number, metric: Metric): string {
  const sign = distance === 0 ? '' : distance < 0 ? '-' : '+';
  const unit = { percent: `${NBSP}points`, ms: `${NBSP}ms`, none: '' }[unitOf(metric)];
  return `${sign}${roundedDistance(Math.abs(distance), metric)}${unit}`;
}

/** Zero only where it is none. */
function roundedDistance(size: number, metric: Metric): string {
  const usual = { percent: oneDecimal, ms: shortMs, none: threeDigits }[unitOf(metric)];
  return toldFrom([0], size, usual);
}

/** How `value` compares with a baseline's: `+1.3 points (up, better)`, or `the same`. */
export function differenceFrom(value: number, base: number, metric: Metric): string {
  const difference = withoutFloatNoise(value - base);
  if (difference === 0) return 'the same';
  const better = difference < 0 === lowerIsBetter(metric);
  return `${signed(difference, metric)} (${difference < 0 ? 'down' : 'up'}, ${better ? 'better' : 'worse'})`;
}

/** As {@link withoutFloatNoise} counts them. */
const MOST_DECIMALS = 9;

/** `value` as `usual` writes it, or with as many decimals as tell it from those of `others` that it differs from. */
function toldFrom(others: readonly number[], value: number, usual: (value: number) => string): string {
  const rivals = others.filter((other) => withoutFloatNoise(other - value) !== 0);
  const tells = (write: (value: number) => string) => rivals.every((rival) => write(rival) !== write(value));
  if (tells(usual)) return usual(value);
  for (let decimals = 1; decimals <= MOST_DECIMALS; decimals += 1) {
    const finer = (each: number) => each.toFixed(decimals);
    if (tells(finer)) return finer(value);
  }
  return usual(value);
}

/** `2.10`, `12.3`, `1234`: three significant digits, and never an exponent. */
function threeDigits(value: number): string {
  if (value >= 999.5) return value.toFixed(0);
  return value < 0.001 ? String(Number(value.toFixed(6))) : value.toPrecision(3);
}

/** `0.3`, `12.3`: a difference in milliseconds needs no zeros at its end. */
function shortMs(size: number): string {
  return size < 1 ? String(Number(size.toFixed(2))) : threeDigits(size);
}

/** Halves away from zero, in decimal: `toFixed` alone rounds 76.45 up and 21.45 down, and a row would not add up. */
function oneDecimal(value: number): string {
  return (Math.round(Number((value * 10).toFixed(6))) / 10).toFixed(1);
}
