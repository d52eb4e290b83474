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

/**
 * Reads an evaluation that a rule needs again until it is done, as long as the contract says, or the step's time ends (`timeoutAtMs`,
 * epoch ms).
 */
export function patientWait(timeoutAtMs: number, context: Context): EvaluationWait {
  const { clock, log } = context;
  const untilMs = (ms: number) => Math.min(clock.now() + ms, timeoutAtMs + PAST_TIMEOUT_MS);
  return {
    isForReport: true,
    untilMs: () => untilMs(OUTAGE_PATIENCE_MS),
    over: async (modelId, read) => {
      const first = await read();
      if (isOver(first)) return first;
      log.info(
        `Rules need Roboflow's evaluation of ${modelId}. Waiting for up to ${formatDuration(APPEAR_MS)} until it begins and ${formatDuration(FINISH_MS)} until it is done.`,
      );
      const each = { look: read, pauseMs: () => PAUSE_MS };
      const isEnough = ({ kind }: typeof first) => kind !== 'none';
      const begun = await poll({ ...each, first, isEnough, untilMs: untilMs(APPEAR_MS) }, context);
      if (begun.kind === 'none') return begun;
      return poll({ ...each, first: begun, isEnough: isOver, untilMs: untilMs(FINISH_MS) }, context);
    },
  };
}

/** Not at all: what rules ask for and is there is taken, and requests are repeated as the API itself allows. */
export const NO_WAIT: EvaluationWait = {
  isForReport: false,
  untilMs: () => Number.POSITIVE_INFINITY,
  over: (_, read) => read(),
};

function isOver(reading: EvaluationReading<unknown>): boolean {
  return reading.kind === 'done'
    ? reading.lacking.every(({ isNeeded, why }) => !isNeeded || why.kind !== 'running')
    : reading.kind === 'failed' || reading.kind === 'unread';
}
