import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/gate/metric.ts';
import { EXACT, NONE, ROUNDED, rounded, shown, signed } from '../../src/report/text/numbers.ts';

describe('a value as people read it', () => {
  test.each<{ metric: Metric; value: number; expected: string; withUnit: string }>([
    { metric: 'map50', value: 81, expected: '81.0', withUnit: '81.0 %' },
    { metric: 'map50-95', value: 56.13, expected: '56.1', withUnit: '56.1 %' },
    { metric: 'precision', value: 0, expected: '0.0', withUnit: '0.0 %' },
    { metric: 'recall', value: 99.96, expected: '100.0', withUnit: '100.0 %' },
    { metric: 'f1', value: 100, expected: '100.0', withUnit: '100.0 %' },
    { metric: 'latency', value: 0.1234, expected: '0.123', withUnit: '0.123 ms' },
    { metric: 'latency', value: 2.1, expected: '2.10', withUnit: '2.10 ms' },
    { metric: 'latency', value: 12.34, expected: '12.3', withUnit: '12.3 ms' },
    { metric: 'latency', value: 123.4, expected: '123', withUnit: '123 ms' },
    { metric: 'latency', value: 999.4, expected: '999', withUnit: '999 ms' },
    { metric: 'latency', value: 999.6, expected: '1000', withUnit: '1000 ms' },
    { metric: 'latency', value: 1234.4, expected: '1234', withUnit: '1234 ms' },
    { metric: 'perplexity', value: 2.7149, expected: '2.71', withUnit: '2.71' },
    { metric: 'perplexity', value: 99.96, expected: '100', withUnit: '100' },
    { metric: 'perplexity', value: 123.4, expected: '123', withUnit: '123' },
    { metric: 'perplexity', value: 12_345.6, expected: '12346', withUnit: '12346' },
  ])('$metric $value is $expected', ({ metric, value, expected, withUnit }) => {
    expect(rounded(value, metric)).toBe(expected);
    expect(shown(value, metric), 'with a blank that no line breaks at').toBe(withUnit.replace(' ', '\u{A0}'));
  });

  test('is a dash where there is none', () => {
    expect([shown(undefined, 'map50'), shown(undefined, 'latency'), NONE]).toEqual(['-', '-', '-']);
  });

  test('is written without an exponent', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e9, noNaN: true }),
        fc.constantFrom('map50' as const, 'latency' as const, 'perplexity' as const),
        (value, metric) => {
          expect(rounded(value, metric)).toMatch(/^\d+(\.\d+)?$/);
        },
      ),
      {
        examples: [
          [999.5, 'latency'],
          [999.99, 'latency'],
          [999.5, 'perplexity'],
        ],
      },
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
    { metric: 'latency', value: 20.04, others: [20], expected: '20.04' },
    { metric: 'latency', value: 1234.4, others: [1234], expected: '1234.4' },
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
        fc.constantFrom('map50' as const, 'latency' as const, 'perplexity' as const),
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

test.each<{ metric: Metric; distance: number; expected: string }>([
  { metric: 'map50', distance: 4.24, expected: '+4.2 points' },
  { metric: 'map50', distance: -0.04, expected: '-0.04 points' },
  { metric: 'map50', distance: 0, expected: '0.0 points' },
  { metric: 'latency', distance: -0.0004, expected: '-0.0004 ms' },
  { metric: 'latency', distance: 0.3, expected: '+0.3 ms' },
])(
  'a distance of $distance is $expected, and zero only where it is none',
  ({ metric, distance, expected }) => {
    expect(signed(distance, metric)).toBe(expected.replace(' ', '\u{A0}'));
  },
);

test('in a sentence figures are as exact as they came in the log, and short in the report', () => {
  const figures = [EXACT, ROUNDED].map(({ value, distance }) => [
    value(84.23456789, 'map50', 85),
    value(5.123456789, 'latency'),
    value(5, 'latency'),
    value(200, 'latency'),
    distance(0.76543211, 'map50'),
    distance(7, 'map50'),
  ]);
  expect(figures).toEqual([
    ['84.23456789', '5.123456789', '5', '200', '0.76543211', '7'],
    ['84.2', '5.12', '5', '200', '0.8', '7'],
  ]);
});
