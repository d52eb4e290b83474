import { messageOf } from '../lib/errors.ts';
import type { EndMode, EndResult, TrainingApi, TrainingRef } from './training-api.ts';

/** If nothing else limits it, ending a training is tried for this long. */
export const ENDING_PATIENCE_MS = 80_000;

/** Ends `training`, or says why it goes on. Never throws: there is nothing that a caller could do about it. */
export async function endTraining(
  route: TrainingApi,
  training: TrainingRef,
  mode: EndMode,
  untilMs: number,
): Promise<EndResult> {
  try {
    return await route.end(training, mode, untilMs);
  } catch (error) {
    return { kind: 'still-running', reason: messageOf(error) };
  }
}
