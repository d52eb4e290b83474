import { ApiError } from '../../lib/errors.ts';
import type { Asked } from '../../training/exactly-once.ts';
import type { Api } from './api.ts';
import { hadNoEffect, isUnclear, pauseMs } from './retry.ts';

/** Sends a request that makes something, and tells an answer that leaves open whether it did from one that does not. */
export async function asked<Thing>({ context }: Api, send: () => Promise<Thing>): Promise<Asked<Thing>> {
  try {
    return { kind: 'made', thing: await send() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { failure } = error;
    if (hadNoEffect(failure))
      return {
        kind: 'unsent',
        error,
        pauseMs: (tries) => pauseMs(tries, failure, context.clock.random()),
      };
    if (isUnclear(failure)) return { kind: 'unclear', error };
    throw error;
  }
}
