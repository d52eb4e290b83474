import { lowerIsBetter, type Metric, type Unit, unitOf } from '../gate/metric.ts';

/** Shown where there is no value. */
export const NONE = '-';

const SUFFIXES: Readonly<Record<Unit, string>> = { percent: ' %', ms: ' ms', none: '' };

/** `value` as people read it: one decimal for percentages, three significant digits for milliseconds. */
export function rounded(value: number, metric: Metric): string {
  return unitOf(metric) === 'percent' ? value.toFixed(1) : threeDigits(value);
}

/** {@link rounded} with its unit, or a dash where there is no value. */
export function shown(value: number | undefined, metric: Metric): string {
  return value === undefined ? NONE : `${rounded(value, metric)}${SUFFIXES[unitOf(metric)]}`;
}

/** A signed distance with its unit, rounded as its metric is: `+1.3 %`, `-0.25 ms`. */
export function signed(distance: number, metric: Metric): string {
  const size = Math.abs(distance);
  const text = unitOf(metric) === 'ms' && size < 1 ? `${Number(size.toFixed(2))} ms` : shown(size, metric);
  return `${distance < 0 ? '-' : '+'}${text}`;
}

/** How `value` compares with a baseline's: `+1.3 % (up, better)`, or `the same`. */
export function differenceFrom(value: number, base: number, metric: Metric): string {
  const difference = value - base;
  if (Math.abs(difference) < 1e-9) return 'the same';
  const better = difference < 0 === lowerIsBetter(metric);
  return `${signed(difference, metric)} (${difference < 0 ? 'down' : 'up'}, ${better ? 'better' : 'worse'})`;
}

/** `2.10`, `12.3`, `1234`: three significant digits, and never an exponent. */
function threeDigits(value: number): string {
  return value >= 1000
    ? value.toFixed(0)
    : Number(value.toPrecision(3)) < 0.001
      ? value.toFixed(6)
      : value.toPrecision(3);
}
