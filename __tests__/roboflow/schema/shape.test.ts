import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readEndAnswer, readKeyWorkspace } from '../../../src/roboflow/schema/answer.ts';
import { readJob, readJobs } from '../../../src/roboflow/schema/job-body.ts';
import { readModelRows, readResults } from '../../../src/roboflow/schema/results-body.ts';
import {
  ClassName,
  Count,
  Fraction,
  lenient,
  NonEmpty,
  ShapeError,
  VersionNumber,
  Word,
} from '../../../src/roboflow/schema/shape.ts';
import { readRecipe, readTraining, readTrainings } from '../../../src/roboflow/schema/training-body.ts';
import {
  readGenerated,
  readProjectVersions,
  readVersion,
} from '../../../src/roboflow/schema/version-body.ts';

const FIELDS = { ClassName, Count, Fraction, NonEmpty, VersionNumber, Word };

describe('a field of an answer', () => {
  test.each<[field: keyof typeof FIELDS, came: unknown, read: unknown]>([
    ['NonEmpty', 'a', 'a'],
    ['NonEmpty', ' a\n', 'a'],
    ['NonEmpty', 42, '42'],
    ['NonEmpty', 0, '0'],
    ['ClassName', ' vest ', ' vest '],
    ['ClassName', 3, '3'],
    ['Word', 'queued', 'queued'],
    ['Word', 'x'.repeat(5_000), `${'x'.repeat(100)}...`],
    ['VersionNumber', 7, 7],
    ['VersionNumber', '7', 7],
    ['VersionNumber', 'acme/hats/7', 7],
    ['VersionNumber', ' acme/hats/12 ', 12],
    ['Fraction', 0, 0],
    ['Fraction', '0.5', 0.5],
    ['Fraction', '1.0000000000000002', 1],
    ['Fraction', -1e-17, 0],
    ['Count', 0, 0],
    ['Count', '40', 40],
  ])('%s is read of %j as %j', (field, came, read) => {
    expect(v.parse(lenient(FIELDS[field]), came)).toBe(read);
  });

  test.each<[field: keyof typeof FIELDS, others: readonly unknown[]]>([
    ['NonEmpty', ['', ' ', null, {}, [], true, Number.NaN]],
    ['ClassName', ['', null, {}]],
    ['Word', [' ', null, {}]],
    ['VersionNumber', [0, -7, 7.5, 'latest', 'acme/hats/', '', null, {}]],
    ['Fraction', [25, '84.2', 1.01, -0.1, 'NaN', '', null, {}]],
    ['Count', [0.5, -1, 'many', '', null]],
  ])('%s counts as absent if it is none', (field, others) => {
    for (const other of others) expect(v.parse(lenient(FIELDS[field]), other)).toBeUndefined();
  });
});

const job = { id: 'job_x1', status: 'queued', version: 7 };

test.each<[name: string, read: (body: unknown) => unknown, others: readonly unknown[]]>([
  [
    'a job',
    readJob,
    [
      ...[7, [], { jobs: [] }, { job: null }, { error: { message: 'no' } }],
      ...[{ id: undefined }, { id: ' ' }, { id: null }].map((part) => ({ ...job, ...part })),
      ...[{ status: undefined }, { status: '' }, { status: {} }, { version: null }].map((part) => ({
        ...job,
        ...part,
      })),
    ],
  ],
  [
    'the jobs of a project',
    readJobs,
    [
      ...[{ jobs: null }, { jobs: { 0: job } }, { jobs: ['job_x1'] }, { jobs: [null] }],
      ...[{ id: 'job_x1' }, { ...job, version: null }, { ...job, id: null }].map((each) => ({
        jobs: [each],
      })),
    ],
  ],
  [
    'a training',
    (body) => readTraining(body, 7),
    [
      [],
      { status: 'queued' },
      { trainingId: '' },
      { trainingId: null, id: ' ' },
      { error: { message: 'no' } },
    ],
  ],
  [
    'the trainings of a version',
    (body) => readTrainings(body, 7),
    [[], { trainings: {} }, { trainings: ['t1'] }, { trainings: [{ status: 'queued' }] }],
  ],
  [
    'a recipe',
    readRecipe,
    [
      { template: {} },
      ...[{}, ['epochs'], [{ name: 'epochs' }]].map((hyperparameters) => ({ schema: { hyperparameters } })),
    ],
  ],
  ['a version', readVersion, [{ version: [] }, { version: {} }, { version: { id: 0 } }]],
  ['the versions of a project', readProjectVersions, [[], { versions: 3 }, { versions: [{ id: 'x' }] }]],
  ['a generated version', readGenerated, [8, { version: 'new' }, { version: 0 }, { error: 'no images' }]],
  ['results', readResults, [[], { error: 'no' }, { models: null }]],
  ['the models list', readModelRows, [{ models: [] }]],
  ['the workspace of the key', readKeyWorkspace, [{ workspace: '' }, { workspace: null }]],
])('%s is not read from another shape', (_, read, others) => {
  for (const other of [undefined, null, {}, 'text', ...others])
    expect(() => read(other), JSON.stringify(other)).toThrow(ShapeError);
});

test.each([null, [], 'ok', true])('%j says nothing about a training that was to be cancelled', (other) => {
  expect(() => readEndAnswer(other)).toThrow(ShapeError);
});
