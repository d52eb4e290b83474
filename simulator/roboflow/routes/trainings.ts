import { type Answer, ok, plain } from '../answer.ts';
import { bundledModel, modelCount, modelsOf, modelsShown } from '../views/models.ts';
import { trainingStatus } from '../views/words.ts';
import { multipleTrainings } from '../world/conflicts.ts';
import { looksRunningAgain } from '../world/lag.ts';
import { failureReason, isSearch, type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, listed, requireVersion, textField } from './call.ts';
import { readStartWithRecipe } from './start.ts';

/** `POST /:w/:p/:v/v2/trainings` (docs/internals/roboflow-api.md#v2-trainings). */
export function startTraining(call: Call): Answer {
  const version = requireVersion(call);
  const training = call.world.start(version, readStartWithRecipe(call), 'trainings');
  return ok({
    trainingId: training.id,
    status: trainingStatus(training, call.world.now()),
    jobId: training.jobId,
  });
}

/** `GET /:w/:p/:v/v2/trainings`, oldest first, no metrics (docs/internals/roboflow-api.md#v2-trainings). */
export function listTrainings(call: Call): Answer {
  const visible = ownTrainings(call, listed);
  const trainings = visible.map((training) => listEntry(training, call.world.now()));
  for (const training of visible) call.world.noteShown(training);
  return ok({ trainings });
}

/** `GET /:w/:p/:v/v2/trainings/get?trainingId=` (docs/internals/roboflow-api.md#v2-trainings). */
export function getTraining(call: Call): Answer {
  const training = pick(call, call.query.trainingId);
  const bundle = bundleView(training, call.world.now());
  call.world.noteShown(training);
  return ok(bundle);
}

/** `POST /:w/:p/:v/v2/trainings/cancel` (docs/internals/roboflow-api.md#v2-trainings, #d7-what-a-cancel-answers). */
export function cancelTraining(call: Call): Answer {
  const training = pick(call, textField(call, 'trainingId'));
  return ok(call.world.cancel(training, call.body.continueIfNoRefund === true));
}

/** `POST /:w/:p/:v/v2/trainings/stop` (docs/internals/roboflow-api.md#v2-trainings). */
export function stopTraining(call: Call): Answer {
  return ok(call.world.stop(pick(call, textField(call, 'trainingId'))));
}

/** The trainings of the version; a one-model version shows one entry, made from its newest training. */
function ownTrainings(
  call: Call,
  shown: (call: Call, all: SimulatedTraining[]) => SimulatedTraining[] = (_, all) => all,
): SimulatedTraining[] {
  const { number, kind } = requireVersion(call).spec;
  const all = call.world.trainingsOf(number).filter(({ plan }) => plan.odd?.unlisted !== true);
  const trainings = shown(call, all);
  return kind === 'smpv' ? trainings.slice(-1) : trainings;
}

function pick(call: Call, id: string | undefined): SimulatedTraining {
  const own = ownTrainings(call);
  if (id === undefined && own.length > 1) throw multipleTrainings();
  const found = id === undefined ? own[0] : own.findLast((training) => training.id === id);
  if (found === undefined) throw plain(404, 'No such training on this version.', 'List the trainings.');
  return found;
}

function listEntry(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const { endedAtMs = null } = stateOf(training, nowMs);
  const isTyped = training.plan.odd?.listedWithoutType !== true;
  return {
    // Roboflow's own client reads the id under either name.
    trainingId: training.id,
    id: training.id,
    ...about(training),
    status: trainingStatus(training, nowMs),
    ...(isTyped && { modelType: training.modelType }),
    modelIds: modelsOf(training, nowMs).map((model) => model.modelId),
    end: endedAtMs,
  };
}

function bundleView(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const runsAgain = looksRunningAgain(training, nowMs);
  const reason = failureReason(training, nowMs);
  const { endedAtMs = null } = stateOf(training, nowMs);
  return {
    trainingId: training.id,
    ...about(training),
    status: runsAgain ? 'running' : trainingStatus(training, nowMs),
    modelType: training.modelType,
    modelCount: runsAgain ? 0 : modelCount(training, nowMs),
    models: runsAgain ? [] : modelsShown(training, 'trainings', nowMs).map(bundledModel),
    end: runsAgain ? null : endedAtMs,
    // No document names the field (docs/internals/roboflow-api.md#d15-why-a-training-failed).
    ...(reason !== null && { error: reason }),
  };
}

/** What list and `get` have in common. `start`, and `end` of a training that is over, are epoch milliseconds. */
function about(training: SimulatedTraining): Record<string, unknown> {
  return {
    versionId: String(training.version),
    jobType: isSearch(training.requested.modelType) ? 'nas' : 'fine-tune',
    modelGroup: training.modelGroup,
    start: training.createdAtMs,
  };
}
