import type { AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { type ClassFigures, SPLITS, type SplitFigures } from '../../gate/split-figures.ts';
import { percentOf } from '../../lib/decimals.ts';
import { ALL_CLASSES, type TrainResults, type TrainResultsRow } from '../schema/train-results.ts';

/** What a version's training results say of each split: of all classes together, and of each. */
export function figuresOfTraining(results: TrainResults): readonly SplitFigures[] {
  return SPLITS.flatMap((split) => {
    const rows = results.get(split) ?? [];
    const classes = rows.filter((row) => !isOfAll(row)).map(classFigures);
    const all = metricsOf(rows.find(isOfAll));
    return rows.length === 0 ? [] : [{ split, source: 'training-results', all, classes }];
  });
}

/** What they say of all classes on the validation split, in percent. */
export function validationMetrics(results: TrainResults): ReadonlyMap<AccuracyMetric, number> {
  return metricsOf(results.get('valid')?.find(isOfAll));
}

function isOfAll({ name }: TrainResultsRow): boolean {
  return name.toLowerCase() === ALL_CLASSES;
}

/** A class without objects in the split has zeros for figures, which measure nothing. */
function classFigures(row: TrainResultsRow): ClassFigures {
  const { name, targets } = row;
  const hasObjects = targets !== 0;
  return { name, objects: targets, hasObjects, metrics: hasObjects ? metricsOf(row) : new Map() };
}

function metricsOf(row: TrainResultsRow | undefined): ReadonlyMap<AccuracyMetric, number> {
  if (row === undefined) return new Map();
  const { map50, map5095, precision, recall } = row;
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
