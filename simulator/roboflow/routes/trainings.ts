import { type Answer, ok, plain } from '../answer.ts';
import { bundledModel, modelsOf, modelsShown } from '../views/models.ts';
import { trainingStatus } from '../views/words.ts';
import { failureReason, isNas, type SimulatedTraining, stateOf } from '../world/training.ts';
import { multipleTrainings } from '../world/world.ts';
import { type Call, requireVersion, textField } from './call.ts';
import { readStartWithRecipe } from './start.ts';

/** `POST /:w/:p/:v/v2/trainings` (reference 2.4). */
export function startTraining(call: Call): Answer {
  const version = requireVersion(call);
  const training = call.world.start(version, readStartWithRecipe(call), 'trainings');
  return ok({
    trainingId: training.id,
    status: trainingStatus(training, call.world.now()),
    jobId: training.jobId,
  });
}

/** `GET /:w/:p/:v/v2/trainings`, newest first, no metrics (reference 2.4). */
export function listTrainings(call: Call): Answer {
  const visible = ownTrainings(call).filter((training) => !call.hides(training));
  return ok({ trainings: visible.map((training) => listEntry(training, call.world.now())).reverse() });
}

/** `GET /:w/:p/:v/v2/trainings/get?trainingId=` (reference 2.4). */
export function getTraining(call: Call): Answer {
  const nowMs = call.world.now();
  const training = pick(call, call.query.trainingId);
  const models = modelsShown(training, 'trainings', nowMs);
  const reason = failureReason(training, nowMs);
  return ok({
    trainingId: training.id,
    status: trainingStatus(training, nowMs),
    modelType: training.modelType,
    modelGroup: training.modelGroup,
    modelCount: models.length,
    models: models.map(bundledModel),
    // No source names the field (D15).
    ...(reason !== null && { error: reason }),
  });
}

/** `POST /:w/:p/:v/v2/trainings/cancel` (reference 2.3, 2.4). */
export function cancelTraining(call: Call): Answer {
  const training = pick(call, textField(call, 'trainingId'));
  return ok(call.world.cancel(training, call.body.continueIfNoRefund === true));
}

/** `POST /:w/:p/:v/v2/trainings/stop` (reference 2.3, 2.4). */
export function stopTraining(call: Call): Answer {
  return ok(call.world.stop(pick(call, textField(call, 'trainingId'))));
}

/** The runs of the version; an SMPV version shows one entry, made from its newest run. */
function ownTrainings(call: Call): SimulatedTraining[] {
  const { number, kind } = requireVersion(call).spec;
  const trainings = call.world.trainingsOf(number);
  return kind === 'smpv' ? trainings.slice(-1) : trainings;
}

function pick(call: Call, id: string | undefined): SimulatedTraining {
  const own = ownTrainings(call);
  if (id === undefined && own.length > 1) throw multipleTrainings();
  const found = id === undefined ? own[0] : own.findLast((training) => training.id === id);
  if (found === undefined) throw plain(404, 'No such training on this version.', 'List the trainings.');
  return found;
}

/** Beside what the reference lists, the official client reads `id`, `versionId`, `end` and `jobType`. */
function listEntry(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const { endedAtMs } = stateOf(training, nowMs);
  return {
    trainingId: training.id,
    id: training.id,
    versionId: String(training.version),
    status: trainingStatus(training, nowMs),
    jobType: isNas(training.modelType) ? 'nas' : 'fine-tune',
    modelType: training.modelType,
    modelGroup: training.modelGroup,
    modelIds: modelsOf(training, nowMs).map((model) => model.modelId),
    start: new Date(training.createdAtMs).toISOString(),
    ...(endedAtMs !== undefined && { end: new Date(endedAtMs).toISOString() }),
  };
}
