import type { Context } from '../../lib/context.ts';
import { ApiError, type Failure } from '../../lib/errors.ts';
import { isMissing, MISSING_GRACE_MS, pauseMs } from './retry.ts';

/** With what a request is repeated. */
export interface PersistContext extends Context {
  /** When the step's patience for everything but a run in flight ends. */
  readonly timeoutAtMs: number;
}

/** When a request is repeated, and for how long. */
export interface Patience {
  readonly mayRepeat: (failure: Failure) => boolean;
  /** The last try is begun at this moment, also where the server asked for a longer pause. */
  readonly untilMs: number;
  /** Whether what is asked for was there before, so that a 404 may be a flicker. */
  readonly knownToExist?: boolean;
}

/** Tries `attempt` until it succeeds, fails for good, or `patience` ends; then throws the last error. */
export async function persist<Value>(
  attempt: () => Promise<Value>,
  patience: Patience,
  { clock, log, signal }: Context,
): Promise<Value> {
  let missingSinceMs: number | undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const nowMs = clock.now();
      missingSinceMs = isMissing(error.failure) ? (missingSinceMs ?? nowMs) : undefined;
      const flickers =
        patience.knownToExist === true &&
        missingSinceMs !== undefined &&
        nowMs - missingSinceMs < MISSING_GRACE_MS;
      const again = nowMs < patience.untilMs && (patience.mayRepeat(error.failure) || flickers);
      if (!again) throw error;
      const ms = Math.min(pauseMs(tries, error.failure, clock.random()), patience.untilMs - nowMs);
      log.info(`${error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
      await clock.sleep(ms, signal);
    }
  }
}
