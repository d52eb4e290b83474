import type { Context } from '../lib/context.ts';
import { GithubError, isPassing } from './github-error.ts';

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** GitHub takes 80 writes a minute, and asks for a second between two (docs/internals/github.md#limits). */
const WRITE_PACE_MS = 1_000;

/** When this process may ask GitHub next: GitHub counts all of it together, and locks out who does not wait (docs/internals/github.md#limits). */
export interface GithubPace {
  /** The error that named the newest limit. */
  limit?: GithubError;
  /** When the next write may be sent, in epoch ms. */
  nextWriteMs: number;
}

function limitedForMs({ failure }: GithubError, nowMs: number): number {
  return failure.kind === 'limited' ? failure.untilMs - nowMs : 0;
}

/** How long GitHub may keep one purpose waiting for nothing: by failed requests, by the pauses after them, and by limits. */
export interface GithubPatience {
  /** To be awaited before each request. Throws when the patience has ended, or would before a limit does. */
  ready(kind: 'read' | 'write'): Promise<void>;
  lost(error: GithubError, ms: number): void;
  /** Pauses after a failure that passes; throws `error` when it does not, or when the patience ends before the pause. */
  pauseAfter(error: unknown): Promise<void>;
}

/** Patience for `patienceMs` in all. When it has ended, nothing is sent any more. */
export function githubPatience(
  patienceMs: number,
  pace: GithubPace,
  { clock, log, signal }: Context,
): GithubPatience {
  let failures = 0;
  let lostMs = 0;
  let last: GithubError | undefined;
  const pause = async (error: GithubError, ms: number): Promise<void> => {
    if (last !== undefined || lostMs + ms >= patienceMs) {
      last = error;
      throw error;
    }
    lostMs += ms;
    log.info(`${error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
    await clock.sleep(ms, signal);
  };
  return {
    ready: async (kind) => {
      signal.throwIfAborted();
      if (last !== undefined) throw last;
      if (kind === 'write') {
        const waitMs = Math.max(0, pace.nextWriteMs - clock.now());
        pace.nextWriteMs = clock.now() + waitMs + WRITE_PACE_MS;
        if (waitMs > 0) await clock.sleep(waitMs, signal);
      }
      while (pace.limit && limitedForMs(pace.limit, clock.now()) > 0)
        await pause(pace.limit, limitedForMs(pace.limit, clock.now()));
    },
    lost: (error, ms) => {
      lostMs += ms;
      if (error.failure.kind === 'limited') pace.limit = error;
    },
    pauseAfter: async (error) => {
      if (!(error instanceof GithubError) || !isPassing(error.failure)) throw error;
      failures += 1;
      const isLimit = error.failure.kind === 'limited';
      await pause(error, isLimit ? limitedForMs(error, clock.now()) : pauseMs(failures, clock.random()));
    },
  };
}

/** A random time, whose upper end doubles from 2 s to 15 s. */
function pauseMs(failures: number, random: number): number {
  const upperMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(failures, 10));
  return SHORTEST_PAUSE_MS + random * (upperMs - SHORTEST_PAUSE_MS);
}
