import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/gate/metric.ts';
import { NONE, rounded, shown } from '../../src/report/numbers.ts';

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
