import { describe, expect, test } from 'vitest';
import { validationMetrics, withMetrics } from '../../../src/roboflow/results/version-results.ts';
import type { TrainResultsRow } from '../../../src/roboflow/schema/version-body.ts';
import { model } from '../../build.ts';

function row(name: string, changes: Partial<TrainResultsRow> = {}): TrainResultsRow {
  return {
    class: name,
    targets: 10,
    precision: 0.884,
    recall: 0.796,
    map50: 0.842,
    map95: 0.617,
    ...changes,
  };
}

describe('the metrics of a version’s training results', () => {
  test('are those of all classes on the validation split, in percent', () => {
    const results = new Map([
      ['test', [row('all', { map50: 0.99 })]],
      ['valid', [row('vest', { map50: 0.5 }), row('all')]],
    ]);
    expect(validationMetrics(results)).toEqual(
      new Map(Object.entries({ 'map50-95': 61.7, map50: 84.2, precision: 88.4, recall: 79.6 })),
    );
  });

  test.each(['all', 'ALL', 'All'])('are found in the row "%s"', (name) => {
    expect(validationMetrics(new Map([['valid', [row(name)]]])).get('map50')).toBe(84.2);
  });

  test.each([
    { fraction: 0.617, percent: 61.7 },
    { fraction: 0.291, percent: 29.1 },
    { fraction: 0.57, percent: 57 },
    { fraction: 0.0001, percent: 0.01 },
    { fraction: 0, percent: 0 },
    { fraction: 1, percent: 100 },
  ])('are not off by what is lost in a multiplication: $fraction', ({ fraction, percent }) => {
    expect(validationMetrics(new Map([['valid', [row('all', { map95: fraction })]]])).get('map50-95')).toBe(
      percent,
    );
  });

  test('leave out what is not told', () => {
    const results = new Map([['valid', [row('all', { map50: undefined, recall: undefined })]]]);
    expect([...validationMetrics(results).keys()]).toEqual(['map50-95', 'precision']);
  });

  test.each([
    { name: 'there is no split', results: new Map() },
    { name: 'only the test split has rows', results: new Map([['test', [row('all')]]]) },
    { name: 'no row stands for all classes', results: new Map([['valid', [row('vest')]]]) },
  ])('are none if $name', ({ results }) => {
    expect(validationMetrics(results).size).toBe(0);
  });
});

test('a model keeps what it reports itself, and gets what it does not', () => {
  const own = model({ metrics: { map50: 84.2 } });
  const more = new Map([
    ['map50', 99],
    ['map50-95', 61.7],
  ] as const);
  expect(withMetrics(own, more)).toEqual({
    ...own,
    metrics: new Map(Object.entries({ map50: 84.2, 'map50-95': 61.7 })),
  });
});
