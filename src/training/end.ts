import { messageOf } from '../errors.ts';
import type { EndMode, EndResult, TrainingRoute } from './route.ts';
import type { Training } from './training.ts';

/** Where nothing else limits it, ending a training is tried for this long. */
export const ENDING_PATIENCE_MS = 80_000;

const DONE: Readonly<Record<EndMode, string>> = {
  cancel: 'was cancelled',
  stop: 'was told to stop; it keeps the weights it has',
};

/** What became of a training that was to be ended, in a sentence; `running` where it goes on and is paid for. */
export interface Ending {
  readonly running: boolean;
  readonly sentence: string;
}

/** Ends `training`, or says why it goes on. Never throws: there is nothing that a caller could do about it. */
export async function endTraining(
  route: TrainingRoute,
  training: Pick<Training, 'id' | 'version'>,
  mode: EndMode,
  untilMs: number,
): Promise<Ending> {
  try {
    return endingOf(training.id, mode, await route.end(training, mode, untilMs));
  } catch (error) {
    return {
      running: true,
      sentence: `Training ${training.id} could not be ended and is still running: ${messageOf(error)}`,
    };
  }
}

function endingOf(id: string, mode: EndMode, result: EndResult): Ending {
  switch (result.kind) {
    case 'ended':
      return { running: false, sentence: `Training ${id} ${DONE[mode]}.` };
    case 'over':
      return { running: false, sentence: `Training ${id} was over already.` };
    case 'still-running':
      return { running: true, sentence: `Training ${id} is still running: ${result.reason}.` };
  }
}
