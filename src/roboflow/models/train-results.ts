import type { AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { percentOf } from '../../lib/decimals.ts';
import { ALL_CLASSES, type ClassRow, type TrainResults } from '../schema/train-results.ts';

/** What a version's training results say of all classes on the validation split, in percent. */
export function validationMetrics(results: TrainResults): ReadonlyMap<AccuracyMetric, number> {
  const all = results.get('valid')?.find(({ name }) => name.toLowerCase() === ALL_CLASSES);
  return all === undefined ? new Map() : metricsOf(all);
}

function metricsOf({ map50, map5095, precision, recall }: ClassRow): ReadonlyMap<AccuracyMetric, number> {
  const fractions: readonly (readonly [AccuracyMetric, number | undefined])[] = [
    ['map50-95', map5095],
    ['map50', map50],
    ['precision', precision],
    ['recall', recall],
  ];
  return new Map(
    fractions.flatMap(([metric, fraction]) =>
      fraction === undefined ? [] : [[metric, percentOf(fraction)] as const],
    ),
  );
}

/** `model` with those of `metrics` that it does not report itself. */
export function withMetrics(model: Model, metrics: ReadonlyMap<AccuracyMetric, number>): Model {
  return { ...model, metrics: new Map([...metrics, ...model.metrics]) };
}
