import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { InterruptedError, reasonOf } from '../../lib/errors.ts';
import { atATime } from '../../lib/promises.ts';
import { mayRunUntold } from '../../report/training-end.ts';
import { type PlannedTraining, runOneAtATime } from '../before/prepare.ts';
import type { Reached } from './end-of.ts';
import { follow, type StepOptions } from './follow.ts';

/**
 * Follows each training to its end: those that were there, and beside them at most `max-parallel` of those that are started.
 * Whatever becomes of one, the others are followed to their end.
 * @throws what interrupted the step, or a bug, once nothing is left to follow
 */
export async function followAll(
  planned: readonly PlannedTraining[],
  { maxParallel, wait, timeoutMs }: Inputs,
  step: StepOptions,
  { clock, log, signal }: Context,
): Promise<void> {
  const isOneAtATime = runOneAtATime(planned);
  const bugs: unknown[] = [];
  let stopped: string | undefined;
  const startNow = (): Reached | undefined => {
    if (stopped !== undefined) return { kind: 'not-started', trouble: { message: stopped, hint: undefined } };
    return clock.now() < step.timeoutAtMs ? undefined : { kind: 'too-late', timeoutMs, trouble: undefined };
  };
  const run = async (training: PlannedTraining): Promise<void> => {
    const { of, next } = training;
    try {
      const end = (next.kind === 'start' ? startNow() : undefined) ?? (await follow(training, step));
      of.ends(end);
      if (isOneAtATime && (mayRunUntold(end) || of.facts()?.inFlight))
        stopped ??= `that of ${of.modelType} may still run, and no other may run beside it`;
    } catch (error) {
      if (error instanceof InterruptedError) return;
      bugs.push(error);
      stopped ??= `that of ${of.modelType} ended in a bug: ${reasonOf(error)}`;
    }
  };

  const attached = planned.filter(({ next }) => next.kind === 'attach');
  const toStart = planned.filter(({ next }) => next.kind === 'start');
  if (isOneAtATime) {
    log.info(
      'On the route jobs Roboflow tells trainings of one version apart only if they run one after the other, so they do.',
    );
    await atATime(1, [...attached, ...toStart], run);
  } else {
    const most = wait === 'job' ? maxParallel : toStart.length;
    await Promise.all([atATime(attached.length, attached, run), atATime(most, toStart, run)]);
  }
  signal.throwIfAborted();
  if (bugs.length > 0) throw bugs[0];
}
