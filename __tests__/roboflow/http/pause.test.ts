import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/roboflow/http/failure.ts';
import { pauseMs, retryAfterMs } from '../../../src/roboflow/http/retry.ts';

function refused(status: number, retryAfterMs?: number): Failure {
  return { kind: 'refused', status, code: undefined, message: undefined, retryAfterMs };
}

const unreachable: Failure = { kind: 'unreachable', reason: 'connection refused' };
const lost: Failure = { kind: 'lost', reason: 'reset' };
const unreadable: Failure = { kind: 'unreadable', status: 200, reason: 'HTML' };

describe('the pause before the next try', () => {
  test.each([
    { tries: 1, random: 0, expected: 1_000 },
    { tries: 1, random: 0.5, expected: 1_500 },
    { tries: 1, random: 1, expected: 2_000 },
    { tries: 2, random: 1, expected: 4_000 },
    { tries: 3, random: 1, expected: 8_000 },
    { tries: 4, random: 1, expected: 16_000 },
    { tries: 5, random: 1, expected: 30_000 },
    { tries: 5, random: 0.5, expected: 15_500 },
    { tries: 6, random: 0, expected: 1_000 },
    { tries: 1_000, random: 1, expected: 30_000 },
  ])('after $tries tries, with chance at $random, is $expected ms', ({ tries, random, expected }) => {
    expect(pauseMs(tries, refused(503), random)).toBe(expected);
    expect(pauseMs(tries, lost, random)).toBe(expected);
  });

  test.each([
    { name: 'is what the server asks for', wantedMs: 7_000, expected: 7_000 },
    { name: 'is at least a second', wantedMs: 0, expected: 1_000 },
    { name: 'may be longer than any of our own', wantedMs: 120_000, expected: 120_000 },
    { name: 'is five minutes if the server asks for just that', wantedMs: 300_000, expected: 300_000 },
    { name: 'is never over five minutes', wantedMs: 3_600_000, expected: 300_000 },
  ])('$name', ({ wantedMs, expected }) => {
    expect(pauseMs(1, refused(429, wantedMs), 0.9)).toBe(expected);
    expect(pauseMs(20, refused(503, wantedMs), 0)).toBe(expected);
  });

  test('is from 1 s to 30 s, whatever chance says, if the server asks for nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(unreachable, lost, unreadable, refused(429), refused(500)),
        (tries, random, failure) => {
          const pause = pauseMs(tries, failure, random);
          expect(pause).toBeGreaterThanOrEqual(1_000);
          expect(pause).toBeLessThanOrEqual(30_000);
        },
      ),
    );
  });
});

describe('a Retry-After header', () => {
  const now = Date.UTC(2027, 0, 4, 9, 0, 0);

  test.each<{ header: string | undefined; expected: number | undefined }>([
    { header: '0', expected: 0 },
    { header: '1', expected: 1_000 },
    { header: '120', expected: 120_000 },
    { header: ' 5 ', expected: 5_000 },
    { header: '999999999', expected: 999_999_999_000 },
    { header: 'Mon, 04 Jan 2027 09:00:30 GMT', expected: 30_000 },
    { header: 'Mon, 04 Jan 2027 09:00:00 GMT', expected: 0 },
    { header: 'Tue, 05 Jan 2027 09:00:00 GMT', expected: 86_400_000 },
    { header: 'Sun, 03 Jan 2027 09:00:00 GMT', expected: 0 },
    { header: 'Monday, 04-Jan-27 09:00:30 GMT', expected: 30_000 },
    { header: 'Mon Jan  4 09:00:30 2027', expected: 30_000 },
    { header: undefined, expected: undefined },
    { header: '', expected: undefined },
    { header: '   ', expected: undefined },
    { header: '-1', expected: undefined },
    { header: '+5', expected: undefined },
    { header: '1.5', expected: undefined },
    { header: '1e3', expected: undefined },
    { header: '0x10', expected: undefined },
    { header: '5, 10', expected: undefined },
    { header: '30s', expected: undefined },
    { header: 'soon', expected: undefined },
    { header: 'NaN', expected: undefined },
    { header: 'Infinity', expected: undefined },
    { header: 'Foo, bar', expected: undefined },
    { header: 'Mon, 99 Jan 2027 09:00:30 GMT', expected: undefined },
    { header: 'Jan 1', expected: undefined },
    { header: 'try again in 5', expected: undefined },
    { header: 'max 3', expected: undefined },
  ])('$header asks for a pause of $expected ms', ({ header, expected }) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  test('never asks for a negative or endless pause, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date().map(String), fc.nat().map(String)), (header) => {
        const ms = retryAfterMs(header, now);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});
