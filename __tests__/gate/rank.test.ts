import { describe, expect, test } from 'vitest';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { headlineMetric, rankedBy } from '../../src/gate/rank.ts';
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
