import type { MetricsPlace, SimulatedModel } from '../../scenario.ts';
import { inFlight, metricsReady, type SimulatedTraining, stateOf } from '../world/training.ts';
import { resultsStatus } from './words.ts';

/** The models of a run as they stand now, whatever place they are asked from. */
export function modelsOf(training: SimulatedTraining, nowMs: number): readonly SimulatedModel[] {
  const state = stateOf(training, nowMs);
  if (state.phase === 'ended') return finishedModels(training, nowMs);
  // The children of a NAS run appear in a burst near the end (reference, section 4).
  if (state.phase !== 'mining') return [];
  return training.plan.results(training).map((model) => ({ ...model, status: 'training', metrics: null }));
}

/** The models with their metrics only where this place shows them. */
export function modelsShown(
  training: SimulatedTraining,
  place: MetricsPlace,
  nowMs: number,
): readonly SimulatedModel[] {
  const models = modelsOf(training, nowMs);
  if (training.plan.shows.includes(place)) return models;
  return models.map((model) => ({ ...model, metrics: null }));
}

/** One entry of `models[]` in `training/results` and in v2 `get` (reference 2.4, 2.5). */
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

/** One element of the models list (reference 2.8). */
export function modelRow(
  training: SimulatedTraining,
  model: SimulatedModel,
  nowMs: number,
): Record<string, unknown> {
  return {
    url: model.url,
    name: model.name,
    created: new Date(training.createdAtMs).toISOString(),
    // Absent on the models of a NAS run.
    ...(training.modelGroup === null && { version: String(training.version) }),
    modelType: model.modelType ?? training.modelType,
    train: { status: inFlight(training, nowMs) ? resultsStatus(training, nowMs) : model.status },
    metrics: model.metrics,
    ...(model.nasFamily !== undefined && { nasFamily: model.nasFamily, group: training.modelGroup }),
    ...(model.recommended === true && { recommended: true }),
  };
}

function finishedModels(training: SimulatedTraining, nowMs: number): readonly SimulatedModel[] {
  const { end } = stateOf(training, nowMs);
  if (end !== 'complete' && end !== 'stopped') return [];
  const models = training.plan.results(training);
  if (metricsReady(training, nowMs)) return models;
  return models.map((model) => ({ ...model, metrics: null }));
}
