import type { Begun } from './begin.ts';
import type { Clock } from './clock.ts';
import { formatDuration } from './duration.ts';
import { InterruptedError, messageOf, sentences, TrainGateError } from './errors.ts';
import type { Inputs } from './inputs.ts';
import { saveRunState } from './publish/state.ts';
import type { Step } from './publish/step.ts';
import { type Conclusion, type RunFacts, undecided } from './report/conclusion.ts';
import { PATIENCE_MS } from './roboflow/api.ts';
import { ENDING_PATIENCE_MS, endTraining } from './training/end.ts';
import { UnclearError } from './training/exactly-once.ts';
import { OtherTypeError } from './training/read-back.ts';
import type { Training } from './training/training.ts';
import type { WaitResult } from './training/wait.ts';

/** The step ends, and the training is still in flight: after a timeout `on-timeout` decides what becomes of it. */
export async function leaveBehind(
  waited: Exclude<WaitResult, { kind: 'ended' }>,
  { origin, route }: Begun,
  inputs: Inputs,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Conclusion> {
  const { training } = waited;
  if (waited.kind === 'silent') {
    const reason = `no good answer came from Roboflow for ${formatDuration(PATIENCE_MS)}. The last was: ${messageOf(waited.error)}`;
    return undecided(reason, takeUpAgain(training.id, inputs));
  }
  const reason = `training ${training.id} had not ended (${training.status}) when the timeout of ${formatDuration(inputs.timeoutMs)} passed`;
  if (inputs.onTimeout === 'leave' || origin === 'attached')
    return undecided(reason, takeUpAgain(training.id, inputs));
  const ending = await endTraining(route, training, inputs.onTimeout, clock.now() + ENDING_PATIENCE_MS);
  signal.throwIfAborted();
  return undecided(
    reason,
    sentences(ending.sentence, ending.running ? takeUpAgain(training.id, inputs) : undefined),
  );
}

function takeUpAgain(jobId: string, { run }: Inputs): string {
  const startsAnew = run.kind === 'start' && (run.reuse === 'none' || run.version.kind === 'new');
  const how = startsAnew ? 'To take it up again' : 'To take it up again, re-run this job or';
  return `The training may run on and be paid for. ${how} set job-id to ${jobId}.`;
}

/** The training ended without a model to judge; no rule can pass then. */
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
  run: RunFacts | undefined,
  inputs: Inputs,
  step: Step,
): Conclusion {
  if (!(error instanceof TrainGateError)) throw error;
  if (error instanceof InterruptedError)
    return undecided(
      error.message,
      `A training that this step started is dealt with by its post step: on-cancel is ${inputs.onCancel}.`,
    );
  if (error instanceof UnclearError) return undecided(error.message, error.hint);
  saveRunState(step, { phase: 'settled' });
  const takeUp =
    run?.inFlight && !(error instanceof OtherTypeError) ? takeUpAgain(run.jobId, inputs) : undefined;
  return undecided(error.message, sentences(error.hint, takeUp));
}
