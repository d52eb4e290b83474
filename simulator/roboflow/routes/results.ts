import type { SimulatedModel } from '../../training-plan.ts';
import { type Answer, ok, plain } from '../answer.ts';
import { bundledModel, modelCount, modelsShown } from '../views/models.ts';
import { resultsStatus } from '../views/words.ts';
import { trainingInResults } from '../world/lag.ts';
import { failureReason, isSearch, type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, requireVersion } from './call.ts';

/** `GET /:w/:p/:v/training/results`, of the training that got there last unless one is named (docs/internals/roboflow-api.md#training-results). */
export function getResults(call: Call): Answer {
  const { number } = requireVersion(call).spec;
  const own = call.world.trainingsOf(number);
  const nowMs = call.world.now();
  const { trainingId } = call.query;
  const training =
    trainingId === undefined
      ? trainingInResults(own, nowMs)
      : own.findLast((candidate) => candidate.id === trainingId);
  if (training === undefined) throw plain(404, 'No training results for this version.');
  const isOfSearch = isSearch(training.requested.modelType);
  return ok(isOfSearch ? searchResults(training, nowMs) : fineTuneResults(training, nowMs));
}

/** Those of a fine-tune have no `modelType`, and if the scenario says so no model either (docs/internals/roboflow-api.md#d4-fine-tunes-without-models). */
function fineTuneResults(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const isShown = training.plan.shows.includes('results');
  return {
    ...head(training, nowMs),
    jobType: 'fine-tune',
    modelGroup: null,
    modelCount: isShown ? modelCount(training, nowMs) : 0,
    models: isShown ? modelsView(training, nowMs) : [],
  };
}

function searchResults(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const { recommendedByHardware, odd } = training.plan;
  const models = modelsView(training, nowMs);
  const mining = miningView(training, nowMs);
  const recommended = Object.entries(recommendedByHardware?.(training) ?? {}).map(
    ([hardware, id]) =>
      [hardware, odd?.resultsIdsWithoutWorkspace === true ? withoutWorkspace(training, id) : id] as const,
  );
  return {
    ...head(training, nowMs),
    jobType: 'nas',
    modelType: training.modelType,
    modelGroup: training.modelGroup,
    modelCount: modelCount(training, nowMs),
    models,
    ...(recommendedByHardware !== undefined &&
      models.length > 0 && { recommendedByHardware: Object.fromEntries(recommended) }),
    ...(mining !== null && { mining }),
  };
}

function modelsView(training: SimulatedTraining, nowMs: number): Record<string, unknown>[] {
  const shown = ({ modelId, ...rest }: SimulatedModel): SimulatedModel =>
    training.plan.odd?.resultsIdsWithoutWorkspace === true
      ? { ...rest, modelId: withoutWorkspace(training, modelId) }
      : { ...rest, modelId };
  return modelsShown(training, 'results', nowMs).map((model) => bundledModel(shown(model)));
}

function withoutWorkspace({ workspace }: SimulatedTraining, id: string): string {
  return id.startsWith(`${workspace}/`) ? id.slice(workspace.length + 1) : id;
}

function head(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const reason = failureReason(training, nowMs);
  return {
    trainingId: training.id,
    versionId: String(training.version),
    status: resultsStatus(training, nowMs),
    // No document names the field (docs/internals/roboflow-api.md#d15-why-a-training-failed).
    ...(reason !== null && { error: reason }),
  };
}

/** Its mAP is a fraction, and its progress stays below 1 when the training is over (docs/internals/roboflow-api.md#training-results). */
function miningView(training: SimulatedTraining, nowMs: number): Record<string, unknown> | null {
  const { phase, end, progress } = stateOf(training, nowMs);
  if (phase !== 'mining' && end !== 'complete' && end !== 'stopped') return null;
  return {
    mining: {
      progress: Math.min(0.97, progress),
      frontier: [
        { name: 'n-small', mAP: 0.612 },
        { name: 'n-large', mAP: 0.704 },
      ],
    },
    baseline: [{ modelTypeDisplay: 'RF-DETR Nano' }, { modelTypeDisplay: 'RF-DETR Small' }],
  };
}
