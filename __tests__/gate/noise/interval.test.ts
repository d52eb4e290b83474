import { expect, test } from 'vitest';
import { differenceOf, type Interval, wilson, wilsonOfF1, zAmong } from '../../../src/gate/noise/interval.ts';

function rounded({ low, high }: Interval, digits = 1): string {
  return `${(low * 100).toFixed(digits)} to ${(high * 100).toFixed(digits)}`;
}

test.each([
  [1058, 1204, '85.9 to 89.6'],
  [63, 94, '57.0 to 75.7'],
  [20, 20, '83.9 to 100.0'],
  [0, 20, '0.0 to 16.1'],
  [1, 1, '20.7 to 100.0'],
])('%d of %d: %s %% (Wilson 1927)', (k, n, wanted) => {
  expect(rounded(wilson(k / n, n))).toBe(wanted);
});

// R. G. Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10.
test.each([
  [56, 70, 48, 80, '0.0524 to 0.3339'],
  [9, 10, 3, 10, '0.1705 to 0.8090'],
  [6, 7, 2, 7, '0.0582 to 0.8062'],
  [5, 56, 0, 29, '-0.0381 to 0.1926'],
  [0, 10, 0, 20, '-0.1611 to 0.2775'],
  [0, 10, 0, 10, '-0.2775 to 0.2775'],
  [10, 10, 0, 20, '0.6791 to 1.0000'],
  [10, 10, 0, 10, '0.6075 to 1.0000'],
])('%d of %d less %d of %d: %s', (k1, n1, k2, n2, wanted) => {
  const estimate = (k: number, n: number) => ({ value: k / n, ...wilson(k / n, n, 1.959964) });
  const { low, high } = differenceOf(estimate(k1, n1), estimate(k2, n2));
  expect(`${low.toFixed(4)} to ${high.toFixed(4)}`).toBe(wanted);
});

test('an F1 is J mapped: 80 of 100 is J 66.7 %', () => {
  const j = wilson(2 / 3, 120);
  expect(wilsonOfF1(0.8, 120).low).toBeCloseTo((2 * j.low) / (1 + j.low), 12);
  expect(rounded(wilsonOfF1(0.8, 120))).toBe('73.3 to 85.4');
});

test.each([
  [1, 1.96],
  [2, 2.2414],
  [10, 2.807],
  [100, 3.4808],
  [500, 3.8906],
])('5 %% shared by %d: z = %d', (count, z) => {
  expect(Math.abs(zAmong(count) - z)).toBeLessThan(5e-4);
});
