import { describe, expect, test } from 'vitest';
import { readEndAnswer } from '../../../src/roboflow/schema/answer.ts';
import { readRecipe, readTraining, readTrainings } from '../../../src/roboflow/schema/training-body.ts';

const body = {
  trainingId: '4c2aab22506c4c2aab22',
  status: 'running',
  modelType: 'rfdetr-nano',
  modelGroup: null,
  modelIds: [],
  start: '2026-05-02T08:00:00.000Z',
};

const training = {
  id: '4c2aab22506c4c2aab22',
  status: 'running',
  phase: 'active',
  version: 7,
  modelType: 'rfdetr-nano',
  progress: undefined,
  createdAtMs: Date.UTC(2026, 4, 2, 8),
  reason: undefined,
  modelIds: [],
};

describe('a training of v2', () => {
  test('is read with the version that its route goes through', () => {
    expect(readTraining(body, 7)).toEqual(training);
  });

  test('that was just started may say nothing but its id, and is taken for queued', () => {
    expect(readTraining({ trainingId: 't1' }, 7)).toEqual({
      ...training,
      id: 't1',
      modelIds: undefined,
      status: 'queued',
      phase: 'waiting',
      modelType: undefined,
      createdAtMs: undefined,
    });
  });

  test.each<[name: string, part: object, expected: object]>([
    ['its id under id', { trainingId: undefined, id: 't1' }, { id: 't1' }],
    ['its id under both names', { id: 'other' }, {}],
    ['an id with slashes', { trainingId: 'acme/hats/7' }, { id: 'acme/hats/7' }],
    ['the model type of the other route', { modelType: null, model_type: 'x' }, { modelType: 'x' }],
    ['progress', { progress: 0.5 }, { progress: 0.5 }],
    ['no start', { start: undefined }, { createdAtMs: undefined }],
    ['the status mining', { status: 'mining' }, { status: 'mining', phase: 'active' }],
    ['a status that nobody knows', { status: 'paused' }, { status: 'paused', phase: 'unknown' }],
    ['a reason', { error: 'out of memory' }, { reason: 'out of memory' }],
    [
      'null for all that is not sure',
      { status: null, modelType: null, start: null, progress: null },
      { status: 'queued', phase: 'waiting', modelType: undefined, createdAtMs: undefined },
    ],
  ])('may have %s', (_, part, expected) => {
    expect(readTraining({ ...body, ...part }, 7)).toEqual({ ...training, ...expected });
  });

  test('that was asked for by its id is not another one', () => {
    expect(readTraining(body, 7, training.id)).toEqual(training);
    expect(() => readTraining(body, 7, 't2')).toThrow(/^not training t2 but /);
  });
});

describe('the trainings of a version', () => {
  test('that end in every way come oldest first, many undated, and are read newest first', () => {
    const words = ['finished', 'failed', 'cancelled', 'stopped', 'running'];
    const dates = ['2026-09-28T08:00:00.000Z', null, undefined, '', null];
    const trainings = words.map((status, index) => ({ trainingId: status, status, createdAt: dates[index] }));
    expect(readTrainings({ trainings }, 7)).toMatchObject([
      { id: 'running', phase: 'active', createdAtMs: undefined },
      { id: 'stopped', phase: 'stopped', createdAtMs: undefined },
      { id: 'cancelled', phase: 'cancelled', createdAtMs: undefined },
      { id: 'failed', phase: 'failed', createdAtMs: undefined },
      { id: 'finished', phase: 'succeeded', createdAtMs: Date.UTC(2026, 8, 28, 8) },
    ]);
  });

  test('are read with all that they say', () => {
    const second = { id: 't2', status: 'finished', modelGroup: 'g1', modelIds: ['acme/a', null, 'acme/b'] };
    expect(readTrainings({ trainings: [second, body] }, 7)).toEqual([
      training,
      {
        ...training,
        modelGroup: 'g1',
        modelIds: ['acme/a', 'acme/b'],
        id: 't2',
        status: 'finished',
        phase: 'succeeded',
        modelType: undefined,
        createdAtMs: undefined,
      },
    ]);
  });

  test('are read beside elements that are none', () => {
    const trainings = [null, 'x', { status: 'queued' }, body];
    expect(readTrainings({ trainings }, 7).map(({ id }) => id)).toEqual([training.id]);
  });

  test('are kept without a status, since they may be paid for, and are not over', () => {
    expect(readTrainings({ trainings: [{ id: 't2', status: null }] }, 7)).toMatchObject([
      { id: 't2', status: 'unknown', phase: 'unknown' },
    ]);
  });

  test('may be none', () => {
    expect(readTrainings({ trainings: [] }, 7)).toEqual([]);
  });
});

describe('the recipe of a model type', () => {
  test('has the keys of its hyperparameters and a template', () => {
    const hyperparameters = [
      { key: 'epochs', type: 'integer' },
      { key: 'lr', type: 'float' },
    ];
    const template = { schema_version: 1, hyperparameters: {} };
    const other = {
      modelType: 'rfdetr-nano',
      family: 'rfdetr',
      taskType: 'object-detection',
      usage: 'Edit it.',
    };
    const read = readRecipe({ ...other, schema: { hyperparameters }, template });
    expect(read).toMatchObject({ hyperparameters: [{ key: 'epochs' }, { key: 'lr' }], template });
  });

  test.each([undefined, null, [], 'none'])('may have %j as its template, which is none', (template) => {
    expect(readRecipe({ schema: { hyperparameters: [] }, template })).toEqual({
      hyperparameters: [],
      template: {},
    });
  });
});

const done = { kind: 'ended' };
const noRefund = { kind: 'still-running', reason: expect.stringContaining('cancels only in its app') };
const notDone = (said?: string) => ({
  kind: 'still-running',
  reason: `Roboflow answered that it was not done${said === undefined ? '' : `: "${said}"`}`,
});
test.each<[body: unknown, expected: object]>([
  [{ success: true }, done],
  [{ success: true, error: null }, done],
  [{ success: true, errors: [], error: '' }, done],
  [{ refund: true }, done],
  [{}, done],
  [undefined, done],
  [{ refund: false }, noRefund],
  [{ success: true, refund: false }, noRefund],
  [{ refund: 'False' }, noRefund],
  [{ success: false }, notDone()],
  [{ success: 'false', message: 'too late' }, notDone('too late')],
  [{ error: 'too late' }, notDone('too late')],
  [{ errors: ['too', 'late'] }, notDone('too; late')],
  [{ error: { code: 'CANNOT_CANCEL', message: 'too late' } }, { kind: 'over' }],
  [{ error: { code: 'TOO_LATE', message: 'too late' } }, notDone('TOO_LATE: too late')],
])('the answer %s to a cancel is %s', (answer, expected) => {
  expect(readEndAnswer(answer)).toEqual(expected);
});
