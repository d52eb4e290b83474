import { type Answer, ok, plain } from '../answer.ts';
import { bundledModel, modelsShown } from '../views/models.ts';
import { resultsStatus } from '../views/words.ts';
import { failureReason, isNas, type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, requireVersion } from './call.ts';

/** `GET /:w/:p/:v/training/results`, of the newest run unless one is named (reference 2.5). */
export function getResults(call: Call): Answer {
  const { number } = requireVersion(call).spec;
  const own = call.world.trainingsOf(number);
  const { trainingId } = call.query;
  const training = own.findLast((candidate) => trainingId === undefined || candidate.id === trainingId);
  if (training === undefined) throw plain(404, 'No training results for this version.');
  const nowMs = call.world.now();
  return ok(isNas(training.modelType) ? nasResults(training, nowMs) : fineTuneResults(training, nowMs));
}

/** The fine-tune bundle has no `modelType`, and where the scenario says so no model either (D4). */
function fineTuneResults(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const shown = training.plan.shows.includes('results') ? modelsShown(training, 'results', nowMs) : [];
  return {
    ...head(training, nowMs),
    jobType: 'fine-tune',
    modelGroup: null,
    modelCount: shown.length,
    models: shown.map(bundledModel),
  };
}

function nasResults(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const models = modelsShown(training, 'results', nowMs);
  const { recommendedByHardware } = training.plan;
  const mining = miningView(training, nowMs);
  return {
    ...head(training, nowMs),
    jobType: 'nas',
    modelType: training.modelType,
    modelGroup: training.modelGroup,
    modelCount: models.length,
    models: models.map(bundledModel),
    ...(recommendedByHardware !== undefined &&
      models.length > 0 && { recommendedByHardware: recommendedByHardware(training) }),
    ...(mining !== null && { mining }),
  };
}

function head(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const reason = failureReason(training, nowMs);
  return {
    trainingId: training.id,
    versionId: String(training.version),
    status: resultsStatus(training, nowMs),
    // No source names the field (D15).
    ...(reason !== null && { error: reason }),
  };
}

/** Its mAP is a fraction, and its progress stays below 1 when the run is over (reference 2.5). */
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
