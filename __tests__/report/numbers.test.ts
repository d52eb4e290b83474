import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/gate/metric.ts';
import {
  count,
  countDifference,
  counted,
  differenceFrom,
  distance,
  duration,
  NONE,
  rounded,
  shown,
} from '../../src/report/words/numbers.ts';
import { breakable } from './parsed.ts';

describe('a value as people read it', () => {
  test.each<{ metric: Metric; value: number; expected: string }>([
    { metric: 'map50', value: 81, expected: '81.0 %' },
    { metric: 'map50-95', value: 56.13, expected: '56.1 %' },
    { metric: 'precision', value: 0, expected: '0.0 %' },
    { metric: 'precision', value: 0.004, expected: '0.004 %' },
    { metric: 'recall', value: 99.96, expected: '100.0 %' },
    { metric: 'recall', value: 21.45, expected: '21.5 %' },
    { metric: 'recall', value: 76.45, expected: '76.5 %' },
    { metric: 'latency', value: 2.1, expected: '2.1 ms' },
    { metric: 'latency', value: 12.34, expected: '12.3 ms' },
    { metric: 'latency', value: 1234.4, expected: '1234.4 ms' },
    { metric: 'latency', value: 0.0004, expected: '0.0004 ms' },
    { metric: 'perplexity', value: 2.7149, expected: '2.71' },
    { metric: 'perplexity', value: 12_345.6, expected: '12345.60' },
    { metric: 'perplexity', value: 1.005, expected: '1.01' },
  ])('$metric $value is $expected', ({ metric, value, expected }) => {
    expect(shown(value, metric), 'with a blank that no line breaks at').toBe(expected.replace(' ', '\u{A0}'));
  });

  test('is a dash if there is none', () => {
    expect([shown(undefined, 'map50'), NONE]).toEqual(['–', '–']);
  });

  test('is written without an exponent, and as nothing only if it is nothing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-8, max: 1e9, noNaN: true }),
        fc.constantFrom<Metric>('map50', 'latency', 'perplexity'),
        (value, metric) => {
          expect(rounded(value, metric)).toMatch(/^\d+\.\d+$/);
          expect(Number(rounded(value, metric))).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('a value beside others', () => {
  test.each<{ metric: Metric; value: number; others: readonly number[]; expected: string }>([
    { metric: 'map50', value: 79.96, others: [80], expected: '79.96' },
    { metric: 'map50', value: 80, others: [79.96], expected: '80.00' },
    { metric: 'map50', value: 79.9996, others: [80, 79.96], expected: '79.9996' },
    { metric: 'map50', value: 79.9, others: [80], expected: '79.9' },
    { metric: 'map50', value: 80, others: [80], expected: '80.0' },
    { metric: 'map50', value: 79.9999999999, others: [80], expected: '80.0' },
    { metric: 'map50', value: 79.9999999999, others: [80, 80.04], expected: '80.00' },
    { metric: 'latency', value: 20.04, others: [20], expected: '20.04' },
    { metric: 'perplexity', value: 2.7149, others: [2.71], expected: '2.715' },
  ])('$metric $value beside $others is $expected', ({ metric, value, others, expected }) => {
    expect(rounded(value, metric, others)).toBe(expected);
  });

  test('is never on the wrong side of what it differs from', () => {
    const numbers = fc.double({ min: 0.0001, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        numbers,
        fc.oneof(numbers, fc.double({ min: -0.2, max: 0.2, noNaN: true })),
        fc.constantFrom<Metric>('map50', 'latency', 'perplexity'),
        (value, near, metric) => {
          const other = Math.abs(near) <= 0.2 ? Math.abs(value + near) : near;
          fc.pre(Math.abs(value - other) > 1e-8);
          const difference =
            Number(rounded(value, metric, [other])) - Number(rounded(other, metric, [value]));
          expect(Math.sign(difference)).toBe(Math.sign(value - other));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test.each<readonly [Metric, number, string]>([
  ['map50', 4.24, '4.2 points'],
  ['map50', -0.04, '0.04 points'],
  ['map50', 0, '0.0 points'],
  ['latency', -4.83, '4.8 ms'],
  ['latency', 0.0004, '0.0004 ms'],
])('a distance in %s of %d is %s', (metric, size, expected) => {
  expect(breakable(distance(size, metric))).toBe(expected);
});

test.each<readonly [Metric, number | undefined, number, string]>([
  ['map50', 81.4, 84.2, ' (+2.8)'],
  ['map50', 76.6, 76.4, ' (−0.2)'],
  ['map50', 80, 80, ''],
  ['map50', 80, 80.04, ''],
  ['map50', 0.3, 0.1 + 0.2, ''],
  ['map50', undefined, 80, ''],
  ['perplexity', 5, 4, ' (−1.00)'],
])('in %s from %s to %s is "%s"', (metric, base, value, expected) => {
  expect(differenceFrom(base, value, metric)).toBe(expected);
});

test('whole numbers have commas, and their differences a sign', () => {
  expect([0, 999, 1_640, 1_234_567].map(count)).toEqual(['0', '999', '1,640', '1,234,567']);
  expect([
    countDifference(1_430, 1_640),
    countDifference(5, 3),
    countDifference(3, 3),
    countDifference(undefined, 3),
  ]).toEqual([' (+210)', ' (−2)', '', '']);
  expect([counted(1, 'rule'), counted(2_000, 'rule')].map(breakable)).toEqual(['1 rule', '2,000 rules']);
});

test('a duration is never parted by the end of a line', () => {
  expect(duration(4_200_000)).toBe('1\u{A0}h\u{A0}10\u{A0}min');
});
