import type { Context } from '../../lib/context.ts';
import { messageOf, TrainGateError } from '../../lib/errors.ts';
import { compareModelTypes } from '../../training/model-type.ts';
import { requireAsRequested } from '../../training/read-back.ts';
import { type Training, withKnown } from '../../training/training.ts';
import type { Look } from '../../training/training-api.ts';
import { type WaitPlan, type WaitResult, waitForEnd } from '../../training/wait.ts';
import type { FollowedTraining } from './followed-training.ts';

/** Watches until the end, the timeout or silence. Throws OtherTrainingError if something else is trained than was asked for. */
export async function watch(
  followed: FollowedTraining,
  how: Pick<WaitPlan, 'pollIntervalMs' | 'timeoutAtMs'>,
  context: Context,
): Promise<WaitResult> {
  const look = (untilMs: number) => lookAt(followed, untilMs, context);
  const waited = await waitForEnd(followed.training, { ...how, look }, context);
  tellOtherName(waited.training, followed, context);
  return waited;
}

const READ_BACK_MS = 60_000;

/** Looks once at a training that nobody waits for. Throws OtherTrainingError if it is not what was asked for. */
export async function readBack(
  followed: FollowedTraining,
  timeoutAtMs: number,
  context: Context,
): Promise<Training> {
  const look = await lookAt(followed, Math.min(context.clock.now() + READ_BACK_MS, timeoutAtMs), context);
  if (look.kind === 'seen') {
    tellOtherName(look.training, followed, context);
    return look.training;
  }
  context.log.warning(`Which model type the training has could not be read back: ${messageOf(look.error)}`);
  return followed.training;
}

/** Looks at the training, which stays on its version. One that this step started must be what was asked for. */
async function lookAt(
  { training, request, route }: FollowedTraining,
  untilMs: number,
  context: Context,
): Promise<Look> {
  const look = await route.look(training, untilMs);
  if (look.kind === 'silent') return look;
  const seen = withKnown(look.training, training);
  if (request !== undefined) await requireAsRequested(seen, request, route, context);
  else if (training.version !== undefined && seen.version !== training.version)
    throw new TrainGateError(
      `Training ${training.id} was on version ${training.version}, and Roboflow now says version ${seen.version}.`,
      {
        hint: 'Its results cannot be told from those of another training: look at both versions on Roboflow.',
      },
    );
  return { kind: 'seen', training: seen };
}

/** Tells where Roboflow's name for the model type is another than the workflow's. */
function tellOtherName({ id, modelType }: Training, { request }: FollowedTraining, { log }: Context): void {
  if (request === undefined || modelType === undefined) return;
  if (compareModelTypes(modelType, request.modelType) === 'compatible')
    log.warning(
      `model-type is ${request.modelType}, and Roboflow shows training ${id} as ${modelType}. Outputs and report have Roboflow's name.`,
    );
}
