import type { Clock } from '../../lib/clock.ts';
import type { Api } from './api.ts';
import { ApiError, isPassing } from './failure.ts';

/**
 * The same API, whose requests share their patience: after so long without any good answer, none is sent any more, and the last
 * failure is thrown at once. For whoever asks about many things, and need not wait for any: they are asked about again later.
 */
export function withSharedPatience(api: Api, patienceMs: number, { now }: Pick<Clock, 'now'>): Api {
  /** The last failure, and since when there was no good answer; undefined while all is well. */
  let trouble: { readonly failure: ApiError; readonly sinceMs: number } | undefined;
  let goodAtMs = Number.NEGATIVE_INFINITY;
  const good = () => {
    trouble = undefined;
    goodAtMs = now();
  };
  return {
    get: async (request, read, patience) => {
      const askedMs = now();
      const untilMs = (trouble?.sinceMs ?? askedMs) + patienceMs;
      if (trouble !== undefined && askedMs >= untilMs) throw trouble.failure;
      try {
        const value = await api.get(request, read, {
          ...patience,
          untilMs: Math.min(patience?.untilMs ?? untilMs, untilMs),
        });
        good();
        return value;
      } catch (error) {
        // While this was tried again and again, others may have had an answer.
        if (isPassing(error))
          trouble = { failure: error, sinceMs: trouble?.sinceMs ?? Math.max(askedMs, goodAtMs) };
        // The server is in order, and says no.
        else if (error instanceof ApiError) good();
        throw error;
      }
    },
    post: api.post,
  };
}
