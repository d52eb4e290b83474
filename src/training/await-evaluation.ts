import type { EvaluationLack, LackingFigure, SplitFigures } from '../gate/split-figures.ts';
import { type Context, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { poll } from '../lib/poll.ts';

/** What one reading of a model's evaluation came to: what it says, or why there is nothing to say. */
export type EvaluationReading<Found> =
  | {
      readonly kind: 'done';
      readonly figures: readonly SplitFigures[];
      readonly found: Found;
      readonly lacking: readonly LackingFigure[];
    }
  | EvaluationLack;

/** How long an evaluation that a rule needs may take to appear, to finish, and past the step's `timeout`. */
const APPEAR_MS = 5 * 60_000;
const FINISH_MS = 30 * 60_000;
const PAST_TIMEOUT_MS = 5 * 60_000;
const PAUSE_MS = 20_000;

/** How an evaluation that a rule needs is waited for, and whether what is there is read also where no rule asks for it. */
export interface EvaluationWait {
  readonly isForReport: boolean;
  untilMs(): number;
  over<Found>(
    modelId: string,
    read: () => Promise<EvaluationReading<Found>>,
  ): Promise<EvaluationReading<Found>>;
}

/** Until an evaluation is there, as long as the contract says, or the step's time ends (`timeoutAtMs`, epoch ms). */
export function patientWait(timeoutAtMs: number, context: Context): EvaluationWait {
  return {
    isForReport: true,
    untilMs: () => Math.min(context.clock.now() + OUTAGE_PATIENCE_MS, timeoutAtMs + PAST_TIMEOUT_MS),
    over: (modelId, read) => awaitEvaluation(modelId, read, timeoutAtMs, context),
  };
}

/** Not at all: what rules ask for and is there is taken, and requests are repeated as the API itself allows. */
export const NO_WAIT: EvaluationWait = {
  isForReport: false,
  untilMs: () => Number.POSITIVE_INFINITY,
  over: (_, read) => read(),
};

/** Reads an evaluation that a rule needs, again until it is done or its time is over; the step's ends at `timeoutAtMs`. */
export async function awaitEvaluation<Found>(
  modelId: string,
  read: () => Promise<EvaluationReading<Found>>,
  timeoutAtMs: number,
  context: Context,
): Promise<EvaluationReading<Found>> {
  const first = await read();
  if (isOver(first)) return first;
  const { clock, log } = context;
  log.info(
    `Rules need Roboflow's evaluation of ${modelId}. Waiting for up to ${formatDuration(APPEAR_MS)} until it begins and ${formatDuration(FINISH_MS)} until it is done.`,
  );
  const untilMs = (ms: number) => Math.min(clock.now() + ms, timeoutAtMs + PAST_TIMEOUT_MS);
  const each = { look: read, pauseMs: () => PAUSE_MS };
  const hasBegun = ({ kind }: EvaluationReading<Found>) => kind !== 'none';
  const begun = await poll({ ...each, first, isEnough: hasBegun, untilMs: untilMs(APPEAR_MS) }, context);
  if (!hasBegun(begun)) return begun;
  return poll({ ...each, first: begun, isEnough: isOver, untilMs: untilMs(FINISH_MS) }, context);
}

function isOver(reading: EvaluationReading<unknown>): boolean {
  return reading.kind === 'done'
    ? reading.lacking.every(({ isNeeded, why }) => !isNeeded || why.kind !== 'running')
    : reading.kind === 'failed' || reading.kind === 'unread';
}
