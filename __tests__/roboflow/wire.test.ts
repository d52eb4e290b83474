import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AnnotationJobsError,
  isRecord,
  readApiError,
  readJob,
  readJobs,
  readKeyWorkspace,
  readModelRows,
  readProjectVersions,
  readRefund,
  readResults,
  readVersion,
  reasonIn,
  ShapeError,
} from '../../src/roboflow/wire.ts';

const job = {
  id: 'job_x1',
  status: 'training',
  version: 7,
  model_type: 'rfdetr-nano',
  createdAt: '2026-05-02T08:00:00.000Z',
  progress: 0.25,
};

const training = {
  id: 'job_x1',
  status: 'training',
  phase: 'active',
  version: 7,
  modelType: 'rfdetr-nano',
  progress: 0.25,
  createdAtMs: Date.UTC(2026, 4, 2, 8),
  reason: undefined,
};

/** A labelling job as the same path answers it in another of Roboflow's documents. */
const labelling = {
  id: 'ann_1',
  status: 'assigned',
  project: 'hats',
  labeler: 'a@example.com',
  reviewer: 'b@example.com',
  numImages: 20,
  annotated: 3,
  sourceBatch: 'batch 1',
  instructionsText: '',
  created: { _seconds: 1_777_708_800, _nanoseconds: 0 },
};

