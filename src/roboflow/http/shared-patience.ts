import type { Clock } from '../../lib/clock.ts';
import type { Api } from './api.ts';
import { ApiError, isPassing } from './failure.ts';

/**
 * The same API, whose requests share their patience: after so long without any good answer, none is sent any more, and the last
 * failure is thrown at once. For whoever asks about many things, and need not wait for any: they are asked about again later.
 */
export function withSharedPatience(api: Api, patienceMs: number, { now }: Pick<Clock, 'now'>): Api {
  let goodAtMs = now();
  let failure: ApiError | undefined;
  return {
    get: async (request, read, patience) => {
      const untilMs = goodAtMs + patienceMs;
      if (failure !== undefined && now() >= untilMs) throw failure;
      const tillThen = { ...patience, untilMs: Math.min(patience?.untilMs ?? untilMs, now() + patienceMs) };
      try {
        const value = await api.get(request, read, tillThen);
        goodAtMs = now();
        failure = undefined;
        return value;
      } catch (error) {
        if (isPassing(error)) failure = error;
        // The server is in order, and says no.
        else if (error instanceof ApiError) goodAtMs = now();
        throw error;
      }
    },
    post: api.post,
  };
}
