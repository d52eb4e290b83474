import { describe, expect, test } from 'vitest';
import { readEndAnswer } from '../../../src/roboflow/schema/answer.ts';
import { ShapeError } from '../../../src/roboflow/schema/shape.ts';
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
};

describe('a training of v2', () => {
  test('is read with the version that its route goes through', () => {
    expect(readTraining(body, 7)).toEqual(training);
  });

  test('that was just started may say nothing but its id, and is taken for queued', () => {
    expect(readTraining({ trainingId: 't1' }, 7)).toEqual({
      ...training,
      id: 't1',
      status: 'queued',
      phase: 'waiting',
      modelType: undefined,
      createdAtMs: undefined,
    });
  });

  test.each<{ name: string; part: object; expected: object }>([
    { name: 'its id under id', part: { trainingId: undefined, id: 't1' }, expected: { id: 't1' } },
    { name: 'its id under both names', part: { id: 'other' }, expected: {} },
    {
      name: 'an id with slashes',
      part: { trainingId: 'acme/hats/7' },
      expected: { id: 'acme/hats/7' },
    },
    { name: 'a number as its id', part: { trainingId: 42 }, expected: { id: '42' } },
    { name: 'no model type', part: { modelType: null }, expected: { modelType: undefined } },
    {
      name: 'the model type of the other route',
      part: { modelType: undefined, model_type: 'x' },
      expected: { modelType: undefined },
    },
    { name: 'progress', part: { progress: 0.5 }, expected: { progress: 0.5 } },
    { name: 'no start', part: { start: undefined }, expected: { createdAtMs: undefined } },
    { name: 'a start that is none', part: { start: 'soon' }, expected: { createdAtMs: undefined } },
    {
      name: 'a start in epoch seconds',
      part: { start: 1_777_708_800 },
      expected: { createdAtMs: 1_777_708_800_000 },
    },
    {
      name: 'the status mining',
      part: { status: 'mining' },
      expected: { status: 'mining', phase: 'active' },
    },
    {
      name: 'the status finished',
      part: { status: 'finished' },
      expected: { status: 'finished', phase: 'succeeded' },
    },
    {
      name: 'a status that nobody knows',
      part: { status: 'paused' },
      expected: { status: 'paused', phase: 'unknown' },
    },
    {
      name: 'an error',
      part: { status: 'failed', error: 'out of memory' },
      expected: { status: 'failed', phase: 'failed', reason: 'out of memory' },
    },
    {
      name: 'null for all that is not sure',
      part: { status: null, modelType: null, start: null, progress: null },
      expected: { status: 'queued', phase: 'waiting', modelType: undefined, createdAtMs: undefined },
    },
  ])('may have $name', ({ part, expected }) => {
    expect(readTraining({ ...body, ...part }, 7)).toEqual({ ...training, ...expected });
  });

  test('that was asked for by its id is not another one', () => {
    expect(readTraining(body, 7, training.id)).toEqual(training);
    expect(() => readTraining(body, 7, 't2')).toThrow(/^not training t2 but /);
  });

  test.each<{ body: unknown }>([
    { body: undefined },
    { body: null },
    { body: {} },
    { body: [] },
    { body: 'queued' },
    { body: { status: 'queued' } },
    { body: { trainingId: '' } },
    { body: { trainingId: null, id: ' ' } },
    { body: { error: { message: 'no' } } },
  ])('is not read from $body', ({ body: other }) => {
    expect(() => readTraining(other, 7)).toThrow(ShapeError);
  });
});

describe('the trainings of a version', () => {
  test('are read in their order', () => {
    const second = { id: 't2', status: 'finished', modelGroup: 'g1', modelIds: ['acme/a', null, 'acme/b'] };
    expect(readTrainings({ trainings: [body, second] }, 7)).toEqual([
      { ...training, modelGroup: undefined, modelIds: [] },
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

  test.each<{ body: unknown }>([
    { body: undefined },
    { body: null },
    { body: {} },
    { body: [] },
    { body: { trainings: null } },
    { body: { trainings: {} } },
    { body: { trainings: ['t1'] } },
    { body: { trainings: [{ status: 'queued' }] } },
  ])('are not read from $body', ({ body: other }) => {
    expect(() => readTrainings(other, 7)).toThrow(ShapeError);
  });
});

describe('the recipe of a model type', () => {
  test('has the keys of its hyperparameters and a template', () => {
    const recipe = {
      modelType: 'rfdetr-nano',
      family: 'rfdetr',
      taskType: 'object-detection',
      schema: {
        hyperparameters: [
          { key: 'epochs', type: 'integer' },
          { key: 'lr', type: 'float' },
        ],
      },
      template: { schema_version: 1, hyperparameters: {} },
      usage: 'Edit it.',
    };
    expect(readRecipe(recipe)).toEqual({
      hyperparameters: ['epochs', 'lr'],
      template: { schema_version: 1, hyperparameters: {} },
    });
  });

  test.each([undefined, null, [], 'none'])('may have %j as its template, which is none', (template) => {
    expect(readRecipe({ schema: { hyperparameters: [] }, template })).toEqual({
      hyperparameters: [],
      template: {},
    });
  });

  test.each<{ body: unknown }>([
    { body: null },
    { body: {} },
    { body: { template: {} } },
    { body: { schema: null } },
    { body: { schema: { hyperparameters: {} } } },
    { body: { schema: { hyperparameters: ['epochs'] } } },
    { body: { schema: { hyperparameters: [{ name: 'epochs' }] } } },
  ])('is not read from $body', ({ body: other }) => {
    expect(() => readRecipe(other)).toThrow(ShapeError);
  });
});

const done = { kind: 'done' };
const notDone = (code?: string, message?: string) => ({ kind: 'not-done', code, message });
test.each<{ body: unknown; expected: object }>([
  { body: { success: true }, expected: done },
  { body: { success: true, error: null }, expected: done },
  { body: { success: true, errors: [], error: '' }, expected: done },
  { body: { refund: true }, expected: done },
  { body: {}, expected: done },
  { body: undefined, expected: done },
  { body: { refund: false }, expected: { kind: 'no-refund' } },
  { body: { success: true, refund: false }, expected: { kind: 'no-refund' } },
  { body: { refund: 'False' }, expected: { kind: 'no-refund' } },
  { body: { success: false }, expected: notDone() },
  { body: { success: 'false', message: 'too late' }, expected: notDone(undefined, 'too late') },
  { body: { error: 'too late' }, expected: notDone(undefined, 'too late') },
  { body: { errors: ['too', 'late'] }, expected: notDone(undefined, 'too; late') },
  {
    body: { error: { code: 'CANNOT_CANCEL', message: 'too late' } },
    expected: notDone('CANNOT_CANCEL', 'too late'),
  },
])('the answer $body to a cancel is $expected', ({ body: answer, expected }) => {
  expect(readEndAnswer(answer)).toEqual(expected);
});

test.each<{ body: unknown }>([{ body: null }, { body: [] }, { body: 'ok' }, { body: true }])(
  'the answer $body to a cancel says nothing about the training',
  ({ body: answer }) => {
    expect(() => readEndAnswer(answer)).toThrow(ShapeError);
  },
);
