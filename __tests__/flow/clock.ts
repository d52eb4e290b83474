import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

/** A clock that stands still but for sleeping, which takes no time: the simulator shows the same time. */
export class VirtualClock implements Clock {
  #nowMs = Date.UTC(2027, 0, 4, 9);
  readonly #chance: () => number;

  /** @param chance what `random` gives; a half unless told */
  constructor(chance: () => number = () => 0.5) {
    this.#chance = chance;
  }

  readonly now = (): number => this.#nowMs;

  random(): number {
    return this.#chance();
  }

  /** Lets time pass without anybody sleeping, as while a request hangs. */
  pass(ms: number): void {
    this.#nowMs += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#nowMs += Math.max(0, ms);
    await turn();
    signal?.throwIfAborted();
  }
}
