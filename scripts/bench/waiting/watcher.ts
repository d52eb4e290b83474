import type { Random } from '../../../simulator/lib/random.ts';
import { firstPace, nextLookMs, type Pace, paceAfter } from '../../../src/training/schedule.ts';
import type { Training } from '../../../src/training/training.ts';
import type { SimulatedTraining } from './simulated-training.ts';

/** Says after each look how long to pause. */
export type Watcher = (look: Pick<Training, 'phase' | 'progress'>, nowMs: number) => number;

/** The action's own schedule. */
export function adaptive(random: Random): Watcher {
  let pace: Pace | undefined;
  return (look, nowMs) => {
    pace = pace ? paceAfter(pace, look, nowMs) : firstPace(look, nowMs);
    return nextLookMs(pace, nowMs, random.next());
  };
}

/** Always after the same time. */
export function every(ms: number): Watcher {
  return () => ms;
}

/** Each pause twice as long as the one before, from `fromMs` to `toMs`. */
export function backOff(fromMs: number, toMs: number): Watcher {
  let ms = fromMs / 2;
  return () => {
    ms = Math.min(ms * 2, toMs);
    return ms;
  };
}

/** What watching a training to its end came to. */
export interface Watched {
  /** From the end until the look that shows it. */
  readonly delayMs: number;
  readonly looks: number;
  /** Those after the queue. */
  readonly looksAtWork: number;
}

/** Watches on a virtual clock, on which a look takes no time. The look at 0, right after the start, is not counted. */
export function watch({ at, endAtMs, queuedMs }: SimulatedTraining, watcher: Watcher): Watched {
  let looksAtWork = 0;
  let nowMs = 0;
  for (let looks = 0; ; looks += 1) {
    if (nowMs >= endAtMs) return { delayMs: nowMs - endAtMs, looks, looksAtWork };
    nowMs += watcher(at(nowMs), nowMs);
    if (nowMs >= queuedMs) looksAtWork += 1;
  }
}
