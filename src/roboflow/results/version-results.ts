import type { AccuracyMetric } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { type ClassFigures, SPLITS, type SplitFigures } from '../../gate/split-figures.ts';
import { percentOf } from '../../lib/decimals.ts';
import { knownMap } from '../../lib/known-map.ts';
import { hasMetrics, type TrainingResults } from '../../training/await-results.ts';
import type { ProjectRef } from '../http/api.ts';
import {
  isOfAll,
  type TrainResults,
  type TrainResultsRow,
  type VersionBody,
} from '../schema/version-body.ts';
import { isOwnVersionModel, type Ownership } from './ownership.ts';
import { modelOfVersion } from './read-model.ts';
import { withCounts } from './samples.ts';

/** The results that a version shows itself, of the only training that it ever had; undefined if it shows no metrics. */
export function unlistedResults(version: VersionBody, project: ProjectRef): TrainingResults | undefined {
  const modelType = version.model?.modelType;
  const none = { modelIds: [], group: undefined, startedAtMs: undefined, others: [] };
  const own = { ...project, version: version.number, modelType, ...none, isOnlyOne: true };
  const model = ownVersionModel(version, own, modelType);
  if (model === undefined || !hasMetrics([model])) return undefined;
  return {
    trainingId: undefined,
    models: [withDetailsOf(version, model)],
    recommended: new Map(),
    source: `version ${version.number}`,
    onlyModel: { isOnlyOfVersion: true, trainedSinceMs: version.model?.trainedAtMs },
  };
}

/**
 * The model that a version carries itself, if it certainly is the training's. What the version says of its training counts
 * only if it never had another one (docs/internals/roboflow-api.md#version).
 * @param type what was trained, since the version need not say it
 */
export function ownVersionModel(
  version: VersionBody,
  own: Ownership,
  type: string | undefined,
): Model | undefined {
  const { model } = version;
  const read = model && isOwnVersionModel(model, own) ? modelOfVersion(model.body, type) : undefined;
  if (!own.isOnlyOne || own.group !== undefined) return read;
  const metrics = validationMetrics(version.trainResults);
  if (metrics.size === 0) return read;
  // A version with results and no model has one all the same, under the version's own id.
  const shown = read ?? modelOfVersion({ id: `${own.project}/${own.version}` }, type);
  return shown && withMetrics(shown, metrics);
}

/** `model` with what the results of `version`, which are its own, say by class and split. */
export function withDetailsOf({ trainResults }: VersionBody, model: Model): Model {
  const figures = figuresOfTraining(trainResults);
  return figures.length === 0 ? model : { ...model, details: { figures, lacking: [] } };
}

/** What a version's training results say of each split: of all classes together, and of each. */
export function figuresOfTraining(results: TrainResults): readonly SplitFigures[] {
  return SPLITS.flatMap((split) => {
    const rows = results.get(split) ?? [];
    const classes = rows.filter((row) => !isOfAll(row)).map(classFigures);
    const all = metricsOf(rows.find(isOfAll));
    return rows.length === 0 ? [] : [withCounts({ split, source: 'training-results', all, classes })];
  });
}

/** How many images and objects the splits of a version have, by what it and earlier trainings on it tell. */
export function countsOfVersion({ splits, trainResults }: VersionBody): readonly SplitFigures[] {
  const objectsIn = (metrics: ClassFigures['metrics']) =>
    new Map([...metrics].filter(([metric]) => metric === 'objects'));
  const source = 'version';
  const objects = figuresOfTraining(trainResults).map(
    ({ split, all, classes }) =>
      ({
        split,
        source,
        all: objectsIn(all),
        classes: classes.map(({ metrics, samples: _, ...each }) => ({
          ...each,
          metrics: objectsIn(metrics),
        })),
      }) as const,
  );
  const images = SPLITS.flatMap((split): readonly SplitFigures[] => {
    const count = splits[split];
    return count === undefined ? [] : [{ split, source, all: new Map([['images', count]]), classes: [] }];
  });
  return [...objects, ...images];
}

/** What they say of all classes on the validation split, in percent. */
export function validationMetrics(results: TrainResults): ReadonlyMap<AccuracyMetric, number> {
  return metricsOf(results.get('valid')?.find(isOfAll));
}

/** A class without objects in the split has zeros for figures, which measure nothing. */
function classFigures(row: TrainResultsRow): ClassFigures {
  const { class: name, targets: objects } = row;
  const hasObjects = objects !== 0;
  return { name, objects, hasObjects, metrics: hasObjects ? metricsOf(row) : new Map() };
}

function metricsOf(row: TrainResultsRow | undefined): ReadonlyMap<AccuracyMetric, number> {
  const { map95, map50, precision, recall } = row ?? {};
  const percent = (fraction: number | undefined) => fraction && percentOf(fraction);
  return knownMap([
    ['map50-95', percent(map95)],
    ['map50', percent(map50)],
    ['precision', percent(precision)],
    ['recall', percent(recall)],
  ]);
}

/** `model` with those of `metrics` that it does not report itself. */
export function withMetrics(model: Model, metrics: ReadonlyMap<AccuracyMetric, number>): Model {
  return { ...model, metrics: new Map([...metrics, ...model.metrics]) };
}
