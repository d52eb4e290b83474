import { describe, expect, test } from 'vitest';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import { type Model, typesWithoutStock } from '../../src/gate/model.ts';
import { headlineMetric, mostAccurateFirst, mostAccurateThat, rankedBy } from '../../src/gate/rank.ts';
import { model } from '../build.ts';

const child = model({ id: 'child', family: 'child', metrics: { map50: 70 } });
const stock = model({ id: 'stock', family: 'stock', metrics: { map50: 60, 'map50-95': 50 } });
const unfinished = model({ id: 'unfinished', finished: false, metrics: { map50: 90, 'map50-95': 60 } });

describe('the metric of a run', () => {
  test.each<{ name: string; models: readonly Model[]; expected: AccuracyMetric | undefined }>([
    { name: 'is the most telling that a model reports', models: [child], expected: 'map50' },
    { name: 'is none that only a stock model reports', models: [child, stock], expected: 'map50' },
    { name: 'is none that only an unfinished model reports', models: [unfinished, child], expected: 'map50' },
    { name: 'is none if there are only such models', models: [stock, unfinished], expected: undefined },
    {
      name: 'is none if no metric ranks',
      models: [model({ metrics: { recall: 5 } })],
      expected: undefined,
    },
  ])('$name', ({ models, expected }) => {
    expect(headlineMetric(models)).toBe(expected);
  });
});

test('models are ranked by the metric that is given, and those without it are left out', () => {
  const ids = (metric: AccuracyMetric | undefined) =>
    rankedBy(metric, [stock, child, unfinished]).map(({ id }) => id);
  expect(ids('map50')).toEqual(['unfinished', 'child', 'stock']);
  expect(ids('map50-95')).toEqual(['unfinished', 'stock']);
  expect(ids(undefined)).toEqual([]);
});

test('equal models are ranked by latency, where it was measured, and then by id', () => {
  const equal = (id: string, latency: Readonly<Record<string, number>> = {}) =>
    model({ id, metrics: { map50: 70 }, latency });
  const models = [equal('d'), equal('c', { T4: 3, L4: 9 }), equal('b', { T4: 4, L4: 2 }), equal('a')];
  for (const given of [models, models.toReversed()]) {
    const ids = (hardware?: string) => rankedBy('map50', given, hardware).map(({ id }) => id);
    expect(ids()).toEqual(['b', 'c', 'a', 'd']);
    expect(ids('t4')).toEqual(['c', 'b', 'a', 'd']);
    expect(ids('AI1')).toEqual(['a', 'b', 'c', 'd']);
  }
});

test('models that lack the metric of the others come behind them, best first', () => {
  const worst = model({ id: 'worst', metrics: { map50: 10 } });
  const none = model({ id: 'none', metrics: { recall: 99 } });
  expect(mostAccurateFirst([worst, none, child, stock]).map(({ id }) => id)).toEqual([
    'stock',
    'child',
    'worst',
  ]);
});

describe('the choice of the most accurate', () => {
  test.each([
    ['that holds', [1, 2, 3], 1],
    ['that holds, past one that does not', [2, 1, 3], 1],
    ['that holds the next best, if none holds the first', [4, 2, 3], 2],
    ['of all, if none holds any', [4, 3], 4],
    ['of none', [], undefined],
  ])('%s', (_, items, expected) => {
    const isOne = (item: number) => item === 1;
    const isTwo = (item: number) => item === 2;
    expect(mostAccurateThat(items, isOne, isTwo)).toBe(expected);
  });
});

test('the types of models are told once each, but for those of stock models', () => {
  const types = ['nas', 'nas', undefined].map((type) => model({ type, family: 'child' }));
  expect(typesWithoutStock([model({ type: 'rfdetr-base', family: 'stock' }), ...types])).toEqual([
    'nas',
    undefined,
  ]);
});
