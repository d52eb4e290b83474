import type { Clock, Deadline } from '../../src/lib/clock.ts';
import { type SharedTime, virtualClock } from '../../src/lib/virtual-clock.ts';

/** When virtual time begins. */
export const START_MS = Date.UTC(2027, 0, 4, 9);

/** The clock that a step goes by on `TRAIN_GATE_CLOCK`, with its time in memory: a simulator shows the same time. */
export class VirtualClock implements Clock {
  readonly #time = new TimeInMemory();
  readonly #clock: Clock;

  /** @param chance what `random` gives; a half unless told */
  constructor(chance: () => number = () => 0.5) {
    this.#clock = virtualClock(this.#time, chance);
  }

  readonly now = (): number => this.#clock.now();

  random(): number {
    return this.#clock.random();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms, signal);
  }

  deadline(ms: number): Deadline {
    return this.#clock.deadline(ms);
  }

  /** Lets time pass without anybody sleeping, as while a request hangs. */
  pass(ms: number): void {
    this.#time.write(this.now() + ms);
    this.#time.tell();
  }
}

class TimeInMemory implements SharedTime {
  #nowMs = START_MS;
  readonly #watchers = new Set<() => void>();

  read(): number {
    return this.#nowMs;
  }

  write(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  watch(onMove: () => void): () => void {
    this.#watchers.add(onMove);
    return () => this.#watchers.delete(onMove);
  }

  tell(): void {
    for (const onMove of this.#watchers) onMove();
  }
}
