import type { Inputs } from '../../inputs/inputs.ts';
import type { Context } from '../../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { formatDuration } from '../../lib/duration.ts';
import { InterruptedError, messageOf, sentences, TrainGateError } from '../../lib/errors.ts';
import { type Conclusion, type TrainingFacts, type Undecided, undecided } from '../../report/conclusion.ts';
import { UnknownOwnerError } from '../../training/await-results.ts';
import { ENDING_PATIENCE_MS, type Ending, endTraining } from '../../training/end.ts';
import { UnclearError } from '../../training/exactly-once.ts';
import { OtherTrainingError } from '../../training/read-back.ts';
import { endedWithoutModel, hasEnded, type Training } from '../../training/training.ts';
import type { WaitResult } from '../../training/wait.ts';
import type { FollowedTraining } from './followed-training.ts';

type Unended = Exclude<WaitResult, { kind: 'ended' }>;

/** The wait is over and the training is not: after a timeout, `on-timeout` says what becomes of it. */
export async function afterUnendedWait(
  waited: Unended,
  { origin, route }: FollowedTraining,
  inputs: Inputs,
  { clock, signal }: Context,
): Promise<Undecided> {
  const { training } = waited;
  const reason = whyUnended(waited, inputs);
  if (waited.kind === 'silent' || inputs.onTimeout === 'leave' || origin === 'attached')
    return { ...undecided(reason, howToTakeUp(training.id, inputs)), ...causeOf(waited, inputs) };
  const ending = await endTraining(route, training, inputs.onTimeout, clock.now() + ENDING_PATIENCE_MS);
  signal.throwIfAborted();
  const next: Readonly<Record<Ending['kind'], string | undefined>> = {
    over: undefined,
    stopping: `To judge what it reached, set job-id to ${training.id} once it has ended.`,
    running: howToTakeUp(training.id, inputs),
  };
  const conclusion = undecided(reason, sentences(ending.sentence, next[ending.kind]));
  return { ...conclusion, ...causeOf(waited, inputs) };
}

function causeOf({ kind }: Unended, { timeoutMs, rules }: Inputs): Pick<Undecided, 'cause' | 'rules'> {
  return kind === 'timeout' ? { cause: { kind: 'timeout', timeoutMs }, rules } : { rules };
}

/** If nobody could look again, the last status may be long out of date, so the outage is told. */
function whyUnended(waited: Unended, { timeoutMs }: Inputs): string {
  const { training, error } = waited;
  if (waited.kind === 'silent')
    return `no good answer came from Roboflow for ${formatDuration(OUTAGE_PATIENCE_MS)}. The last was: ${messageOf(error)}`;
  const reason = `training ${training.id} had not ended (${training.status}) when the timeout of ${formatDuration(timeoutMs)} passed`;
  return error === undefined
    ? reason
    : `${reason}, and Roboflow had given no good answer since. The last was: ${messageOf(error)}`;
}

/** A re-run finds a training in flight by itself. One that has ended since is certain to be found by its id only. */
function howToTakeUp(jobId: string, inputs: Inputs): string {
  return sentences(
    `The training may run on and be paid for. To attach to it again, set job-id to ${jobId}.`,
    isTakenUpByRerun(inputs) ? 'While it runs, a re-run of this job attaches to it too.' : undefined,
  );
}

/** Whether a re-run of this job attaches by itself to what this step leaves in flight. */
export function isTakenUpByRerun({ training }: Inputs): boolean {
  return training.kind === 'start' && training.reuse !== 'none' && training.version.kind !== 'new';
}

/** Without a model no rule can pass. */
export function withoutModel(
  { id, phase, reason: said }: Training,
  { rules }: Pick<Inputs, 'rules'>,
): Undecided {
  if (phase !== 'failed') {
    const reason = `training ${id} was cancelled on Roboflow, not by this step`;
    return { ...undecided(reason), cause: { kind: 'training-cancelled' }, rules };
  }
  const reason = `training ${id} failed: ${said ?? 'Roboflow gives no reason'}`;
  return { ...undecided(reason), cause: { kind: 'training-failed', reason: said }, rules };
}

/** Nobody waits: how far the training is after one look at it. */
export function started(training: Training, inputs: Inputs): Conclusion {
  const inFlight = !hasEnded(training.phase);
  if (inputs.status !== undefined) return { kind: 'started', inFlight, settledIn: inputs.status.context };
  if (endedWithoutModel(training.phase)) return withoutModel(training, inputs);
  return { kind: 'started', inFlight, rules: inputs.rules };
}

/**
 * How the step ends after `error`: as undecided, if a person can mend it. Any other error is a bug and is thrown.
 * @param facts what is known of the training, if there is one
 */
export function undecidedBy(error: unknown, facts: TrainingFacts | undefined, inputs: Inputs): Conclusion {
  if (!(error instanceof TrainGateError)) throw error;
  if (error instanceof InterruptedError)
    return undecided(
      error.message,
      `If this step started a training, its post step deals with it: on-cancel is ${inputs.onCancel}.`,
    );
  const next = mayBeUnaccounted(error) || facts === undefined ? undefined : wayOn(error, facts, inputs);
  return undecided(error.message, sentences(error.hint, next));
}

/** Whether after `error` there may be a training that nobody watches, so that the post step has to look for it. */
export function mayBeUnaccounted(error: unknown): boolean {
  return (
    error instanceof InterruptedError ||
    error instanceof UnclearError ||
    (error instanceof OtherTrainingError && error.isRunning) ||
    !(error instanceof TrainGateError)
  );
}

/** What can still be done with a training that was paid for, if the step could not see it through. */
function wayOn(error: TrainGateError, facts: TrainingFacts, inputs: Inputs): string | undefined {
  if (error instanceof OtherTrainingError || error instanceof UnknownOwnerError) return undefined;
  if (facts.inFlight) return howToTakeUp(facts.jobId, inputs);
  return `The training is over: to judge it without paying again, set job-id to ${facts.jobId}.`;
}
