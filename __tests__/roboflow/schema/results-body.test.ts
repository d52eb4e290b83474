import { describe, expect, test } from 'vitest';
import { readKeyWorkspace } from '../../../src/roboflow/schema/answer.ts';
import { readModelRows, readResults } from '../../../src/roboflow/schema/results-body.ts';

describe('results', () => {
  const ids = { trainingId: 'acme/hats/7', versionId: 'acme/hats/7' };
  const read = { trainingId: 'acme/hats/7', versions: [7, 7], phase: 'succeeded' };

  test('of a search have models and recommendations', () => {
    const models = [{ modelId: 'acme/a' }, { modelId: 'acme/b', metrics: null }];
    const told = {
      status: 'finished',
      modelType: 'rfdetr-nas-parent',
      modelGroup: 'g1',
      modelCount: 2,
      models,
    };
    const recommendedByHardware = { T4: 'acme/a', AI1: 'acme/b' };
    const mining = { mining: { progress: 0.5, frontier: [{ name: 's1', mAP: 0.8 }] } };
    const body = { ...ids, jobType: 'nas', ...told, recommendedByHardware, mining };
    expect(readResults(body)).toEqual({
      ...read,
      ...told,
      recommended: new Map(Object.entries(recommendedByHardware)),
    });
  });

  test('of a fine-tune may have no model, no type and no group', () => {
    const told = { status: 'finished', modelCount: 0, models: [] };
    expect(readResults({ ...ids, jobType: 'fine-tune', modelGroup: null, ...told })).toEqual({
      ...read,
      ...told,
      modelType: undefined,
      modelGroup: undefined,
      recommended: new Map(),
    });
  });

  test('keep what is sound beside what is not', () => {
    const body = {
      status: 'finished',
      modelType: 7,
      models: [null, 'x', 3, [], { modelId: 'acme/a' }],
      recommendedByHardware: { T4: null, L4: '', AI1: 'acme/a', Orin: {} },
    };
    expect(readResults(body)).toMatchObject({
      models: [{ modelId: 'acme/a' }],
      recommended: new Map([['AI1', 'acme/a']]),
    });
  });

  test.each([undefined, null, [], 'T4', 7])('may recommend %j, which is nothing', (recommendedByHardware) => {
    expect(readResults({ status: 'finished', recommendedByHardware }).recommended).toEqual(new Map());
  });

  test('may recommend for hardware whose name every object inherits', () => {
    const body: unknown = JSON.parse(
      '{"status":"finished","recommendedByHardware":{"__proto__":"acme/a","constructor":"acme/b"}}',
    );
    expect(readResults(body).recommended).toEqual(
      new Map([
        ['__proto__', 'acme/a'],
        ['constructor', 'acme/b'],
      ]),
    );
  });
});

describe('the models list', () => {
  const bare = {
    url: 'acme/a',
    version: undefined,
    modelType: undefined,
    group: undefined,
    createdAtMs: undefined,
  };

  test('is a bare list, of which only objects with a url are rows', () => {
    const [a, b] = [{ url: 'acme/a' }, { url: 'acme/b', metrics: {} }];
    expect(readModelRows([a, null, 'x', [], {}, { url: '' }, b])).toEqual([
      { ...bare, body: a },
      { ...bare, url: 'acme/b', body: b },
    ]);
    expect(readModelRows([])).toEqual([]);
  });

  test.each<[name: string, row: object, expected: object]>([
    ['a version as an id', { version: 'acme/hats/7' }, { version: 7 }],
    [
      'a version in the older form of its url',
      { url: 'acme/hats/7', version: '6' },
      { url: 'acme/hats/7', version: 7 },
    ],
    ['no version, whatever its slug looks like', { url: 'acme/hats-7-x' }, { version: undefined }],
    ['a slug that is a number', { url: 'acme/7' }, { version: undefined }],
    ['a date', { created: '2026-05-02T08:00:00Z' }, { createdAtMs: 1_777_708_800_000 }],
    ['a model type', { modelType: 'rfdetr-nano' }, { modelType: 'rfdetr-nano' }],
    ['a group', { group: 'nas-1' }, { group: 'nas-1' }],
    ['null for all', { version: null, created: null, group: null }, bare],
  ])('has rows that tell %s', (_, row, expected) => {
    expect(readModelRows([{ url: 'acme/a', ...row }])).toMatchObject([expected]);
  });
});

test('the workspace of the key stands in the answer of the API root', () => {
  const body = { welcome: 'hi', instructions: '', docs: 'https://docs.example', workspace: 'acme' };
  expect(readKeyWorkspace(body)).toBe('acme');
});
