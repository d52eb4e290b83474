import { ApiError } from '../errors.ts';
import type { EndResult } from '../training/route.ts';

/** Sends a cancel or stop and reads its answer: `refund: false` means that nothing was cancelled (API reference, D7). */
export async function endRun(send: () => Promise<boolean | undefined>): Promise<EndResult> {
  try {
    const refund = await send();
    if (refund !== false) return { kind: 'ended' };
    return {
      kind: 'still-running',
      reason: 'the time in which a cancel is refunded is over, and then Roboflow cancels only in its app',
    };
  } catch (error) {
    if (
      error instanceof ApiError &&
      error.failure.kind === 'refused' &&
      error.failure.code === 'CANNOT_CANCEL'
    )
      return { kind: 'over' };
    throw error;
  }
}
