import { type Metric, unitOf } from '../gate/metric.ts';

/** Shown where there is no value. */
export const NONE = '-';

/** `value` as people read it: one decimal for percentages, three significant digits for milliseconds. */
export function rounded(value: number, metric: Metric): string {
  switch (unitOf(metric)) {
    case 'percent':
      return value.toFixed(1);
    case 'ms':
      return milliseconds(value);
    case 'none':
      return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
  }
}

/** {@link rounded} with its unit, or a dash where there is no value. */
export function shown(value: number | undefined, metric: Metric): string {
  if (value === undefined) return NONE;
  const unit = { percent: ' %', ms: ' ms', none: '' }[unitOf(metric)];
  return `${rounded(value, metric)}${unit}`;
}

/** Latency for people: `2.10`, `12.3`, `1234`. */
function milliseconds(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}
