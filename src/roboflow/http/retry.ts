import type { Context } from '../../lib/context.ts';
import { ApiError, isMissing, isPassing } from './failure.ts';
import { pauseMs } from './pause.ts';

/** How long a failing request is repeated. */
export interface Patience {
  /** The last try starts at this moment, also if the server asked for a longer pause. Epoch ms. */
  readonly untilMs: number;
  /** Whether what is asked for was there before: then a 404 may be a flicker, and is believed only if it lasts. */
  readonly knownToExist?: boolean;
  /** Which failures are repeated; those that pass by themselves unless told. */
  readonly mayRepeat?: (error: ApiError) => boolean;
}

/** For this long a thing that was there before may be missing in an answer. */
const MISSING_GRACE_MS = 2 * 60_000;

/** Calls `attempt` until it succeeds, fails for good, or `patience` ends; then throws the last error. */
export async function withRetries<Value>(
  attempt: () => Promise<Value>,
  { untilMs, knownToExist = false, mayRepeat = isPassing }: Patience,
  { clock, log, signal }: Context,
): Promise<Value> {
  let missingSinceMs: number | undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const nowMs = clock.now();
      missingSinceMs = isMissing(error) ? (missingSinceMs ?? nowMs) : undefined;
      const mayFlicker =
        knownToExist && missingSinceMs !== undefined && nowMs - missingSinceMs < MISSING_GRACE_MS;
      if (nowMs >= untilMs || !(mayRepeat(error) || mayFlicker)) throw error;
      const ms = Math.min(pauseMs(tries, error.failure, clock.random()), untilMs - nowMs);
      log.info(`${error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
      await clock.sleep(ms, signal);
    }
  }
}
