import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance. Handed in, so that tests decide about both. */
export interface Clock {
  /** Milliseconds since 1970. Never goes backwards. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A random number from 0 to 1, without 1 itself. */
  random(): number;
}

/** The longest delay that Node's timers take (2^31 - 1 ms). */
const LONGEST_DELAY_MS = 2_147_483_647;

/**
 * The clock of this machine.
 * @param speed how many times faster than real time it runs. Other than 1 only with a simulator.
 */
export function systemClock(speed = 1): Clock {
  const startMs = performance.timeOrigin + performance.now();
  const elapsedMs = () => performance.timeOrigin + performance.now() - startMs;
  return {
    now: () => startMs + elapsedMs() * speed,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      try {
        await delay(Math.min(Math.max(ms / speed, 0), LONGEST_DELAY_MS), undefined, signal && { signal });
      } catch (error) {
        // Node rejects with an AbortError of its own.
        signal?.throwIfAborted();
        throw error;
      }
    },
    random: Math.random,
  };
}

/** Clocks of Roboflow's servers and of a runner may differ by this much; dates that are closer tell no order. */
export const CLOCK_SKEW_MS = 10 * 60_000;
