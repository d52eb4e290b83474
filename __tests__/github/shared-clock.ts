import { setImmediate as turn } from 'node:timers/promises';
import type { Clock, Deadline } from '../../src/lib/clock.ts';

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/**
 * A clock for several runs at once, whose time stands still while any of them does something. When all of them sleep, it
 * goes on to the moment when the first one wakes.
 */
export class SharedClock implements Clock {
  #nowMs = Date.UTC(2027, 0, 4, 9);
  #busy = 0;
  readonly #sleepers = new Set<Sleeper>();
  readonly #deadlines = new Map<AbortController, number>();
  readonly #chance: () => number;

  /** @param chance what `random` gives; a half unless told */
  constructor(chance: () => number = () => 0.5) {
    this.#chance = chance;
  }

  readonly now = (): number => this.#nowMs;

  random(): number {
    return this.#chance();
  }

  /** Up only when time is made to pass: whoever has a deadline does something, and meanwhile it stands still. */
  deadline(ms: number): Deadline {
    const controller = new AbortController();
    this.#deadlines.set(controller, this.#nowMs + ms);
    const restart = () => void this.#deadlines.set(controller, this.#nowMs + ms);
    return { signal: controller.signal, restart, end: () => void this.#deadlines.delete(controller) };
  }

  /** Lets time pass while somebody does something, as while a request hangs. */
  pass(ms: number): void {
    this.#nowMs += ms;
    for (const [controller, atMs] of this.#deadlines) if (atMs <= this.#nowMs) controller.abort();
  }

  /** Counts `act` as doing something until it sleeps or ends. */
  async during<Value>(act: () => Promise<Value>): Promise<Value> {
    this.#busy += 1;
    try {
      return await act();
    } finally {
      this.#rest();
    }
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        if (this.#sleepers.delete(sleeper)) this.#busy += 1;
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { untilMs: this.#nowMs + Math.max(0, ms), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', stop, { once: true });
      this.#rest();
    });
  }

  #rest(): void {
    this.#busy -= 1;
    void this.#goOn();
  }

  async #goOn(): Promise<void> {
    // What was woken or begun in this turn is busy only in the next.
    await turn();
    if (this.#busy > 0) return;
    const [first] = [...this.#sleepers].sort((a, b) => a.untilMs - b.untilMs);
    if (first === undefined || !this.#sleepers.delete(first)) return;
    this.#busy += 1;
    this.#nowMs = Math.max(this.#nowMs, first.untilMs);
    first.wake();
  }
}
