import type { Inputs } from '../inputs/inputs.ts';
import type { Context } from '../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { ApiError, messageOf, TrainGateError } from '../lib/errors.ts';
import { isPassing } from '../roboflow/http/retry.ts';
import { requireAsked } from '../training/read-back.ts';
import { type Training, withKnown } from '../training/training.ts';
import { type WaitResult, waitForEnd } from '../training/wait.ts';
import type { Begun } from './start.ts';

/**
 * Watches the run until it has ended, the timeout has passed or the API has been silent for too long.
 * @throws OtherTrainingError where Roboflow trains something else than was asked for
 */
export function watch(
  begun: Begun,
  { pollIntervalMs }: Pick<Inputs, 'pollIntervalMs'>,
  timeoutAtMs: number,
  context: Context,
): Promise<WaitResult> {
  const plan = {
    look: (untilMs: number) => look(begun, untilMs, context),
    isSilence,
    patienceMs: OUTAGE_PATIENCE_MS,
    timeoutAtMs,
    pollIntervalMs,
  };
  return waitForEnd(begun.training, plan, context);
}

const READ_BACK_MS = 60_000;

/**
 * Looks once at a run that nobody waits for, so that one of another model type or version is noticed all the same.
 * @throws OtherTrainingError
 */
export async function readBack(begun: Begun, timeoutAtMs: number, context: Context): Promise<Training> {
  try {
    return await look(begun, Math.min(context.clock.now() + READ_BACK_MS, timeoutAtMs), context);
  } catch (error) {
    if (!isSilence(error)) throw error;
    context.log.warning(`Which model type the training has could not be read back: ${messageOf(error)}`);
    return begun.training;
  }
}

/** Looks at the run, which stays on its version; one that this step started must be what was asked for. */
async function look(
  { training, request, route }: Begun,
  untilMs: number,
  context: Pick<Context, 'clock' | 'signal'>,
): Promise<Training> {
  const seen = withKnown(await route.look(training, untilMs), training);
  if (request !== undefined) return requireAsked(seen, request, route, context);
  if (training.version !== undefined && seen.version !== training.version)
    throw new TrainGateError(
      `Training ${training.id} was on version ${training.version}, and Roboflow now says version ${seen.version}.`,
      { hint: 'Its results cannot be told from those of another run: look at both versions on Roboflow.' },
    );
  return seen;
}

function isSilence(error: unknown): error is Error {
  return error instanceof ApiError && isPassing(error.failure);
}
