import { describe, expect, test } from 'vitest';
import { modelOfList, modelOfVersion } from '../../../src/roboflow/results/read-model.ts';
import type { Body } from './read-model.ts';

/** What is read of a model that tells nothing but its type. */
const bare = {
  type: 'rfdetr-nano',
  family: undefined,
  finished: true,
  latencyMs: new Map(),
  unreadable: [],
};

describe('a row of the models list', () => {
  test('of a fine-tune is named by its url', () => {
    const metrics = { map50: 81, precision: 84, recall: 76 };
    const train = { status: 'finished' };
    const about = { version: '7', name: 'hats 7', created: '2026-05-02T08:00:00.000Z' };
    const row = { url: 'acme/hats/7', modelType: 'rfdetr-nano', ...about, train, metrics };
    expect(modelOfList(row, undefined)).toEqual({
      ...bare,
      id: 'acme/hats/7',
      metrics: new Map(Object.entries(metrics)),
    });
  });

  test('of a search has family and latency', () => {
    const metrics = { map50: 81, map5095: 58, latency: { T4: 2 } };
    const row = { url: 'acme/hats-7-nas-gpu-ab12', nasFamily: 'baseline', group: 'g1', metrics };
    expect(modelOfList(row, undefined)).toMatchObject({ family: 'stock', latencyMs: new Map([['T4', 2]]) });
  });

  test.each([
    { nasFamily: 'BASELINE', expected: 'stock' },
    { nasFamily: ' Child ', expected: 'child' },
    { nasFamily: 'cousin', expected: undefined },
    { nasFamily: 7, expected: undefined },
  ])('of the family $nasFamily is of the family $expected', ({ nasFamily, expected }) => {
    expect(modelOfList({ url: 'acme/m', nasFamily }, undefined)?.family).toBe(expected);
  });

  test.each<[metrics: Readonly<Record<string, number>> | undefined, read: object]>([
    [undefined, { 'map50-95': 58 }],
    [{ map50: 81 }, { map50: 81, 'map50-95': 58 }],
  ])('has what stands in its training results beside its own metrics: %o', (metrics, read) => {
    const results = { hardware: 'gpu', latency: 4, map5095: 58, paretoOptimalFor: ['map_50'] };
    const row = { url: 'acme/m', metrics, train: { status: 'finished', results } };
    expect(modelOfList(row, undefined)).toMatchObject({
      metrics: new Map(Object.entries(read)),
      latencyMs: new Map([['gpu', 4]]),
    });
  });

  test.each([
    { status: 'finished', expected: true },
    { status: 'running', expected: false },
    { status: 'failed', expected: false },
  ])('whose training is $status is finished: $expected', ({ status, expected }) => {
    expect(modelOfList({ url: 'acme/m', train: { status } }, undefined)?.finished).toBe(expected);
  });

  test.each<{ row: Body }>([{ row: {} }, { row: { url: '' } }, { row: { url: null, name: 'x' } }])(
    'is none without a url: $row',
    ({ row }) => {
      expect(modelOfList(row, undefined)).toBeUndefined();
    },
  );
});

describe('the model of a version', () => {
  test('has percentages that come as strings, its map being mAP50', () => {
    const figures = { map: '81.4', precision: '84', recall: '76.2' };
    const model = { id: 'hats/7', endpoint: 'https://detect.example/hats/7', ...figures, tfjs: false };
    expect(modelOfVersion(model, 'rfdetr-nano')).toEqual({
      ...bare,
      id: 'hats/7',
      metrics: new Map(Object.entries({ map50: 81.4, precision: 84, recall: 76.2 })),
    });
  });

  test('keeps what it cannot read', () => {
    expect(modelOfVersion({ id: 'hats/7', map: 'NaN', precision: '-1' }, undefined)?.unreadable).toEqual([
      { name: 'map50', raw: '"NaN"' },
      { name: 'precision', raw: '"-1"' },
    ]);
  });

  test('is none without an id', () => {
    expect(modelOfVersion({ map: '81' }, 'rfdetr-nano')).toBeUndefined();
  });
});
