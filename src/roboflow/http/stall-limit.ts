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

/** Limits the time without progress to `ms`. */
export function stallLimit(clock: Clock, ms: number): StallLimit {
  const stalled = new AbortController();
  const begin = () => {
    const deadline = clock.deadline(ms);
    deadline.signal.addEventListener('abort', () => stalled.abort(), { once: true });
    return deadline;
  };
  let current = begin();
  return {
    signal: stalled.signal,
    renew: () => {
      const before = current;
      current = begin();
      before.end();
    },
    end: () => current.end(),
  };
}
