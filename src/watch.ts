import type { Begun } from './begin.ts';
import type { Clock } from './clock.ts';
import { ApiError, messageOf } from './errors.ts';
import type { Inputs } from './inputs.ts';
import type { Log } from './publish/log.ts';
import { PATIENCE_MS } from './roboflow/api.ts';
import { isPassing } from './roboflow/retry.ts';
import { requireType } from './training/read-back.ts';
import { type Training, withKnown } from './training/training.ts';
import { type WaitResult, waitForEnd } from './training/wait.ts';

/** What watching a run needs from outside. */
export interface WatchContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Watches the run until it has ended, the timeout has passed or the API has been silent for too long.
 * @throws OtherTypeError where Roboflow trains another model type than was asked for
 */
export function watch(
  begun: Begun,
  inputs: Inputs,
  timeoutAtMs: number,
  context: WatchContext,
): Promise<WaitResult> {
  const plan = {
    look: (untilMs: number) => look(begun, inputs, untilMs, context.clock),
    isSilence,
    patienceMs: PATIENCE_MS,
    timeoutAtMs,
    pollIntervalMs: inputs.pollIntervalMs,
  };
  return waitForEnd(begun.training, plan, context);
}

const READ_BACK_MS = 60_000;

/**
 * Looks once at a run that nobody waits for, so that one of another model type is noticed all the same.
 * @throws OtherTypeError
 */
export async function readBack(
  begun: Begun,
  inputs: Inputs,
  timeoutAtMs: number,
  { clock, log }: Pick<WatchContext, 'clock' | 'log'>,
): Promise<Training> {
  try {
    return await look(begun, inputs, Math.min(clock.now() + READ_BACK_MS, timeoutAtMs), clock);
  } catch (error) {
    if (!isSilence(error)) throw error;
    log.warning(`Which model type the training has could not be read back: ${messageOf(error)}`);
    return begun.training;
  }
}

/** Looks at the run; one that this step started must be of the type that was asked for. */
async function look(
  { training, origin, route }: Begun,
  { run }: Inputs,
  untilMs: number,
  clock: Clock,
): Promise<Training> {
  const seen = await route.look(training, untilMs);
  const checked =
    run.kind === 'start' && origin === 'started'
      ? await requireType(seen, run.modelType, route, clock)
      : seen;
  return withKnown(checked, training);
}

function isSilence(error: unknown): error is Error {
  return error instanceof ApiError && isPassing(error.failure);
}
