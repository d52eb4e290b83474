import { describe, expect, test } from 'vitest';
import { AnnotationJobsError, readJob, readJobs } from '../../../src/roboflow/schema/job-body.ts';
import { ShapeError } from '../../../src/roboflow/schema/shape.ts';

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

  const second = { ...job, id: 'job_x2', status: 'complete' };
  test.each<[name: string, body: unknown]>([
    ['bare', job],
    ['under job', { job }],
    ['under jobs', { jobs: [job] }],
    ['with fields that nobody knows', { ...job, gpu: { kind: 'x' }, __v: 3 }],
  ])('is read %s, and is not another one where it was asked for by its id', (_, body) => {
    expect(readJob(body)).toEqual(training);
    expect(readJob(body, 'job_x1')).toEqual(training);
    expect(() => readJob(body, 'job_x3')).toThrow(/^not training job job_x3 but /);
  });

  test('is not guessed from a list of several, but found there by its id', () => {
    const body = { jobs: [{ ...job, id: 'job_x0' }, second, job] };
    expect(() => readJob(body)).toThrow(ShapeError);
    expect(readJob(body, 'job_x1')).toEqual(training);
    expect(() => readJob(body, 'job_x3')).toThrow(/^not training job job_x3 but /);
  });

  test.each<[name: string, part: object, expected: object]>([
    ['its id under both names', { jobId: 'job_y' }, { id: 'job_y' }],
    ['no version', { version: undefined }, { version: undefined }],
    ['a version that is none', { version: 0 }, { version: undefined }],
    ['its type in camel case', { model_type: undefined, modelType: 'x' }, { modelType: 'x' }],
    ['no progress', { progress: undefined }, { progress: undefined }],
    ['progress that is none', { progress: 25 }, { progress: undefined }],
    ['no date', { createdAt: undefined }, { createdAtMs: undefined }],
    ['a status that nobody knows', { status: 'warming up' }, { status: 'warming up', phase: 'unknown' }],
    ['a status in capitals', { status: 'COMPLETE' }, { status: 'COMPLETE', phase: 'succeeded' }],
    ['a reason', { error: { message: 'out of memory' } }, { reason: 'out of memory' }],
  ])('may have %s', (_, part, expected) => {
    expect(readJob({ ...job, ...part })).toEqual({ ...training, ...expected });
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
  test.each(['labeler', 'reviewerEmail', 'numImages', 'sourceBatch', 'annotated', 'owner', 'batch'])(
    'are known by %s where there is neither version nor model type, as a training would have',
    (field) => {
      const bare = { id: 'ann_1', status: 'created', name: 'x' };
      expect(() => readJob({ ...bare, [field]: '' })).toThrow(AnnotationJobsError);
      expect(() => readJobs({ jobs: [{ ...bare, [field]: 'y' }] })).toThrow(AnnotationJobsError);
      expect(() => readJob({ ...bare, [field]: null })).toThrow(ShapeError);
      expect(readJobs({ jobs: [{ ...job, [field]: 'y' }] })).toEqual([training]);
    },
  );

  test('are refused by name, bare, under job and in a list', () => {
    const message = 'The jobs of this project are labelling jobs, not trainings.';
    expect(() => readJob(labelling)).toThrow(message);
    expect(() => readJob({ job: labelling })).toThrow(message);
    expect(() => readJobs({ jobs: [labelling] })).toThrow(message);
    expect(() => readJobs({ jobs: [labelling, { id: 'a' }] })).toThrow(message);
    expect(() => readJob({ jobs: [labelling] }, 'ann_1')).toThrow(message);
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

  test('are read beside elements that are none', () => {
    expect(readJobs({ jobs: [null, 'x', [], {}, { status: 'queued' }, job] })).toEqual([training]);
  });

  test('have a status of at most 103 characters', () => {
    const [read] = readJobs([{ ...job, status: 'x'.repeat(5_000) }]);
    expect(read?.status).toBe(`${'x'.repeat(100)}...`);
  });

  test('are read beside labelling jobs', () => {
    const labelling = { id: 'ann_1', status: 'assigned', labeler: 'x@example.org' };
    expect(readJobs({ jobs: [labelling, job, { ...labelling, id: 'ann_2' }] })).toEqual([training]);
  });

  test('are kept where they tell only an id, since they may be paid for, and are not over', () => {
    const [, bare, untyped] = readJobs({ jobs: [job, { id: 'a' }, { id: 'b', status: 'complete' }] });
    const nothing = { version: undefined, modelType: undefined, progress: undefined, createdAtMs: undefined };
    expect(bare).toEqual({ ...nothing, id: 'a', status: 'unknown', phase: 'unknown', reason: undefined });
    expect(untyped).toMatchObject({ ...nothing, id: 'b', phase: 'succeeded' });
  });

  test('may come as a bare list', () => {
    expect(readJobs([job])).toEqual([training]);
  });
});
