import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextLookMs, timeLeftMs } from '../../src/training/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('the next look', () => {
  test.each<{ name: string; elapsedMs: number; leftMs?: number; random?: number; expected: number }>([
    { name: 'comes after 5 s at first', elapsedMs: 0, expected: 5_000 },
    {
      name: 'still comes after 5 s when 2 % of the time elapsed is just that',
      elapsedMs: 250_000,
      expected: 5_000,
    },
    { name: 'comes after 2 % of the time elapsed', elapsedMs: 10 * minute, expected: 12_000 },
    { name: 'comes after a minute when 2 % is just that', elapsedMs: 50 * minute, expected: 60_000 },
    { name: 'never comes later than a minute', elapsedMs: 30 * hour, expected: 60_000 },
    { name: 'comes up to a tenth sooner by chance', elapsedMs: hour, random: 1, expected: 54_000 },
    { name: 'comes half of that sooner at half the chance', elapsedMs: hour, random: 0.5, expected: 57_000 },
    { name: 'comes no sooner than 5 s by chance', elapsedMs: 0, random: 1, expected: 5_000 },
    { name: 'comes when the end is due', elapsedMs: hour, leftMs: 20_000, expected: 20_000 },
    { name: 'comes after 5 s if the end is nearer', elapsedMs: hour, leftMs: 1_000, expected: 5_000 },
    { name: 'comes after 5 s if the end is due now', elapsedMs: hour, leftMs: 0, expected: 5_000 },
    {
      name: 'is not put off by an end that is far',
      elapsedMs: 10 * minute,
      leftMs: 9 * hour,
      expected: 12_000,
    },
    { name: 'is not before 5 s if the end is overdue', elapsedMs: hour, leftMs: -minute, expected: 5_000 },
  ])('$name', ({ elapsedMs, leftMs, random = 0, expected }) => {
    expect(nextLookMs({ elapsedMs, leftMs }, random)).toBe(expected);
  });

  test('comes after 5 s to 60 s, whatever the pace and chance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 48 * hour, noNaN: true }),
        fc.option(fc.double({ min: -hour, max: 1e12, noNaN: true }), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (elapsedMs, leftMs, random) => {
          const next = nextLookMs({ elapsedMs, leftMs }, random);
          expect(next).toBeGreaterThanOrEqual(5_000);
          expect(next).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });
});

describe('the time left', () => {
  const at = (atMs: number, progress: number) => ({ atMs, progress });

  test.each([
    { name: 'is as long as half took, at half', first: at(0, 0), last: at(minute, 0.5), expected: minute },
    {
      name: 'is told by the pace between the samples, not by the time before',
      first: at(hour, 0.5),
      last: at(hour + minute, 0.75),
      expected: minute,
    },
    { name: 'is nothing at the end', first: at(0, 0.5), last: at(minute, 1), expected: 0 },
    { name: 'is unknown without a first sample', first: undefined, last: at(0, 0.5), expected: undefined },
    { name: 'is unknown without a last sample', first: at(0, 0.5), last: undefined, expected: undefined },
    { name: 'is unknown without progress', first: at(0, 0.5), last: at(minute, 0.5), expected: undefined },
    {
      name: 'is unknown if progress went back',
      first: at(0, 0.5),
      last: at(minute, 0.4),
      expected: undefined,
    },
    {
      name: 'is unknown if no time went by',
      first: at(minute, 0),
      last: at(minute, 0.5),
      expected: undefined,
    },
    { name: 'is unknown if time went back', first: at(minute, 0), last: at(0, 0.5), expected: undefined },
  ])('$name', ({ first, last, expected }) => {
    expect(timeLeftMs(first, last)).toBe(expected);
  });
});
