import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { InterruptedError, reasonOf } from '../../lib/errors.ts';
import { atATime } from '../../lib/promises.ts';
import { mayRunUntold } from '../../report/training-end.ts';
import { endClause } from '../../report/words/end-words.ts';
import { type PlannedTraining, runOneAtATime } from '../before/prepare-all.ts';
import type { Reached } from './end-of.ts';
import { follow, type StepOptions } from './follow.ts';

/**
 * Follows each training to its end: those that were there, and beside them at most `max-parallel` of those that are started.
 * Whatever becomes of one, the others are followed to their end.
 * @throws what interrupted the step, or a bug, when nothing is left to follow
 */
export async function followAll(
  planned: readonly PlannedTraining[],
  { maxParallel, wait, timeoutMs }: Inputs,
  step: StepOptions,
  { clock, log, signal }: Context,
): Promise<void> {
  const isOneAtATime = runOneAtATime(planned);
  const attached = planned.filter(({ next }) => next.kind === 'attach');
  const toStart = planned.filter(({ next }) => next.kind === 'start');
  const beside = isOneAtATime ? [] : attached;
  const queue = isOneAtATime ? [...attached, ...toStart] : toStart;
  const most = isOneAtATime ? 1 : wait === 'job' ? maxParallel : toStart.length;
  const bugs: unknown[] = [];
  let stopped: string | undefined;
  let over = 0;

  const whyNot = ({ next }: PlannedTraining): Reached | undefined => {
    if (next.kind === 'attach') return undefined;
    if (stopped !== undefined) return { kind: 'not-started', trouble: { message: stopped, hint: undefined } };
    return clock.now() < step.timeoutAtMs ? undefined : { kind: 'too-late', timeoutMs, trouble: undefined };
  };
  const run = async (training: PlannedTraining): Promise<void> => {
    const { of } = training;
    try {
      const end = whyNot(training) ?? (await follow(training, step));
      of.ends(end);
      if (isOneAtATime && mayStillRun(training, end))
        stopped ??= `that of ${of.modelType} may still run, and no other may run beside it`;
      tellEnd(training, end);
    } catch (error) {
      if (error instanceof InterruptedError) return;
      bugs.push(error);
      stopped ??= `that of ${of.modelType} ended in a bug: ${reasonOf(error)}`;
    }
  };
  /** What is left to run, or was when the time was over, has not ended; nor has what was never started. */
  const tellEnd = ({ of, here }: PlannedTraining, end: Reached) => {
    if (planned.length < 2) return;
    const lack = endClause(end, of.facts()?.status);
    if (end.kind !== 'results' && lack !== undefined) here.log.info(`This training has no model: it ${lack}`);
    if (of.facts()?.inFlight !== false) return;
    over += 1;
    log.info(`${over} of ${planned.length} trainings have ended.`);
  };
  if (isOneAtATime)
    log.info(
      'On the route jobs Roboflow tells trainings of one version apart only if they run one after the other, so they do.',
    );
  await Promise.all([atATime(beside.length, beside, run), atATime(most, queue, run)]);
  signal.throwIfAborted();
  if (bugs.length > 0) throw bugs[0];
}

function mayStillRun({ of }: PlannedTraining, end: Reached): boolean {
  return mayRunUntold(end) || (of.facts()?.inFlight ?? false);
}