describe('a training job', () => {
  test('that was just created has its id under jobId and no model type', () => {
    const body = { jobId: 'job_x1', status: 'queued', version: 7, createdAt: '2026-05-02T08:00:00.000Z' };
    expect(readJob(body)).toEqual({
      ...training,
      status: 'queued',
      phase: 'waiting',
      modelType: undefined,
      progress: undefined,
    });
  });

  test.each<{ name: string; body: unknown }>([
    { name: 'bare', body: job },
    { name: 'under job', body: { job } },
    { name: 'under jobs', body: { jobs: [job] } },
    { name: 'with fields that nobody knows', body: { ...job, gpu: { kind: 'x' }, __v: 3 } },
  ])('is read $name', ({ body }) => {
    expect(readJob(body)).toEqual(training);
  });

  test('is not guessed from a list of several', () => {
    expect(() => readJob({ jobs: [job, { ...job, id: 'job_x2', status: 'complete' }] })).toThrow(ShapeError);
  });

  test.each<{ name: string; part: object; expected: object }>([
    { name: 'a number as its id', part: { id: 42 }, expected: { id: '42' } },
    { name: 'blanks around its id', part: { id: ' job_x1\n' }, expected: { id: 'job_x1' } },
    { name: 'its id under both names', part: { jobId: 'job_y' }, expected: { id: 'job_y' } },
    { name: 'a version in a string', part: { version: '7' }, expected: { version: 7 } },
    { name: 'the id of a version', part: { version: 'acme/hats/7' }, expected: { version: 7 } },
    { name: 'no version', part: { version: undefined }, expected: { version: undefined } },
    { name: 'a version of 0', part: { version: 0 }, expected: { version: undefined } },
    { name: 'a version of 7.5', part: { version: 7.5 }, expected: { version: undefined } },
    {
      name: 'its model type in camel case',
      part: { model_type: undefined, modelType: 'rfdetr-base' },
      expected: { modelType: 'rfdetr-base' },
    },
    { name: 'no progress', part: { progress: undefined }, expected: { progress: undefined } },
    { name: 'null progress', part: { progress: null }, expected: { progress: undefined } },
    { name: 'progress in a string', part: { progress: '0.5' }, expected: { progress: 0.5 } },
    { name: 'progress of 0', part: { progress: 0 }, expected: { progress: 0 } },
    { name: 'progress of 1', part: { progress: 1 }, expected: { progress: 1 } },
    { name: 'progress in percent', part: { progress: 25 }, expected: { progress: undefined } },
    { name: 'progress that is no number', part: { progress: 'NaN' }, expected: { progress: undefined } },
    { name: 'negative progress', part: { progress: -0.1 }, expected: { progress: undefined } },
    {
      name: 'epoch seconds as its date',
      part: { createdAt: 1_777_708_800 },
      expected: { createdAtMs: 1_777_708_800_000 },
    },
    {
      name: 'epoch milliseconds as its date',
      part: { createdAt: 1_777_708_800_000 },
      expected: { createdAtMs: 1_777_708_800_000 },
    },
    { name: 'no date', part: { createdAt: undefined }, expected: { createdAtMs: undefined } },
    { name: 'a date that is none', part: { createdAt: 'yesterday' }, expected: { createdAtMs: undefined } },
    {
      name: 'a status that nobody knows',
      part: { status: 'warming up' },
      expected: { status: 'warming up', phase: 'unknown' },
    },
    {
      name: 'a status in capitals',
      part: { status: 'COMPLETE' },
      expected: { status: 'COMPLETE', phase: 'succeeded' },
    },
    {
      name: 'an error',
      part: { status: 'failed', error: 'out of memory' },
      expected: { status: 'failed', phase: 'failed', reason: 'out of memory' },
    },
    {
      name: 'an error object',
      part: { error: { message: 'out of memory' } },
      expected: { reason: 'out of memory' },
    },
    { name: 'a failure reason', part: { failureReason: ' no credits ' }, expected: { reason: 'no credits' } },
    {
      name: 'an error of its training',
      part: { train: { error: 'no credits' } },
      expected: { reason: 'no credits' },
    },
  ])('may have $name', ({ part, expected }) => {
    expect(readJob({ ...job, ...part })).toEqual({ ...training, ...expected });
  });

  test.each<{ name: string; body: unknown }>([
    { name: 'nothing', body: undefined },
    { name: 'null', body: null },
    { name: 'text', body: 'ok' },
    { name: 'a number', body: 7 },
    { name: 'an empty object', body: {} },
    { name: 'an empty list', body: [] },
    { name: 'no jobs', body: { jobs: [] } },
    { name: 'a null job', body: { job: null } },
    { name: 'no id', body: { ...job, id: undefined } },
    { name: 'an empty id', body: { ...job, id: ' ' } },
    { name: 'a null id', body: { ...job, id: null } },
    { name: 'no status', body: { ...job, status: undefined } },
    { name: 'an empty status', body: { ...job, status: '' } },
    { name: 'a status that is an object', body: { ...job, status: {} } },
    { name: 'neither version nor model type', body: { id: 'job_x1', status: 'queued' } },
    { name: 'an error body', body: { error: { message: 'no' } } },
  ])('is not read from $name', ({ body }) => {
    expect(() => readJob(body)).toThrow(ShapeError);
  });

  test('that cannot be read is shown in the message, cut short', () => {
    expect(() => readJob({ hello: 'world' })).toThrow(
      'not a training job with id and status but {"hello":"world"}',
    );
    expect(() => readJob({ status: 'queued', id: 'j' })).toThrow(
      'not a training job with a version or a model type but {"status":"queued","id":"j"}',
    );
    expect(() => readJob(undefined)).toThrow('not a training job with id and status but nothing');
    expect(() => readJob('x'.repeat(1_000))).toThrow(
      `not a training job with id and status but "${'x'.repeat(199)}...`,
    );
  });
});

describe('labelling jobs', () => {
  test.each(['labeler', 'numImages', 'sourceBatch'])('are known by %s alone', (marker) => {
    expect(() => readJob({ ...job, [marker]: null })).toThrow(AnnotationJobsError);
    expect(() => readJobs({ jobs: [{ ...job, [marker]: '' }] })).toThrow(AnnotationJobsError);
  });

  test('are refused by name, bare, under job, in a list and among trainings', () => {
    const message = 'the jobs of this project are labelling jobs, not trainings';
    expect(() => readJob(labelling)).toThrow(message);
    expect(() => readJob({ job: labelling })).toThrow(message);
    expect(() => readJobs({ jobs: [labelling] })).toThrow(message);
    expect(() => readJobs({ jobs: [job, labelling] })).toThrow(message);
  });
});

