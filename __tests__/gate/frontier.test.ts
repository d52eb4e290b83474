import { describe, expect, test } from 'vitest';
import { frontierOn } from '../../src/gate/frontier.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { model } from '../build.ts';
import { large, medium, small } from './judged.ts';

describe('the frontier', () => {
  const points = (hardware: string, models: readonly Model[], metric: AccuracyMetric = 'map50-95') =>
    frontierOn(hardware, models, metric).map((point) => [point.model.id, point.latencyMs, point.accuracy]);

  test('goes from the fastest model to the most accurate one', () => {
    expect(points('t4', [large, small, medium])).toEqual([
      ['small', 2, 50],
      ['medium', 5, 60],
      ['large', 12, 70],
    ]);
  });

  test('leaves out what is slower and no more accurate', () => {
    const slower = model({ id: 'slower', metrics: { 'map50-95': 60 }, latency: { T4: 6 } });
    const worse = model({ id: 'worse', metrics: { 'map50-95': 40 }, latency: { T4: 3 } });
    const unknown = model({ id: 'unknown', metrics: { map50: 99 }, latency: { T4: 1 } });
    expect(points('T4', [worse, slower, unknown, small, medium])).toEqual([
      ['small', 2, 50],
      ['medium', 5, 60],
    ]);
  });

  test('has the more accurate of two models that are equally fast', () => {
    const twin = model({ id: 'a-twin', metrics: { 'map50-95': 55 }, latency: { T4: 5 } });
    expect(points('T4', [twin, medium])).toEqual([['medium', 5, 60]]);
  });

  test('has of two that are equal in both the one whose id comes first', () => {
    const twin = model({ id: 'a-twin', metrics: { 'map50-95': 60 }, latency: { T4: 5 } });
    for (const models of [
      [twin, medium],
      [medium, twin],
    ])
      expect(points('T4', models)).toEqual([['a-twin', 5, 60]]);
  });

  test('falls with latency if lower is better', () => {
    const models = [4, 2, 3].map((perplexity, index) =>
      model({ id: `m${perplexity}`, metrics: { perplexity }, latency: { T4: 1 + index } }),
    );
    expect(points('T4', models, 'perplexity')).toEqual([
      ['m4', 1, 4],
      ['m2', 2, 2],
    ]);
  });

  test('is of the given metric', () => {
    const a = model({ id: 'a', metrics: { 'map50-95': 50, recall: 90 }, latency: { T4: 1 } });
    const b = model({ id: 'b', metrics: { 'map50-95': 60, recall: 80 }, latency: { T4: 2 } });
    expect(frontierOn('T4', [a, b], 'recall').map(({ accuracy }) => accuracy)).toEqual([90]);
  });

  test.each([
    { name: 'nothing was measured there', hardware: 'L4', models: [small, medium, large] },
    { name: 'no model has the metric', hardware: 'T4', models: [model({ latency: { T4: 1 } })] },
    { name: 'there are no models', hardware: 'T4', models: [] },
  ])('is empty if $name', ({ hardware, models }) => {
    expect(points(hardware, models)).toEqual([]);
  });
});
