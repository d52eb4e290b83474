import type { Runner } from '../github/runner.ts';
import { saveTrainingState } from '../github/state.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Context } from '../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { InterruptedError, messageOf, sentences, TrainGateError } from '../lib/errors.ts';
import { type Conclusion, type TrainingFacts, undecided } from '../report/conclusion.ts';
import { ENDING_PATIENCE_MS, type Ending, endTraining } from '../training/end.ts';
import { UnclearError } from '../training/exactly-once.ts';
import { OtherTrainingError } from '../training/read-back.ts';
import type { Training } from '../training/training.ts';
import type { WaitResult } from '../training/wait.ts';
import type { Begun } from './start.ts';

/** The step ends, and the training is still in flight: after a timeout `on-timeout` decides what becomes of it. */
export async function leaveBehind(
  waited: Exclude<WaitResult, { kind: 'ended' }>,
  { origin, route }: Begun,
  inputs: Inputs,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<Conclusion> {
  const { training } = waited;
  const reason = whyUnfinished(waited, inputs);
  if (waited.kind === 'silent' || inputs.onTimeout === 'leave' || origin === 'attached')
    return undecided(reason, takeUpAgain(training.id, inputs));
  const ending = await endTraining(route, training, inputs.onTimeout, clock.now() + ENDING_PATIENCE_MS);
  signal.throwIfAborted();
  const next: Readonly<Record<Ending['kind'], string | undefined>> = {
    over: undefined,
    stopping: `To judge what it reached, set job-id to ${training.id} once it has ended.`,
    running: takeUpAgain(training.id, inputs),
  };
  return undecided(reason, sentences(ending.sentence, next[ending.kind]));
}

/** A status that nobody could look at again may be long out of date, so an outage is told of. */
function whyUnfinished(waited: Exclude<WaitResult, { kind: 'ended' }>, { timeoutMs }: Inputs): string {
  const { training, error } = waited;
  if (waited.kind === 'silent')
    return `no good answer came from Roboflow for ${formatDuration(OUTAGE_PATIENCE_MS)}. The last was: ${messageOf(error)}`;
  const reason = `training ${training.id} had not ended (${training.status}) when the timeout of ${formatDuration(timeoutMs)} passed`;
  return error === undefined
    ? reason
    : `${reason}, and Roboflow had given no good answer since. The last was: ${messageOf(error)}`;
}

/** A re-run finds a training in flight by itself; one that has ended since is certain to be taken by its id only. */
function takeUpAgain(jobId: string, { training }: Inputs): string {
  const findsItself =
    training.kind === 'start' && training.reuse !== 'none' && training.version.kind !== 'new';
  return sentences(
    `The training may run on and be paid for. To take it up again, set job-id to ${jobId}.`,
    findsItself ? 'While it runs, a re-run of this job takes it up too.' : undefined,
  );
}

/** Without a model no rule can pass. */
export function unsuccessful(training: Training): Conclusion {
  const failed = training.phase === 'failed';
  const because = failed ? `: ${training.reason ?? 'Roboflow gives no reason'}` : ' on Roboflow';
  return undecided(`training ${training.id} ${failed ? 'failed' : 'was cancelled'}${because}`);
}

/**
 * A failure that a person can mend ends the step as `undecided`; any other is a bug and is thrown. Where a training may
 * be unaccounted for, the state stays as it is, so that the post step deals with it.
 */
export function undecidedBy(
  error: unknown,
  run: TrainingFacts | undefined,
  inputs: Inputs,
  step: Runner,
): Conclusion {
  if (!(error instanceof TrainGateError)) throw error;
  if (error instanceof InterruptedError)
    return undecided(
      error.message,
      `A training that this step started is dealt with by its post step: on-cancel is ${inputs.onCancel}.`,
    );
  const isUnaccounted =
    error instanceof UnclearError || (error instanceof OtherTrainingError && error.running);
  if (isUnaccounted) return undecided(error.message, error.hint);
  saveTrainingState(step, { phase: 'settled' });
  return undecided(error.message, sentences(error.hint, run && wayOn(error, run, inputs)));
}

/** What is left of a run that was paid for, where the step could not see it through. */
function wayOn(error: TrainGateError, run: TrainingFacts, inputs: Inputs): string | undefined {
  if (error instanceof OtherTrainingError) return undefined;
  if (run.inFlight) return takeUpAgain(run.jobId, inputs);
  return `The training is over: to judge it without paying again, set job-id to ${run.jobId}.`;
}
