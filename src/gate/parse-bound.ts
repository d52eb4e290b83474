import { percentOf } from '../lib/decimals.ts';
import { COUNTED_METRICS, isCount, isCounted, type Metric, unitOf } from './metric.ts';
import type { Bound } from './rules.ts';

/** At most nine digits and six decimals: enough for every metric, and always printed again as it was written. */
const NUMBER = String.raw`\d{1,9}(?:\.\d{1,6})?`;
const VALUE_BOUND = new RegExp(
  `^(?<number>${NUMBER})\\s*(?<unit>%|ms)?(?:\\s*(?<noise>[+-])\\s*noise)?$`,
  'iu',
);
const BASELINE_BOUND = new RegExp(
  `^baseline(?:\\s*(?<sign>[+-])\\s*(?:(?<number>${NUMBER})\\s*(?<unit>%|ms)?|(?<noise>noise)))?$`,
  'iu',
);

/** Reads what a rule holds `metric` against: a number, or the baseline's value with points or `noise` added or taken away. A text says what is wrong. */
export function parseBound(text: string, metric: Metric): Bound | string {
  if (isCount(metric) && /noise|baseline/iu.test(text))
    return `${metric} are counted, and have no baseline and no noise; write a number, as in "${metric} >= 50"`;
  if (/noise/iu.test(text) && !isCounted(metric)) return noNoise(metric);
  const baseline = BASELINE_BOUND.exec(text)?.groups;
  if (baseline) return parseBaselineBound(baseline, metric);
  const value = VALUE_BOUND.exec(text)?.groups;
  if (!value)
    return text === ''
      ? 'a bound is missing after the comparison'
      : `"${text}" is not a bound; valid: a number such as 80, ${unitOf(metric) === 'ms' ? '"10 ms"' : '"80 %"'}, ${isCounted(metric) ? '"baseline - 0.5", "80 + noise" or "baseline - noise"' : 'or "baseline - 0.5"'}`;
  const bound = parseValueBound(Number(value.number), value.unit?.toLowerCase(), metric);
  return typeof bound === 'string' ? bound : { ...bound, noise: signOf(value.noise) };
}

function signOf(text: string | undefined): Bound['noise'] {
  return text === '+' || text === '-' ? text : undefined;
}

function noNoise(metric: Metric): string {
  const instead =
    unitOf(metric) === 'ms' ? 'milliseconds, such as "baseline + 2 ms"' : 'points, such as "baseline - 0.5"';
  return `${metric} has no noise that one training tells (${COUNTED_METRICS.join(', ')} have); write ${instead}`;
}

function parseBaselineBound(parts: Record<string, string | undefined>, metric: Metric): Bound | string {
  if (parts.unit === '%')
    return 'a % after baseline could mean points or a share of the baseline; write the points without %, as in "baseline - 0.5"';
  if (parts.unit && unitOf(metric) !== 'ms') return `ms does not fit ${metric}; only latency is in ms`;
  if (parts.noise) return { kind: 'baseline', offset: 0, noise: signOf(parts.sign) };
  const size = Number(parts.number ?? 0);
  return { kind: 'baseline', offset: parts.sign === '-' && size !== 0 ? -size : size };
}

function parseValueBound(value: number, unit: string | undefined, metric: Metric): Bound | string {
  const metricUnit = unitOf(metric);
  if (unit === '%' && metricUnit !== 'percent')
    return `% does not fit ${metric}${metricUnit === 'ms' ? ', which is in ms' : ''}`;
  if (unit === 'ms' && metricUnit !== 'ms') return `ms does not fit ${metric}; only latency is in ms`;
  if (metricUnit === 'percent' && value > 0 && value <= 1 && unit !== '%')
    return `metrics are percentages; write ${percentOf(value)}, not ${value}`;
  if (metricUnit === 'percent' && value > 100) return `${metric} is a percentage and never over 100`;
  return { kind: 'value', value };
}
