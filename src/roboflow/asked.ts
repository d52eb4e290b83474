import { ApiError } from '../errors.ts';
import type { Asked } from '../training/exactly-once.ts';
import { isUnclear } from './retry.ts';

/** Sends a request that makes something, and tells an answer that leaves open whether it did from one that does not. */
export async function asked<Thing>(send: () => Promise<Thing>): Promise<Asked<Thing>> {
  try {
    return { kind: 'made', thing: await send() };
  } catch (error) {
    if (error instanceof ApiError && isUnclear(error.failure)) return { kind: 'unclear', error };
    throw error;
  }
}
