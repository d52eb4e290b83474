import { firstPace, type Pace, paceAfter } from '../../src/training/schedule.ts';
import type { Phase } from '../../src/training/training.ts';

const minute = 60_000;

/** What a look showed so many minutes after the start. */
export type Seen = readonly [atMin: number, phase: Phase, progress?: number];

/** One look at least: the first of a wait. */
export type Looks = readonly [Seen, ...Seen[]];

export function paceOf([first, ...more]: Looks): Pace {
  const [atMin, phase, progress] = first;
  return more.reduce(
    (pace, [atMin, phase, progress]) => paceAfter(pace, { phase, progress }, atMin * minute),
    firstPace({ phase, progress }, atMin * minute),
  );
}

/** A look a minute, each of which shows so much more progress. */
export function steady(minutes: number, perMinute: number): Looks {
  const more = Array.from({ length: minutes }, (_, index) => index + 1);
  return [[0, 'active', 0], ...more.map((atMin): Seen => [atMin, 'active', atMin * perMinute])];
}
