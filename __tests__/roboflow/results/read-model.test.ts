import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACCURACY_METRICS } from '../../../src/gate/metric.ts';
import { modelOfResults } from '../../../src/roboflow/results/read-model.ts';
import { type Body, read, withMetrics } from './read-model.ts';

describe('a model of the results', () => {
  test('has id, type, family, metrics and latency by hardware', () => {
    const body = {
      modelId: 'acme/hats-7-nas-gpu-ab12',
      modelType: 'rfdetr-nas-s',
      status: 'finished',
      nasFamily: 'child',
      recommended: true,
      metrics: {
        map50: 81,
        map5095: 58.5,
        precision: 84,
        recall: 76,
        f1: 79.8,
        latency: { T4: 2.1, AI1: 6.5 },
        paretoOptimalFor: ['T4:map_50_95'],
      },
    };
    expect(read(body)).toEqual({
      id: 'acme/hats-7-nas-gpu-ab12',
      type: 'rfdetr-nas-s',
      family: 'child',
      finished: true,
      metrics: new Map(Object.entries({ map50: 81, 'map50-95': 58.5, precision: 84, recall: 76, f1: 79.8 })),
      latencyMs: new Map(Object.entries({ T4: 2.1, AI1: 6.5 })),
      unreadable: [],
    });
  });

  test('of an older run has its one latency under the name of its hardware', () => {
    const onOrin = { latency: 3.2, hardware: 'jetson-orin-nano', paretoOptimalFor: ['map_50'] };
    const model = withMetrics({ map50: 81, ...onOrin });
    expect(model.latencyMs).toEqual(new Map([['jetson-orin-nano', 3.2]]));
    expect(model.unreadable).toEqual([]);
  });

  test.each<[name: string, body: Body, expected: ReadonlyMap<string, number>]>([
    ['beside the metrics as an object', { latency: { T4: 2 } }, new Map([['T4', 2]])],
    ['beside the metrics as a number', { latency: 2, hardware: 'gpu' }, new Map([['gpu', 2]])],
    ['of the hardware beside it', { hardware: 'gpu', metrics: { latency: 2 } }, new Map([['gpu', 2]])],
    ['as an object that holds strings', { latency: { T4: '2.5' } }, new Map([['T4', 2.5]])],
    ['as a string', { latency: '2.5', hardware: 'gpu' }, new Map([['gpu', 2.5]])],
    ['as null', { latency: null, hardware: 'gpu' }, new Map()],
    ['as an empty object', { latency: {} }, new Map()],
    ['as an object that holds null', { latency: { T4: null, L4: 3 } }, new Map([['L4', 3]])],
    ['nowhere', {}, new Map()],
  ])('may have its latency %s', (_, body, expected) => {
    const model = read({ modelId: 'acme/m', ...body });
    expect(model.latencyMs).toEqual(expected);
    expect(model.unreadable).toEqual([]);
  });

  test.each([
    ['its own field', { modelId: 'a/b', id: 'c/d' }, 'a/b'],
    ['`id` if there is no `modelId`', { id: 'c/d' }, 'c/d'],
    ['`id` if `modelId` is empty', { modelId: ' ', id: 'c/d' }, 'c/d'],
  ])('has its id from %s', (_, body, expected) => {
    expect(read(body).id).toBe(expected);
  });

  test.for<Body>([{}, { modelId: '' }, { modelId: null }])('is none without an id: %j', (body) => {
    expect(modelOfResults(body, 'rfdetr-nano')).toBeUndefined();
  });

  test('has the type of the run if it does not say its own', () => {
    expect(read({ modelId: 'a/b' }, 'rfdetr-nano').type).toBe('rfdetr-nano');
    expect(read({ modelId: 'a/b', modelType: 'rfdetr-base' }, 'rfdetr-nano').type).toBe('rfdetr-base');
    expect(read({ modelId: 'a/b' }).type).toBeUndefined();
  });

  test.each([
    { nasFamily: 'child', expected: 'child' },
    { nasFamily: 'baseline', expected: 'stock' },
    { nasFamily: undefined, expected: undefined },
    { nasFamily: 'parent', expected: undefined },
    { nasFamily: null, expected: undefined },
  ])('with the family $nasFamily is of family $expected', ({ nasFamily, expected }) => {
    expect(read({ modelId: 'a/b', nasFamily }).family).toBe(expected);
  });

  test.each([
    ['finished', true],
    ['Complete', true],
    ['stopped_early', true],
    [undefined, true],
    ['running', false],
    ['queued', false],
    ['failed', false],
    ['cancelled', false],
    ['a word nobody knows', false],
    [null, true],
    [' ', true],
    [['failed'], false],
    [['finished'], false],
    [{ state: 'failed' }, false],
    [7, false],
    [false, false],
  ])('with the status %s is finished: %s', (status, expected) => {
    expect(read({ modelId: 'a/b', status }).finished).toBe(expected);
  });

  test.each([undefined, null, [], 'none', 7, {}])('may come with the metrics %j', (metrics) => {
    const model = withMetrics(metrics);
    expect([model.metrics.size, model.latencyMs.size, model.unreadable]).toEqual([0, 0, []]);
  });
});

