import { performance } from 'node:perf_hooks';

/** Time and chance, handed in so that tests decide about both. */
export interface Clock {
  /** Milliseconds since 1970; never goes backwards. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to but not including 1. */
  random(): number;
}

/** The longest that Node's timers take (2^31 - 1 ms). */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The machine's clock.
 * @param speed how many times faster than the machine's it runs; other than 1 only against a simulator
 */
export function systemClock(speed = 1): Clock {
  const startMs = performance.timeOrigin + performance.now();
  const elapsedMs = () => performance.timeOrigin + performance.now() - startMs;
  return {
    now: () => startMs + elapsedMs() * speed,
    sleep: (ms, signal) => delay(Math.min(Math.max(ms / speed, 0), LONGEST_TIMER_MS), signal),
    random: Math.random,
  };
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Clocks of Roboflow's servers and of a runner may differ by this much; dates that are closer tell no order. */
export const CLOCK_SKEW_MS = 10 * 60_000;
