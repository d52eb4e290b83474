import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, LONGEST_DURATION_MS, parseDuration } from '../../src/lib/duration.ts';

describe('a duration', () => {
  test.each([
    { text: '500ms', expected: 500 },
    { text: '90s', expected: 90_000 },
    { text: '15m', expected: 900_000 },
    { text: '5h30m', expected: 19_800_000 },
    { text: '1d', expected: 86_400_000 },
    { text: '1d2h3m4s5ms', expected: 93_784_005 },
    { text: '5h 30m', expected: 19_800_000 },
    { text: ' 15 m ', expected: 900_000 },
    { text: '15M', expected: 900_000 },
    { text: '5H30M', expected: 19_800_000 },
    { text: '1.5h', expected: 5_400_000 },
    { text: '1.500s', expected: 1_500 },
    { text: '0.25s', expected: 250 },
    { text: '0s', expected: 0 },
    { text: '30m5h', expected: 19_800_000 },
    { text: '24d', expected: 2_073_600_000 },
  ])('"$text" is $expected ms', ({ text, expected }) => {
    expect(parseDuration(text)).toBe(expected);
  });

  test.each([
    ...['', ' ', '10', 'h', '5h30', '5 hours', '15min', '-5s', '+5s', '1e3s', '1,5h', '5h,30m'],
    ...['5h and 30m', '1:30', '1w', '1y', 'NaNs', 'Infinityh', '.5h', '5.h', '0x10s', '５s'],
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('is the sum of its parts', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(59), fc.nat(59), fc.nat(999), (h, m, s, ms) => {
        expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(h * 3_600_000 + m * 60_000 + s * 1_000 + ms);
      }),
    );
  });

  test('is a number from 0, or undefined, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,12}(ms|s|m|h|d| )*$/)), (text) => {
        const ms = parseDuration(text);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});

test('the longest duration fits into a timer of Node', () => {
  expect(LONGEST_DURATION_MS).toBe(2_073_600_000);
  expect(LONGEST_DURATION_MS).toBeLessThan(2 ** 31);
});

test.each([
  { ms: 0, expected: '0 s' },
  { ms: -5_000, expected: '0 s' },
  { ms: 499, expected: '0 s' },
  { ms: 500, expected: '1 s' },
  { ms: 12_000, expected: '12 s' },
  { ms: 59_499, expected: '59 s' },
  { ms: 59_500, expected: '1 min' },
  { ms: 60_000, expected: '1 min' },
  { ms: 245_000, expected: '4 min 5 s' },
  { ms: 599_000, expected: '9 min 59 s' },
  { ms: 599_999, expected: '10 min' },
  { ms: 605_000, expected: '10 min' },
  { ms: 1_500_000, expected: '25 min' },
  { ms: 3_599_999, expected: '1 h' },
  { ms: 4_320_000, expected: '1 h 12 min' },
  { ms: 19_800_000, expected: '5 h 30 min' },
  { ms: 86_400_000, expected: '24 h' },
  { ms: 90_000_000, expected: '25 h' },
  { ms: 172_799_999, expected: '2 d' },
  { ms: 172_800_000, expected: '2 d' },
  { ms: 187_200_000, expected: '2 d 4 h' },
  { ms: 2_073_600_000, expected: '24 d' },
])('$ms ms are "$expected" for people', ({ ms, expected }) => {
  expect(formatDuration(ms)).toBe(expected);
});
