import { describe, expect, test } from 'vitest';
import { nextLookMs, timeLeftMs } from '../../src/training/schedule.ts';
import { type Looks, paceOf, steady } from './pace-of.ts';

const minute = 60_000;
const queued: Looks = [[0, 'waiting']];
const untold: Looks = [[0, 'active']];
const unmoved: Looks = [[0, 'active', 0]];
const slow = steady(10, 0.001);
/** Half done in 10 min; the last step is thought to be of 9.5 min, so the end is due at 19.5 min. */
const half = steady(10, 0.05);
/** Due at 9.5 min. */
const whole = steady(10, 0.1);

/** Minutes from the start to the moment of planning, and seconds from there to the next look. */
interface Row {
  readonly name: string;
  readonly seen: Looks;
  readonly nowMin: number;
  readonly random?: number;
  readonly pauseS: number;
}

describe('the pause before the next look', () => {
  test.each<Row>([
    { name: '5 s after the start', seen: queued, nowMin: 0, pauseS: 5 },
    { name: '5 s after the start, by chance no less', seen: queued, nowMin: 0, random: 1, pauseS: 5 },
    { name: 'queued: half the time waited', seen: queued, nowMin: 1, pauseS: 30 },
    { name: 'queued: a minute at most', seen: queued, nowMin: 300, pauseS: 60 },
    { name: 'no progress: 5 s while 2 % is less', seen: untold, nowMin: 4, pauseS: 5 },
    { name: 'no progress: 2 % of the time waited', seen: untold, nowMin: 10, pauseS: 12 },
    { name: 'no progress: a minute at most', seen: untold, nowMin: 1_800, pauseS: 60 },
    { name: 'no progress: queue included', seen: [...queued, [10, 'active']], nowMin: 10, pauseS: 12 },
    { name: 'no progress, unknown word: 2 % as well', seen: [[0, 'unknown']], nowMin: 10, pauseS: 12 },
    { name: 'progress that has not moved: half the time worked', seen: unmoved, nowMin: 1, pauseS: 30 },
    { name: 'progress that has not moved: 175 s at most', seen: unmoved, nowMin: 60, pauseS: 175 },
    { name: 'worked: without the queue', seen: [...queued, [60, 'active', 0]], nowMin: 60.5, pauseS: 15 },
    { name: '5 s after attaching', seen: [[0, 'active', 0.4]], nowMin: 0, pauseS: 5 },
    { name: 'progress: a sixth of the time left', seen: half, nowMin: 10, pauseS: 95 },
    { name: 'progress: 175 s at most', seen: slow, nowMin: 10, pauseS: 175 },
    { name: 'progress: by chance a twentieth less', seen: slow, nowMin: 10, random: 1, pauseS: 166.25 },
    {
      name: 'progress: by half the chance half of that',
      seen: slow,
      nowMin: 10,
      random: 0.5,
      pauseS: 170.625,
    },
    { name: 'the end is due: 5 s', seen: whole, nowMin: 9.5, pauseS: 5 },
    { name: 'the end is overdue: a sixth of the time since', seen: whole, nowMin: 15.5, pauseS: 60 },
    { name: 'the end is long overdue: 175 s at most', seen: whole, nowMin: 600, pauseS: 175 },
    {
      name: 'progress stands still: a sixth of the time since it should move',
      seen: half,
      nowMin: 18.5,
      pauseS: 80,
    },
    {
      name: 'a step that stalled does not count among five',
      seen: [...steady(8, 0.05), [179, 'active', 0.4], [180, 'active', 0.45], [181, 'active', 0.5]],
      nowMin: 181,
      pauseS: 95,
    },
    {
      name: 'a step that jumped does not count among five',
      seen: [...steady(8, 0.02), [9, 'active', 0.48], [10, 'active', 0.5]],
      nowMin: 10,
      pauseS: 175,
    },
    {
      name: 'of two paces the faster one counts',
      seen: [...unmoved, [1, 'active', 0.1], [2, 'active', 0.11]],
      nowMin: 2,
      pauseS: 39.5,
    },
    {
      name: 'progress went back: as if it had not moved',
      seen: [...whole, [11, 'active', 0.1]],
      nowMin: 11,
      pauseS: 175,
    },
    { name: 'stopping: 5 s at first', seen: [...slow, [60, 'ending']], nowMin: 60, pauseS: 5 },
    { name: 'stopping: a sixth of the time since', seen: [...slow, [60, 'ending']], nowMin: 63, pauseS: 30 },
    {
      name: 'stopping: a sixth of the time since the first look that showed it',
      seen: [...slow, [60, 'ending'], [62, 'ending']],
      nowMin: 63,
      pauseS: 30,
    },
    { name: 'stopping: a minute at most', seen: [[0, 'ending']], nowMin: 600, pauseS: 60 },
  ])('$name', ({ seen, nowMin, random = 0, pauseS }) => {
    expect(nextLookMs(paceOf(seen), nowMin * minute, random)).toBeCloseTo(pauseS * 1_000, 6);
  });
});

describe('the time left', () => {
  test.each<{ name: string; seen: Looks; nowMin: number; leftMin: number | undefined }>([
    { name: 'is told by the pace', seen: half, nowMin: 10, leftMin: 9.5 },
    { name: 'shrinks between the looks', seen: half, nowMin: 11, leftMin: 8.5 },
    { name: 'is unknown without progress', seen: untold, nowMin: 60, leftMin: undefined },
    { name: 'is unknown while progress has not moved', seen: unmoved, nowMin: 60, leftMin: undefined },
    { name: 'is unknown past the expected end', seen: whole, nowMin: 10, leftMin: undefined },
    {
      name: 'is unknown when progress went back',
      seen: [...half, [11, 'active', 0.1]],
      nowMin: 11,
      leftMin: undefined,
    },
    {
      name: 'is told by most of the last five steps',
      seen: [...steady(10, 0.01), [11, 'active', 0.2], [12, 'active', 0.3], [13, 'active', 0.4]],
      nowMin: 13,
      leftMin: 5.5,
    },
  ])('$name', ({ seen, nowMin, leftMin }) => {
    const leftMs = timeLeftMs(paceOf(seen), nowMin * minute);
    if (leftMin === undefined) expect(leftMs).toBeUndefined();
    else expect(leftMs).toBeCloseTo(leftMin * minute, 6);
  });
});
