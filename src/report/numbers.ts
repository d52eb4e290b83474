import { lowerIsBetter, type Metric, type Unit, unitOf } from '../gate/metric.ts';

/** Between a number and its unit, so that a narrow column does not part them. */
const NBSP = '\u{A0}';

/** Shown where there is no value. */
export const NONE = '-';

const SUFFIXES: Readonly<Record<Unit, string>> = { percent: `${NBSP}%`, ms: `${NBSP}ms`, none: '' };

/** `value` as people read it: one decimal for percentages, three significant digits for milliseconds. */
export function rounded(value: number, metric: Metric): string {
  return unitOf(metric) === 'percent' ? oneDecimal(value) : threeDigits(value);
}

/** {@link rounded} with its unit, or a dash where there is no value. */
export function shown(value: number | undefined, metric: Metric): string {
  return value === undefined ? NONE : `${rounded(value, metric)}${SUFFIXES[unitOf(metric)]}`;
}

/** A signed distance between two values of `metric`: `+1.3 points` (of a percentage), `-0.25 ms`. */
export function signed(distance: number, metric: Metric): string {
  return `${distance < 0 ? '-' : '+'}${distanceSize(Math.abs(distance), metric)}`;
}

function distanceSize(size: number, metric: Metric): string {
  switch (unitOf(metric)) {
    case 'percent':
      return `${oneDecimal(size)}${NBSP}points`;
    case 'ms':
      return `${size < 1 ? Number(size.toFixed(2)) : threeDigits(size)}${NBSP}ms`;
    case 'none':
      return threeDigits(size);
  }
}

/** How `value` compares with a baseline's: `+1.3 points (up, better)`, or `the same`. */
export function differenceFrom(value: number, base: number, metric: Metric): string {
  const difference = Number((value - base).toFixed(9));
  if (difference === 0) return 'the same';
  const better = difference < 0 === lowerIsBetter(metric);
  return `${signed(difference, metric)} (${difference < 0 ? 'down' : 'up'}, ${better ? 'better' : 'worse'})`;
}

/** `2.10`, `12.3`, `1234`: three significant digits, and never an exponent. */
function threeDigits(value: number): string {
  if (value >= 999.5) return value.toFixed(0);
  return value < 0.001 ? String(Number(value.toFixed(6))) : value.toPrecision(3);
}

/** Halves away from zero, in decimal: `toFixed` alone rounds 76.45 up and 21.45 down, and a row would not add up. */
function oneDecimal(value: number): string {
  return (Math.round(Number((value * 10).toFixed(6))) / 10).toFixed(1);
}
