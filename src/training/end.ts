import { messageOf } from '../lib/errors.ts';
import type { EndMode, EndResult, TrainingApi, TrainingRef } from './training-api.ts';

/** If nothing else limits it, ending a training is tried for this long. */
export const ENDING_PATIENCE_MS = 80_000;

/** What became of a training that was to be ended. `stopping`: it ends after its epoch and is paid for until then. */
export interface Ending {
  readonly kind: 'over' | 'stopping' | 'running';
  readonly sentence: string;
}

/** Ends `training`, or says why it goes on. Never throws: there is nothing that a caller could do about it. */
export async function endTraining(
  route: TrainingApi,
  training: TrainingRef,
  mode: EndMode,
  untilMs: number,
): Promise<Ending> {
  try {
    return endingOf(training.id, mode, await route.end(training, mode, untilMs));
  } catch (error) {
    return {
      kind: 'running',
      sentence: `Training ${training.id} could not be ended and is still running: ${messageOf(error)}`,
    };
  }
}

function endingOf(id: string, mode: EndMode, result: EndResult): Ending {
  switch (result.kind) {
    case 'ended':
      return mode === 'cancel'
        ? { kind: 'over', sentence: `Training ${id} was cancelled.` }
        : {
            kind: 'stopping',
            sentence: `Training ${id} was told to stop: it ends after its epoch and keeps the weights it has.`,
          };
    case 'over':
      return { kind: 'over', sentence: `Training ${id} was over already.` };
    case 'still-running':
      return { kind: 'running', sentence: `Training ${id} is still running: ${result.reason}.` };
  }
}
