import { clipped } from '../../lib/fit-text.ts';
import type { EndResult } from '../../training/training-api.ts';
import { isRefusal } from '../http/failure.ts';
import type { EndAnswer } from '../schema/answer.ts';

const NO_REFUND = 'the time in which a cancel is refunded is over, and then Roboflow cancels only in its app';
/** In characters. */
const LONGEST_WORDS = 400;

/** Sends a cancel or stop, and reads from its answer what became of the training (docs/roboflow-api.md#d7-what-a-cancel-answers). */
export async function endByRequest(send: () => Promise<EndAnswer>): Promise<EndResult> {
  try {
    return resultOf(await send());
  } catch (error) {
    if (isRefusal(error) && isOver(error.failure)) return { kind: 'over' };
    throw error;
  }
}

function resultOf(answer: EndAnswer): EndResult {
  if (answer.kind !== 'not-done')
    return answer.kind === 'done' ? { kind: 'ended' } : { kind: 'still-running', reason: NO_REFUND };
  if (isOver(answer)) return { kind: 'over' };
  const said = [answer.code, answer.message].filter((part) => part !== undefined).join(': ');
  const words = said === '' ? '' : `: "${clipped(said, LONGEST_WORDS)}"`;
  return { kind: 'still-running', reason: `Roboflow answered that it was not done${words}` };
}

function isOver(said: object): boolean {
  return 'code' in said && said.code === 'CANNOT_CANCEL';
}
