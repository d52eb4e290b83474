import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/gate/model.ts';
import { headlineOf } from '../../src/gate/picks.ts';
import { model } from '../build.ts';

const small = model({
  id: 'small',
  family: 'child',
  metrics: { 'map50-95': 50 },
  latency: { T4: 2, Orin: 9 },
});
const medium = model({
  id: 'medium',
  family: 'child',
  metrics: { 'map50-95': 60 },
  latency: { T4: 5, Orin: 20 },
});
const large = model({ id: 'large', family: 'child', metrics: { 'map50-95': 70 }, latency: { T4: 12 } });
const stock = model({ id: 'stock', family: 'stock', metrics: { 'map50-95': 99 }, latency: { T4: 1 } });
const broken = model({ id: 'broken', finished: false, metrics: { 'map50-95': 99 }, latency: { T4: 1 } });

describe('the headline model', () => {
  test.each<{ name: string; models: readonly Model[]; expected: string | undefined }>([
    { name: 'is none if there are no models', models: [], expected: undefined },
    {
      name: 'is none if no model has a metric',
      models: [model({ latency: { T4: 1 } })],
      expected: undefined,
    },
    {
      name: 'is none if only precision and recall are known',
      models: [model({ metrics: { precision: 90, recall: 90 } })],
      expected: undefined,
    },
    { name: 'is the most accurate one', models: [small, large, medium], expected: 'large' },
    { name: 'is never a stock model', models: [small, stock], expected: 'small' },
    { name: 'is never an unfinished one', models: [broken, small], expected: 'small' },
    {
      name: 'is none if all are stock models or unfinished',
      models: [stock, broken],
      expected: undefined,
    },
    {
      name: 'is found by mAP50-95 before mAP50',
      models: [
        model({ id: 'a', metrics: { map50: 99, 'map50-95': 40 } }),
        model({ id: 'b', metrics: { map50: 70, 'map50-95': 41 } }),
      ],
      expected: 'b',
    },
    {
      name: 'is one that reports mAP50-95 if any does',
      models: [model({ id: 'a', metrics: { map50: 99 } }), model({ id: 'b', metrics: { 'map50-95': 1 } })],
      expected: 'b',
    },
    {
      name: 'is not found by a metric that only a stock model reports',
      models: [stock, model({ id: 'a', metrics: { map50: 60 } }), model({ id: 'b', metrics: { map50: 61 } })],
      expected: 'b',
    },
    {
      name: 'is found by accuracy before mIoU',
      models: [
        model({ id: 'a', metrics: { accuracy: 80, miou: 1 } }),
        model({ id: 'b', metrics: { accuracy: 79, miou: 90 } }),
      ],
      expected: 'a',
    },
    {
      name: 'is found by mIoU before F1',
      models: [
        model({ id: 'a', metrics: { miou: 80, f1: 1 } }),
        model({ id: 'b', metrics: { miou: 79, f1: 90 } }),
      ],
      expected: 'a',
    },
    {
      name: 'has the lowest perplexity if that is all there is',
      models: [
        model({ id: 'a', metrics: { perplexity: 4 } }),
        model({ id: 'b', metrics: { perplexity: 3 } }),
      ],
      expected: 'b',
    },
    {
      name: 'with the same accuracy is the faster one',
      models: [
        model({ id: 'a', metrics: { map50: 80 }, latency: { T4: 5 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 4 } }),
      ],
      expected: 'b',
    },
    {
      name: 'with the same accuracy is one whose latency is known',
      models: [
        model({ id: 'a', metrics: { map50: 80 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 400 } }),
      ],
      expected: 'b',
    },
    {
      name: 'with the same accuracy and latency has the first id',
      models: [model({ id: 'b', metrics: { map50: 80 } }), model({ id: 'a', metrics: { map50: 80 } })],
      expected: 'a',
    },
  ])('$name', ({ models, expected }) => {
    expect(headlineOf(models)?.id).toBe(expected);
  });
});
