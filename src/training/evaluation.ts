import type { EvaluationLack, SplitFigures } from '../gate/split-figures.ts';
import type { Context } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';

/** What one reading of a model's evaluation came to. */
export type EvaluationReading<Found> =
  | {
      readonly kind: 'done';
      readonly figures: readonly SplitFigures[];
      readonly found: Found;
      /** What could not be read of it, if a rule needs it. */
      readonly lack: EvaluationLack | undefined;
    }
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  /** It will not come. */
  | { readonly kind: 'lost'; readonly lack: EvaluationLack };

/** How long an evaluation that a rule needs may take to appear, to finish, and past the step's `timeout`. */
const APPEAR_MS = 5 * 60_000;
const FINISH_MS = 30 * 60_000;
const PAST_TIMEOUT_MS = 5 * 60_000;
const PAUSE_MS = 20_000;

/**
 * Until when an evaluation that a rule needs is asked for, in epoch ms.
 * @param timeoutAtMs the end of the step's time, in epoch ms
 */
export function latestEvaluationMs(timeoutAtMs: number): number {
  return timeoutAtMs + PAST_TIMEOUT_MS;
}

/**
 * Reads an evaluation that a rule needs, again until it is done. Roboflow begins it by itself after a training.
 * @param timeoutAtMs the end of the step's time, in epoch ms
 */
export async function awaitEvaluation<Found>(
  modelId: string,
  read: () => Promise<EvaluationReading<Found>>,
  timeoutAtMs: number,
  { clock, log, signal }: Context,
): Promise<EvaluationReading<Found>> {
  const startMs = clock.now();
  const latestMs = latestEvaluationMs(timeoutAtMs);
  let seenMs: number | undefined;
  for (let isFirst = true; ; isFirst = false) {
    const reading = await read();
    if (reading.kind !== 'none' && reading.kind !== 'running') return reading;
    if (reading.kind === 'running') seenMs ??= clock.now();
    const untilMs = seenMs === undefined ? startMs + APPEAR_MS : seenMs + FINISH_MS;
    if (clock.now() >= Math.min(untilMs, latestMs)) return reading;
    if (isFirst) log.info(waitLine(modelId));
    await clock.sleep(PAUSE_MS, signal);
  }
}

function waitLine(modelId: string): string {
  return `Rules need Roboflow's evaluation of ${modelId}. Waiting for up to ${formatDuration(APPEAR_MS)} until it begins and ${formatDuration(FINISH_MS)} until it is done.`;
}
