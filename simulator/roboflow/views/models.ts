import type { MetricsPlace, SimulatedModel } from '../../training-plan.ts';
import { isLate, metricsReady } from '../world/lag.ts';
import { inFlight, keptWeights, type SimulatedTraining, stateOf } from '../world/training.ts';
import { resultsStatus } from './words.ts';

/** A search has many models, and each answer about them needs all of them. */
const results = new WeakMap<SimulatedTraining, readonly SimulatedModel[]>();

/** What a training makes, which depends on nothing but which training it is. */
export function resultsOf(training: SimulatedTraining): readonly SimulatedModel[] {
  const known = results.get(training) ?? training.plan.results(training);
  results.set(training, known);
  return known;
}

/** The models of a training at this time, before any place hides some of them. */
function modelsMade(training: SimulatedTraining, nowMs: number): readonly SimulatedModel[] {
  const { phase } = stateOf(training, nowMs);
  if (phase === 'ended') return keptWeights(training, nowMs) ? resultsOf(training) : [];
  // The children of a search appear in a burst near the end (docs/internals/roboflow-api.md#architecture-searches).
  if (phase !== 'mining') return [];
  return resultsOf(training).map((model) => ({ ...model, status: 'training', metrics: null }));
}

/** `modelCount`: how many models a training has, listed or not. */
export function modelCount(training: SimulatedTraining, nowMs: number): number {
  return modelsMade(training, nowMs).length;
}

/** The models that are listed by now, with the metrics that exist by now. */
export function modelsOf(training: SimulatedTraining, nowMs: number): readonly SimulatedModel[] {
  const made = modelsMade(training, nowMs);
  const { models, metrics } = training.plan.lag ?? {};
  const listed = isLate(training, models?.forMs, nowMs) ? made.slice(0, models?.listed) : made;
  const measured = isLate(training, metrics?.forMs, nowMs) ? metrics?.measured : undefined;
  const isReady = metricsReady(training, nowMs);
  return listed.map((model, index) =>
    isReady && (measured === undefined || index < measured) ? model : { ...model, metrics: null },
  );
}

/** The models as this place shows them: with all their metrics, with some, or with none. */
export function modelsShown(
  training: SimulatedTraining,
  place: MetricsPlace,
  nowMs: number,
): readonly SimulatedModel[] {
  const models = modelsOf(training, nowMs);
  if (!training.plan.shows.includes(place)) return models.map((model) => ({ ...model, metrics: null }));
  if (training.plan.odd?.withoutMap5095In?.includes(place) !== true) return models;
  return models.map((model) => ({ ...model, metrics: withoutMap5095(model.metrics) }));
}

/** One entry of `models[]` in `training/results` and in v2 `get` (docs/internals/roboflow-api.md#v2-trainings, #training-results). */
export function bundledModel(model: SimulatedModel): Record<string, unknown> {
  return {
    modelId: model.modelId,
    ...(model.modelType !== undefined && { modelType: model.modelType }),
    status: model.status,
    ...(model.nasFamily !== undefined && { nasFamily: model.nasFamily }),
    metrics: model.metrics,
    ...(model.recommended === true && { recommended: true }),
  };
}

/** One element of the models list (docs/internals/roboflow-api.md#models). */
export function modelRow(
  training: SimulatedTraining,
  model: SimulatedModel,
  nowMs: number,
): Record<string, unknown> {
  const { rowsDatedOffMs = 0, rowsWithoutType } = training.plan.odd ?? {};
  return {
    url: model.url,
    name: model.name,
    created: new Date(training.createdAtMs + rowsDatedOffMs).toISOString(),
    // Absent on the models of a search.
    ...(training.modelGroup === null && { version: String(training.version) }),
    ...(rowsWithoutType !== true && { modelType: model.modelType ?? training.modelType }),
    train: { status: inFlight(training, nowMs) ? resultsStatus(training, nowMs) : model.status },
    metrics: model.metrics,
    ...(model.nasFamily !== undefined && { nasFamily: model.nasFamily, group: training.modelGroup }),
    ...(model.recommended === true && { recommended: true }),
  };
}

function withoutMap5095(metrics: SimulatedModel['metrics']): SimulatedModel['metrics'] {
  if (metrics === null) return null;
  const { map5095: _, ...rest } = metrics;
  return rest;
}
