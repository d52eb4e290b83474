import type { Baseline } from '../../gate/baseline.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { type Context, OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { InterruptedError, messageOf, TrainGateError } from '../../lib/errors.ts';
import type { TrainingEnd } from '../../report/training-end.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { UnknownOwnerError } from '../../training/await-results.ts';
import { UnclearError } from '../../training/exactly-once.ts';
import { OtherTrainingError } from '../../training/read-back.ts';
import type { Training } from '../../training/training.ts';
import { ENDING_PATIENCE_MS, endTraining } from '../../training/training-api.ts';
import type { WaitResult } from '../../training/wait.ts';
import { BrokenBefore } from '../before/require-counts.ts';
import type { Evaluated } from '../judge/with-evaluations.ts';
import type { FollowedTraining } from './followed-training.ts';

/** How a training ended that has no results to judge. */
export type EndWithoutResults = Exclude<TrainingEnd, { kind: 'results' }>;

/** How a training ended in this step, and what came of it. The report takes it as it is. */
export type Reached =
  | {
      readonly kind: 'results';
      readonly training: Training;
      readonly evaluated: Evaluated;
      readonly baseline: Baseline;
    }
  | EndWithoutResults;

/** A training that is over and left nothing to judge by `rules`; undefined if it has results. */
export function endWithoutResults(
  { phase, reason }: Pick<Training, 'phase' | 'reason'>,
  rules: Inputs['rules'],
): EndWithoutResults | undefined {
  if (phase === 'failed') return { kind: 'failed', reason };
  if (phase === 'cancelled') return { kind: 'cancelled' };
  return phase === 'stopped' && rules.length === 0 ? { kind: 'stopped' } : undefined;
}

/** The wait is over and the training is not: after a timeout, `on-timeout` says what becomes of it. */
export async function endOfWait(
  { kind, training, error }: Exclude<WaitResult, { kind: 'ended' }>,
  { origin, route }: FollowedTraining,
  { onTimeout, timeoutMs }: Pick<Inputs, 'onTimeout' | 'timeoutMs'>,
  { clock, signal }: Context,
): Promise<EndWithoutResults> {
  const said = error && messageOf(error);
  if (kind === 'silent') return { kind, patienceMs: OUTAGE_PATIENCE_MS, error: said ?? '' };
  const timedOut = { kind: 'timed-out', timeoutMs, error: said, ended: undefined } as const;
  if (onTimeout === 'leave' || origin === 'attached') return timedOut;
  const result = await endTraining(route, training, onTimeout, clock.now() + ENDING_PATIENCE_MS);
  signal.throwIfAborted();
  return { ...timedOut, ended: { mode: onTimeout, result } };
}

/** What an error that a person can mend makes of a training, of which `facts` were known by then. */
export function endBy(
  error: TrainGateError,
  facts: TrainingFacts | undefined,
  { timeoutMs }: Pick<Inputs, 'timeoutMs'>,
  isTooLate: boolean,
): EndWithoutResults {
  const trouble = { message: error.message, hint: error.hint };
  if (error instanceof OtherTrainingError)
    return { kind: 'other', trouble, ended: { mode: 'cancel', result: error.ended } };
  if (error instanceof UnclearError) return { kind: 'start-unclear', trouble };
  if (facts === undefined)
    return isTooLate ? { kind: 'too-late', timeoutMs, trouble } : { kind: 'not-started', trouble };
  return facts.inFlight
    ? { kind: 'unwatched', trouble }
    : { kind: 'unread', trouble, isFinal: error instanceof UnknownOwnerError };
}

/** Whether after an error in a start there may be a training all the same. */
export function mayHaveStarted(error: unknown): boolean {
  if (error instanceof BrokenBefore) return false;
  return (
    error instanceof InterruptedError || error instanceof UnclearError || !(error instanceof TrainGateError)
  );
}
