import type { Context } from '../lib/context.ts';
import { GithubError, isPassing } from './github-error.ts';

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** How long GitHub is asked again, all requests of one purpose together. */
export interface GithubPatience {
  /**
   * To be called before each request.
   * @throws the signal's reason, or GithubError when the time is over
   */
  ready(): void;
  /** Whether there is time for a pause of `ms`. */
  allows(ms: number): boolean;
  /**
   * Pauses after a failure that passes.
   * @throws `error` itself when it does not pass, or when the time is over before the pause is
   */
  pauseAfter(error: unknown): Promise<void>;
}

/**
 * Patience until a moment. GitHub is never asked again before the moment that it names: who does that is locked out for
 * longer (docs/github.md#limits).
 * @param untilMs epoch ms; no request begins later
 */
export function githubPatience(untilMs: number, { clock, log, signal }: Context): GithubPatience {
  let failures = 0;
  return {
    ready: () => {
      signal.throwIfAborted();
      if (clock.now() >= untilMs) throw new GithubError('GitHub took too long to answer', { kind: 'lost' });
    },
    allows: (ms) => clock.now() + ms < untilMs,
    pauseAfter: async (error) => {
      if (!(error instanceof GithubError) || !isPassing(error.failure)) throw error;
      failures += 1;
      const { failure } = error;
      const ms = failure.kind === 'limited' ? failure.retryAfterMs : pauseMs(failures, clock.random());
      if (clock.now() + ms >= untilMs) throw error;
      log.info(`${error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
      await clock.sleep(ms, signal);
    },
  };
}

/** A random time, whose upper end doubles from 2 s to 15 s. */
function pauseMs(failures: number, random: number): number {
  const upperMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(failures, 10));
  return SHORTEST_PAUSE_MS + random * (upperMs - SHORTEST_PAUSE_MS);
}
