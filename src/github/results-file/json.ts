import { ACCURACY_METRICS, type AccuracyMetric } from '../../gate/metric.ts';
import type { Split } from '../../gate/split-figures.ts';

/** A value in the file. Not `undefined`: a key with it would be left out of the file. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Only the metrics that there are, in one order. */
export function metricFields(metrics: ReadonlyMap<AccuracyMetric, number>): Json {
  return Object.fromEntries(
    ACCURACY_METRICS.flatMap((name) => {
      const value = metrics.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The file's word for a split, the same for a training and for its figures. */
export function splitField(split: Split): 'validation' | 'test' {
  return split === 'valid' ? 'validation' : 'test';
}