describe('a metric', () => {
  test.each([
    { key: 'map50', expected: 'map50' },
    { key: 'map_50', expected: 'map50' },
    { key: 'map5095', expected: 'map50-95' },
    { key: 'map50_95', expected: 'map50-95' },
    { key: 'map_50_95', expected: 'map50-95' },
    { key: 'map75', expected: 'map75' },
    { key: 'mIoU', expected: 'miou' },
    { key: 'accuracy', expected: 'accuracy' },
  ])('written as $key is $expected', ({ key, expected }) => {
    expect([...withMetrics({ [key]: 61.5 }).metrics]).toEqual([[expected, 61.5]]);
  });

  test.each([
    [81, 81],
    [0, 0],
    [100, 100],
    [100.00000000000001, 100],
    ['100.00000000000001', 100],
    [-1e-14, 0],
    [0.9, 0.9],
    ['81.5', 81.5],
    [' 81 ', 81],
    ['.5', 0.5],
    ['8e1', 80],
    ['+3', 3],
  ])('that comes as %s is %s percent, whatever its size', (raw, expected) => {
    const model = withMetrics({ map50: raw });
    expect(model.metrics.get('map50')).toBe(expected);
    expect(model.unreadable).toEqual([]);
  });

  test.each<[shown: string, raw: unknown]>([
    ['"NaN"', 'NaN'],
    ['"Infinity"', 'Infinity'],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['NaN', Number.NaN],
    ['-0.1', -0.1],
    ['100.1', 100.1],
    ['100.001', 100.001],
    ['140', 140],
    ['"-3"', '-3'],
    ['"1e400"', '1e400'],
    ['"0x50"', '0x50'],
    ['"81 %"', '81 %'],
    ['"81,5"', '81,5'],
    ['"1_000"', '1_000'],
    ['""', ''],
    ['true', true],
    ['[]', []],
    ['[81]', [81]],
    ['{}', {}],
    ['{"value":81}', { value: 81 }],
  ])('that comes as %s is kept as unreadable and never judged', (shown, raw) => {
    const model = withMetrics({ map50: raw, recall: 70 });
    expect([...model.metrics]).toEqual([['recall', 70]]);
    expect(model.unreadable).toEqual([{ name: 'map50', raw: shown }]);
  });

  test.each([null, undefined])('that comes as %s was not reported', (raw) => {
    const model = withMetrics({ map50: raw });
    expect([model.metrics.size, model.unreadable]).toEqual([0, []]);
  });

  test('that is perplexity may be over 100, but not endless', () => {
    expect(withMetrics({ perplexity: 250.5 }).metrics.get('perplexity')).toBe(250.5);
    const { unreadable } = withMetrics({ perplexity: 'Infinity' });
    expect(unreadable).toEqual([{ name: 'perplexity', raw: '"Infinity"' }]);
  });

  test('that nobody knows is left out without a word', () => {
    const model = withMetrics({ loss: 'NaN', map: 81, notes: 'x', epochs: 400 });
    expect([model.metrics.size, model.unreadable]).toEqual([0, []]);
  });

  test('that is no number is known for none however long it is', () => {
    const [ones, sevens] = ['1', '7'].map((digit) => digit.repeat(300_000));
    const { metrics, unreadable } = withMetrics({ map50: `${ones}x`, f1: sevens });
    expect([metrics.size, unreadable.map(({ name }) => name)]).toEqual([0, ['map50', 'f1']]);
  });

  test.each<{ metrics: Body; shown: string }>([
    { metrics: { map50: 40, mAP_50: 90 }, shown: '{"map50":40,"mAP_50":90}' },
    { metrics: { mAP_50: 90, map50: '40' }, shown: '{"mAP_50":90,"map50":"40"}' },
    { metrics: { map50: 40, mAP_50: 'NaN' }, shown: '{"map50":40,"mAP_50":"NaN"}' },
    { metrics: { map50: 'NaN', mAP_50: 140 }, shown: '{"map50":"NaN","mAP_50":140}' },
  ])('that comes in two spellings with different values is not judged: $shown', ({ metrics, shown }) => {
    const model = withMetrics({ ...metrics, recall: 70 });
    expect([...model.metrics]).toEqual([['recall', 70]]);
    expect(model.unreadable).toEqual([{ name: 'map50', raw: shown }]);
  });

  test.for<Body>([
    { map50: 40, mAP_50: 40 },
    { map50: 40, mAP_50: '40.0' },
    { map50: 40, mAP_50: null },
  ])('that comes in two spellings with one value is that: %j', (metrics) => {
    const model = withMetrics(metrics);
    expect([...model.metrics]).toEqual([['map50', 40]]);
    expect(model.unreadable).toEqual([]);
  });

  test('that is unreadable is shown in at most 63 characters', () => {
    const { unreadable } = withMetrics({ map50: 'x'.repeat(200) });
    expect(unreadable).toEqual([{ name: 'map50', raw: `"${'x'.repeat(59)}...` }]);
  });

  test('is a finite percentage, or finite perplexity, whatever comes', () => {
    const raw = fc.oneof(fc.double(), fc.string(), fc.double().map(String), fc.jsonValue());
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ACCURACY_METRICS, 'mAP@50', 'x'), raw), (metrics) => {
        for (const [name, value] of withMetrics(metrics).metrics) {
          expect(Number.isFinite(value) && value >= 0).toBe(true);
          expect(value <= 100 || name === 'perplexity').toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
