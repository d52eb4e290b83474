import type { Clock } from '../../lib/clock.ts';

/** A deadline that begins anew with every sign of progress. */
export interface StallLimit {
  /** Aborts when there was no progress for too long. */
  readonly signal: AbortSignal;
  /** There was progress. */
  renew(): void;
  /** To be called when what it limits is over. */
  end(): void;
}

/** Much shorter than any limit. There is progress thousands of times a second, and each deadline costs a timer. */
const RENEWED_EVERY_MS = 500;

/** Limits the time without progress to `ms`, give or take half a second. */
export function stallLimit(clock: Clock, ms: number): StallLimit {
  const stalled = new AbortController();
  const begin = () => {
    const deadline = clock.deadline(ms);
    deadline.signal.addEventListener('abort', () => stalled.abort(), { once: true });
    return deadline;
  };
  let current = begin();
  let begunAtMs = clock.now();
  return {
    signal: stalled.signal,
    renew: () => {
      if (clock.now() - begunAtMs < RENEWED_EVERY_MS) return;
      begunAtMs = clock.now();
      const before = current;
      current = begin();
      before.end();
    },
    end: () => current.end(),
  };
}
