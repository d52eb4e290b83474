import { describe, expect, test } from 'vitest';
import { poll } from '../../src/lib/poll.ts';
import { VirtualClock } from '../flow/clock.ts';

interface Case {
  readonly first?: string;
  /** What each look shows; the last one again and again. */
  readonly shows: readonly string[];
  /** How long a look takes. */
  readonly lookMs?: number;
  readonly untilMs?: number;
  readonly pauseMs?: (looks: number, seen: string) => number;
  /** What it comes to, when each look began, and the pauses that were told. */
  readonly expected: readonly [seen: string, lookedAtMs: readonly number[], paused: readonly string[]];
}

const byLooks = (looks: number) => looks * 7;
const bySeen = (looks: number, seen: string) => looks * 10 + seen.length;
const late = { lookMs: 30, untilMs: 25 };

const CASES: readonly (readonly [string, Omit<Case, 'expected'>, Case['expected']])[] = [
  ['what is enough at once is not looked at again', { shows: ['end'] }, ['end', [0], []]],
  ['a given first one that is enough is not looked at', { first: 'end', shows: [] }, ['end', [], []]],
  ['a given first one is a look', { first: 'a', shows: ['end'], pauseMs: byLooks }, ['end', [7], ['a 7 1']]],
  [
    'pauses follow the number of looks and what was seen',
    { shows: ['a', 'bcd', 'end'], pauseMs: bySeen },
    ['end', [0, 11, 34], ['a 11 1', 'bcd 23 2']],
  ],
  [
    'a pause that goes beyond the deadline ends at it, and the look there is the last',
    { shows: ['a'], untilMs: 25 },
    ['a', [0, 10, 20, 25], ['a 10 1', 'a 10 2', 'a 5 3']],
  ],
  ['a look that lasts beyond the deadline is the last', { shows: ['a'], ...late }, ['a', [0], []]],
  ['a deadline that has passed leaves one look', { shows: ['a', 'end'], untilMs: -1 }, ['a', [0], []]],
  [
    'a given first one is never the last look',
    { first: 'a', shows: ['b'], untilMs: -1 },
    ['b', [0], ['a 0 1']],
  ],
  ['an end counts after the deadline too', { shows: ['end'], ...late }, ['end', [0], []]],
  ['a pause below 0 is none', { shows: ['a', 'end'], pauseMs: () => -5 }, ['end', [0, 0], ['a 0 1']]],
];

function polling({ first, shows, lookMs = 0, untilMs = 1000, pauseMs = () => 10 }: Omit<Case, 'expected'>) {
  const clock = new VirtualClock();
  const startMs = clock.now();
  const stop = new AbortController();
  const lookedAtMs: number[] = [];
  const paused: string[] = [];
  const result = poll<string>(
    {
      first,
      look: async () => {
        lookedAtMs.push(clock.now() - startMs);
        await clock.sleep(lookMs);
        return shows[lookedAtMs.length - 1] ?? shows.at(-1) ?? '';
      },
      isEnough: (seen) => seen === 'end',
      pauseMs,
      untilMs: startMs + untilMs,
      onPause: (seen, ms, looks) => paused.push(`${seen} ${ms} ${looks}`),
    },
    { clock, signal: stop.signal },
  );
  return { result, lookedAtMs, paused, stop };
}

describe('poll', () => {
  test.each(CASES)('%s', async (_, given, expected) => {
    const { result, lookedAtMs, paused } = polling(given);
    expect([await result, lookedAtMs, paused]).toEqual(expected);
  });

  test('the signal ends it in a pause, with its reason', async () => {
    const { result, lookedAtMs, stop } = polling({ shows: ['a'], pauseMs: () => 100 });
    stop.abort(new Error('cancelled'));
    await expect(result).rejects.toThrow('cancelled');
    expect(lookedAtMs).toEqual([0]);
  });

  test('what a look throws ends it', async () => {
    const look = () => Promise.reject(new Error('refused'));
    const clock = new VirtualClock();
    const plan = { look, isEnough: () => false, pauseMs: () => 1, untilMs: Number.POSITIVE_INFINITY };
    await expect(poll(plan, { clock, signal: new AbortController().signal })).rejects.toThrow('refused');
  });
});