describe('the jobs of a project', () => {
  test('are read in their order', () => {
    const body = { jobs: [job, { ...job, id: 'job_x2', status: 'complete', progress: 1 }] };
    expect(readJobs(body)).toEqual([
      training,
      { ...training, id: 'job_x2', status: 'complete', phase: 'succeeded', progress: 1 },
    ]);
  });

  test('may be none', () => {
    expect(readJobs({ jobs: [] })).toEqual([]);
  });

  test('may come as a bare list', () => {
    expect(readJobs([job])).toEqual([training]);
  });

  test.each<{ body: unknown }>([
    { body: undefined },
    { body: null },
    { body: {} },
    { body: { jobs: null } },
    { body: { jobs: { 0: job } } },
    { body: 'jobs' },
    { body: { jobs: ['job_x1'] } },
    { body: { jobs: [{ id: 'job_x1' }] } },
  ])('are not read from $body', ({ body }) => {
    expect(() => readJobs(body)).toThrow(ShapeError);
  });
});

describe('why a training failed', () => {
  test.each<{ name: string; body: Readonly<Record<string, unknown>>; expected: string | undefined }>([
    { name: 'is the error', body: { error: 'a', message: 'b' }, expected: 'a' },
    { name: 'is the message of the error', body: { error: { message: 'a', code: 'X' } }, expected: 'a' },
    { name: 'is the message', body: { error: null, message: 'b' }, expected: 'b' },
    { name: 'is the reason', body: { message: '', reason: 'c' }, expected: 'c' },
    { name: 'is the failure reason', body: { failureReason: 'd' }, expected: 'd' },
    { name: 'is the error of the training', body: { train: { error: 'e' } }, expected: 'e' },
    { name: 'is the message of the training', body: { train: { message: 'f' } }, expected: 'f' },
    { name: 'has no blanks around it', body: { error: ' a\n' }, expected: 'a' },
    { name: 'is unknown where nothing says it', body: { status: 'failed' }, expected: undefined },
    {
      name: 'is unknown where all is empty',
      body: { error: '', message: ' ', train: null },
      expected: undefined,
    },
    { name: 'is not a number or a flag', body: { error: 1, message: true, reason: [] }, expected: undefined },
  ])('$name', ({ body, expected }) => {
    expect(reasonIn(body)).toBe(expected);
  });
});

