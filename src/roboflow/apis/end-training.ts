import { clipped } from '../../lib/fit-text.ts';
import type { EndResult } from '../../training/training-api.ts';
import { ApiError } from '../http/failure.ts';
import type { EndAnswer } from '../schema/answer.ts';

/**
 * Sends a cancel or stop, and reads from its answer what became of the training
 * (docs/roboflow-api.md#d7-what-a-cancel-answers).
 */
export async function endByRequest(send: () => Promise<EndAnswer>): Promise<EndResult> {
  try {
    return resultOf(await send());
  } catch (error) {
    if (error instanceof ApiError && error.failure.kind === 'refused' && isOver(error.failure.code))
      return { kind: 'over' };
    throw error;
  }
}

function resultOf(answer: EndAnswer): EndResult {
  switch (answer.kind) {
    case 'done':
      return { kind: 'ended' };
    case 'no-refund':
      return {
        kind: 'still-running',
        reason: 'the time in which a cancel is refunded is over, and then Roboflow cancels only in its app',
      };
    case 'not-done': {
      if (isOver(answer.code)) return { kind: 'over' };
      const said = [answer.code, answer.message].filter((part) => part !== undefined).join(': ');
      const words = said === '' ? '' : `: "${clipped(said, LONGEST_WORDS)}"`;
      return { kind: 'still-running', reason: `Roboflow answered that it was not done${words}` };
    }
  }
}

const LONGEST_WORDS = 400;

/** The training had ended before. */
function isOver(code: string | undefined): boolean {
  return code === 'CANNOT_CANCEL';
}
