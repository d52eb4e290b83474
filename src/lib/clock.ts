import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** Time and chance, handed in so that tests decide about both. */
export interface Clock {
  /** Milliseconds since 1970; never goes backwards. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Starts the time of something that may take `ms` at most, such as a request. */
  deadline(ms: number): Deadline;
  /** A number from 0 up to but not including 1. */
  random(): number;
}

/** A time limit that runs. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Begins the time anew, as long as it runs. */
  restart(): void;
  end(): void;
}

/** The machine's clock. */
export function systemClock(): Clock {
  return { now: () => performance.timeOrigin + performance.now(), sleep, deadline, random: Math.random };
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, signal && { signal });
  } catch (error) {
    // Node's own error says only that something aborted.
    signal?.throwIfAborted();
    throw error;
  }
}

function deadline(ms: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return { signal: controller.signal, restart: () => timer.refresh(), end: () => clearTimeout(timer) };
}

/** The clocks of two machines may differ by this much. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** Whether a moment by one machine's clock certainly lies before one by another's: dates that are closer tell no order. */
export function isBefore(oneMs: number, otherMs: number, skewMs = CLOCK_SKEW_MS): boolean {
  return oneMs < otherMs - skewMs;
}