describe('results', () => {
  test('of a search have models and recommendations', () => {
    const body = {
      trainingId: 'acme/hats/7',
      versionId: 'acme/hats/7',
      status: 'finished',
      jobType: 'nas',
      modelType: 'rfdetr-nas-parent',
      modelGroup: 'g1',
      modelCount: 2,
      models: [{ modelId: 'acme/a' }, { modelId: 'acme/b', metrics: null }],
      recommendedByHardware: { T4: 'acme/a', AI1: 'acme/b' },
      mining: { mining: { progress: 0.5, frontier: [{ name: 's1', mAP: 0.8 }] } },
    };
    expect(readResults(body)).toEqual({
      trainingId: 'acme/hats/7',
      modelType: 'rfdetr-nas-parent',
      modelGroup: 'g1',
      models: [{ modelId: 'acme/a' }, { modelId: 'acme/b', metrics: null }],
      recommended: new Map([
        ['T4', 'acme/a'],
        ['AI1', 'acme/b'],
      ]),
    });
  });

  test('of a fine-tune may have no model, no type and no group', () => {
    const body = {
      trainingId: 'acme/hats/7',
      versionId: 'acme/hats/7',
      status: 'finished',
      jobType: 'fine-tune',
      modelGroup: null,
      modelCount: 0,
      models: [],
    };
    expect(readResults(body)).toEqual({
      trainingId: 'acme/hats/7',
      modelType: undefined,
      modelGroup: undefined,
      models: [],
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

  test.each<{ body: unknown }>([
    { body: undefined },
    { body: null },
    { body: {} },
    { body: [] },
    { body: 'finished' },
    { body: { error: 'no' } },
    { body: { models: null } },
  ])('are not read from $body', ({ body }) => {
    expect(() => readResults(body)).toThrow(ShapeError);
  });
});

describe('the models list', () => {
  test('is a bare list, of which only objects are rows', () => {
    expect(readModelRows([{ url: 'acme/a' }, null, 'x', [], { url: 'acme/b' }])).toEqual([
      { url: 'acme/a' },
      { url: 'acme/b' },
    ]);
    expect(readModelRows([])).toEqual([]);
  });

  test.each<{ body: unknown }>([{ body: {} }, { body: { models: [] } }, { body: null }, { body: undefined }])(
    'is not read from $body',
    ({ body }) => {
      expect(() => readModelRows(body)).toThrow(ShapeError);
    },
  );
});

describe('the workspace of the key', () => {
  test('stands in the answer of the API root', () => {
    const body = { welcome: 'hi', instructions: '', docs: 'https://docs.example', workspace: 'acme' };
    expect(readKeyWorkspace(body)).toBe('acme');
  });

  test.each<{ body: unknown }>([
    { body: {} },
    { body: { workspace: '' } },
    { body: { workspace: null } },
    { body: '<html>' },
  ])('is not read from $body', ({ body }) => {
    expect(() => readKeyWorkspace(body)).toThrow(ShapeError);
  });
});

describe('a dataset version', () => {
  test.each<{ id: unknown; expected: number }>([
    { id: 'acme/hats/7', expected: 7 },
    { id: '7', expected: 7 },
    { id: 7, expected: 7 },
    { id: ' acme/hats/12 ', expected: 12 },
  ])('with the id $id has the number $expected', ({ id, expected }) => {
    expect(readVersion({ workspace: {}, project: {}, version: { id } })).toEqual({
      number: expected,
      model: undefined,
    });
  });

  test('may carry one model', () => {
    const model = { id: 'hats/7', map: '81.4' };
    expect(readVersion({ version: { id: 'acme/hats/7', model } })).toEqual({ number: 7, model });
  });

  test.each([null, 'x', [], 7])('may carry %j as its model, which is none', (model) => {
    expect(readVersion({ version: { id: 'acme/hats/7', model } }).model).toBeUndefined();
  });

  test.each<{ body: unknown }>([
    { body: undefined },
    { body: {} },
    { body: { version: null } },
    { body: { version: [] } },
    { body: { version: {} } },
    { body: { version: { id: 'acme/hats/' } } },
    { body: { version: { id: 'acme/hats/latest' } } },
    { body: { version: { id: 0 } } },
    { body: { version: { id: -7 } } },
    { body: { version: { id: 7.5 } } },
  ])('is not read from $body', ({ body }) => {
    expect(() => readVersion(body)).toThrow(ShapeError);
  });
});

describe('the versions of a project', () => {
  test('come highest first, as numbers', () => {
    const body = {
      project: { versions: 3 },
      versions: [{ id: 'acme/hats/2' }, { id: 'acme/hats/10' }, { id: 'acme/hats/9' }],
    };
    expect(readProjectVersions(body)).toEqual([10, 9, 2]);
  });

  test('leave out what has no number', () => {
    expect(
      readProjectVersions({ versions: [{ id: 'acme/hats/x' }, null, {}, { id: 'acme/hats/2' }] }),
    ).toEqual([2]);
    expect(readProjectVersions({ versions: [] })).toEqual([]);
  });

  test.each<{ body: unknown }>([{ body: {} }, { body: { versions: 3 } }, { body: [] }, { body: null }])(
    'are not read from $body',
    ({ body }) => {
      expect(() => readProjectVersions(body)).toThrow(ShapeError);
    },
  );
});

test.each<{ body: unknown; expected: boolean | undefined }>([
  { body: { success: true }, expected: undefined },
  { body: { refund: true }, expected: true },
  { body: { refund: false }, expected: false },
  { body: { refund: 'false' }, expected: undefined },
  { body: {}, expected: undefined },
  { body: null, expected: undefined },
  { body: undefined, expected: undefined },
])('the answer $body to a cancel has refund $expected', ({ body, expected }) => {
  expect(readRefund(body)).toBe(expected);
});

describe('an error body', () => {
  test.each<{ name: string; body: unknown; code: string | undefined; message: string | undefined }>([
    {
      name: 'with type, message and code in an object',
      body: { error: { type: 'Conflict', message: 'Training is over.', code: 'CANNOT_CANCEL' } },
      code: 'CANNOT_CANCEL',
      message: 'Training is over.',
    },
    {
      name: 'with message and hint in an object',
      body: { error: { message: 'No such version.', hint: 'Generate one.' } },
      code: undefined,
      message: 'No such version. (Generate one.)',
    },
    { name: 'with a text', body: { error: 'Not found.' }, code: undefined, message: 'Not found.' },
    {
      name: 'with a text and a hint beside it',
      body: { error: 'Not found.', hint: 'Check the slug.' },
      code: undefined,
      message: 'Not found. (Check the slug.)',
    },
    {
      name: 'with a code and a message beside it',
      body: { error: 'model_eval_not_done', message: 'Still running.' },
      code: 'model_eval_not_done',
      message: 'Still running.',
    },
    {
      name: 'with code and message at the top',
      body: { code: 'MODEL_NOT_NAS', message: 'Not a search.' },
      code: 'MODEL_NOT_NAS',
      message: 'Not a search.',
    },
    {
      name: 'with a message only',
      body: { message: 'Something broke.' },
      code: undefined,
      message: 'Something broke.',
    },
    {
      name: 'with a code only',
      body: { error: { code: 'over_quota' } },
      code: 'over_quota',
      message: undefined,
    },
    {
      name: 'with a hint only',
      body: { error: {}, hint: 'Try later.' },
      code: undefined,
      message: 'Try later.',
    },
    {
      name: 'with a number as its code',
      body: { error: { code: 402, message: 'Pay.' } },
      code: '402',
      message: 'Pay.',
    },
    { name: 'with an empty text', body: { error: '' }, code: undefined, message: undefined },
    { name: 'with null', body: { error: null }, code: undefined, message: undefined },
    { name: 'that is empty', body: undefined, code: undefined, message: undefined },
    { name: 'that is an empty object', body: {}, code: undefined, message: undefined },
    { name: 'that is HTML', body: '<html>502</html>', code: undefined, message: undefined },
    { name: 'that is a list', body: [{ message: 'x' }], code: undefined, message: undefined },
    { name: 'that is null', body: null, code: undefined, message: undefined },
  ])('$name is read', ({ body, code, message }) => {
    expect(readApiError(body)).toEqual({ code, message });
  });
});

test.each<{ value: unknown; expected: boolean }>([
  { value: {}, expected: true },
  { value: { a: 1 }, expected: true },
  { value: [], expected: false },
  { value: null, expected: false },
  { value: 'x', expected: false },
  { value: undefined, expected: false },
])('$value is a JSON object: $expected', ({ value, expected }) => {
  expect(isRecord(value)).toBe(expected);
});

test('whatever comes is read, or refused as a wrong shape or as labelling jobs', () => {
  const keys = fc.constantFrom(
    'id',
    'jobId',
    'status',
    'version',
    'versions',
    'models',
    'job',
    'jobs',
    'error',
    'labeler',
    'model',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.dictionary(keys, tie('tree')),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }));
  const readers = [
    readJob,
    readJobs,
    readResults,
    readModelRows,
    readVersion,
    readProjectVersions,
    readKeyWorkspace,
    readApiError,
    readRefund,
  ];
  fc.assert(
    fc.property(tree, fc.constantFrom(...readers), (body, read) => {
      try {
        read(body);
      } catch (error) {
        expect(error instanceof ShapeError || error instanceof AnnotationJobsError).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
