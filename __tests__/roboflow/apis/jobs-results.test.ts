import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { jobsRoute } from '../../../src/roboflow/apis/jobs-api.ts';
import type { ResultsReading } from '../../../src/training/await-results.ts';
import type { Before } from '../../../src/training/before.ts';
import type { Training } from '../../../src/training/training.ts';
import { training as trainingWith } from '../../training/fake-route.ts';
import { hour, noWishes, simulateRoboflow } from '../simulated-roboflow.ts';

const startedAt = '2027-01-04T05:00:00.000Z';
const later = '2027-01-04T06:00:00.000Z';
const earlier = '2027-01-04T04:00:00.000Z';

/** A job as the list shows it. */
interface Job {
  readonly id: string;
  readonly status: string;
  readonly version?: number | undefined;
  readonly model_type?: string | undefined;
  readonly createdAt?: string | undefined;
}

const job: Job = {
  id: 'job_own',
  status: 'complete',
  version: 7,
  model_type: 'rfdetr-nano',
  createdAt: startedAt,
};
const other: Job = { ...job, id: 'job_b', createdAt: earlier };
const ours = trainingWith({
  id: 'job_own',
  status: 'complete',
  phase: 'succeeded',
  createdAtMs: Date.parse(startedAt),
});

const models = [{ modelId: 'acme/m', status: 'finished', metrics: { map50: 84 } }];
const oldModels = [{ modelId: 'acme/m', status: 'finished', metrics: { map50: 99 } }];
const bundle = { trainingId: 't_own', status: 'finished', models };

/** What there was while ours was in flight: ours, and these. */
function whileInFlight(others: readonly Partial<Training>[], results?: readonly object[]): Before {
  const trainings = [
    trainingWith({ id: 'job_own' }),
    ...others.map((changes) => trainingWith({ id: 'job_b', phase: 'active', ...changes })),
  ];
  return { atMs: 0, trainings, results: results && JSON.stringify(results) };
}

const done = { phase: 'succeeded' } as const;

/** How the results of ours read. */
async function readingOf(
  jobs: readonly Job[],
  answer: object,
  before: Before | undefined,
  training: Training = ours,
): Promise<ResultsReading> {
  const faults: Fault[] = [
    { route: 'list', do: { kind: 'json', body: { jobs } } },
    { route: 'results', do: { kind: 'json', body: answer } },
    { route: 'models', do: { kind: 'json', body: [] } },
  ];
  await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
  // Read before the simulator closes.
  return await jobsRoute(roboflow.here).results(training, before, noWishes);
}

interface Row {
  readonly name: string;
  readonly jobs: readonly Job[];
  readonly answer?: object;
  readonly before: Before | undefined;
  readonly kind: ResultsReading['kind'];
}

describe('what a version shows as results, after ours was followed to its end', () => {
  test.each<Row>([
    { name: 'alone on the version', jobs: [job], before: whileInFlight([]), kind: 'complete' },
    {
      name: 'other than before, beside one that had ended',
      jobs: [job, other],
      before: whileInFlight([done], oldModels),
      kind: 'complete',
    },
    {
      name: 'the same as before',
      jobs: [job, other],
      before: whileInFlight([done], models),
      kind: 'not-yet',
    },
    {
      name: 'the same as before, but with the id of ours',
      jobs: [job, other],
      answer: { ...bundle, trainingId: 'job_own' },
      before: whileInFlight([done], models),
      kind: 'complete',
    },
    {
      name: 'other than before, beside one that was in flight',
      jobs: [job, other],
      before: whileInFlight([{}], oldModels),
      kind: 'unclear',
    },
    {
      name: 'beside one that had ended shortly before and showed nothing yet',
      jobs: [job, other],
      before: whileInFlight([done]),
      kind: 'unclear',
    },
    {
      name: 'beside one that had ended shortly before, and whose model had no metrics yet',
      jobs: [job, other],
      before: whileInFlight([done], [{ ...models[0], metrics: null }]),
      kind: 'unclear',
    },
    {
      name: 'beside one of another type that had ended shortly before and showed nothing yet',
      jobs: [job, { ...other, model_type: 'yolov11n' }],
      answer: { ...bundle, modelType: 'rfdetr-nano' },
      before: whileInFlight([{ ...done, modelType: 'yolov11n' }]),
      kind: 'complete',
    },
    {
      name: 'beside one that had ended two days before and never showed anything',
      jobs: [job, other],
      before: whileInFlight([{ ...done, createdAtMs: -48 * hour }]),
      kind: 'complete',
    },
    {
      name: 'beside one that is still in flight',
      jobs: [job, { ...other, status: 'training' }],
      before: whileInFlight([{}]),
      kind: 'unclear',
    },
    {
      name: 'beside one that is new',
      jobs: [job, { ...other, createdAt: later }],
      before: whileInFlight([]),
      kind: 'unclear',
    },
    {
      name: 'beside one that is new, on a version unknown',
      jobs: [job, { ...other, version: undefined }],
      before: whileInFlight([]),
      kind: 'unclear',
    },
    {
      name: 'beside a new one, but with the id of ours',
      jobs: [job, { ...other, createdAt: later }],
      answer: { ...bundle, trainingId: 'job_own' },
      before: whileInFlight([]),
      kind: 'complete',
    },
    {
      name: 'beside a new one on another version',
      jobs: [job, { ...other, version: 6 }],
      before: whileInFlight([]),
      kind: 'complete',
    },
    {
      name: 'beside one that was in flight and failed',
      jobs: [job, { ...other, status: 'failed' }],
      before: whileInFlight([{}]),
      kind: 'complete',
    },
    {
      name: 'beside one of another type than they are of',
      jobs: [job, { ...other, model_type: 'yolov11n' }],
      answer: { ...bundle, modelType: 'rfdetr-nano' },
      before: whileInFlight([{ modelType: 'yolov11n' }]),
      kind: 'complete',
    },
    {
      name: 'beside one of another type, which only the models tell',
      jobs: [job, { ...other, model_type: 'yolov11n' }],
      answer: { ...bundle, models: [{ ...models[0], modelType: 'rfdetr-nano' }] },
      before: whileInFlight([{ modelType: 'yolov11n' }]),
      kind: 'complete',
    },
    {
      name: 'beside one of another type, and they do not say of which they are',
      jobs: [job, { ...other, model_type: 'yolov11n' }],
      before: whileInFlight([{ modelType: 'yolov11n' }]),
      kind: 'unclear',
    },
    {
      name: 'beside one of a type unknown',
      jobs: [job, { ...other, model_type: undefined }],
      answer: { ...bundle, modelType: 'rfdetr-nano' },
      before: whileInFlight([{ modelType: undefined }]),
      kind: 'unclear',
    },
    {
      name: 'of another type',
      jobs: [job],
      answer: { ...bundle, modelType: 'yolov11n' },
      before: whileInFlight([]),
      kind: 'not-yet',
    },
    {
      name: 'with models of another type',
      jobs: [job],
      answer: { ...bundle, models: [{ ...models[0], modelType: 'yolov11n' }] },
      before: whileInFlight([]),
      kind: 'not-yet',
    },
    {
      name: 'of a type that is spelt otherwise',
      jobs: [job],
      answer: { ...bundle, modelType: 'RF-DETR Nano' },
      before: whileInFlight([]),
      kind: 'complete',
    },
    {
      name: 'of another version',
      jobs: [job],
      answer: { ...bundle, trainingId: 'acme/hard-hats/6' },
      before: whileInFlight([]),
      kind: 'not-yet',
    },
    {
      name: 'of a training that still runs',
      jobs: [job],
      answer: { ...bundle, status: 'running' },
      before: whileInFlight([]),
      kind: 'not-yet',
    },
    {
      name: 'of a training that failed',
      jobs: [job],
      answer: { ...bundle, status: 'failed' },
      before: whileInFlight([]),
      kind: 'not-yet',
    },
    {
      name: 'without a model, and alone on the version',
      jobs: [job],
      answer: { ...bundle, models: [] },
      before: whileInFlight([]),
      kind: 'incomplete',
    },
    {
      name: 'without a model, beside one that was in flight',
      jobs: [job, other],
      answer: { ...bundle, models: [] },
      before: whileInFlight([{}]),
      kind: 'not-yet',
    },
  ])('$name: $kind', async ({ jobs, answer = bundle, before, kind }) => {
    expect((await readingOf(jobs, answer, before)).kind).toBe(kind);
  });

  test('that nobody can tell the owner of name both trainings, and what to do', async () => {
    expect(await readingOf([job, other], bundle, whileInFlight([{}]))).toEqual({
      kind: 'unclear',
      reason: 'What Roboflow shows for version 7 may be of job_b instead of training job_own',
      hint: 'Look at both on Roboflow. To judge the newest one, set job-id to its id. To have each judged, train one after the other, or each on a version of its own.',
    });
  });

  test('are the models of ours', async () => {
    const reading = await readingOf([job], bundle, whileInFlight([]));
    expect(reading).toMatchObject({
      results: {
        trainingId: 't_own',
        models: [{ id: 'acme/m', type: 'rfdetr-nano' }],
        source: 'the training results',
      },
    });
  });

  test('have the type of the list if no look told it', async () => {
    const untold = { ...ours, modelType: undefined };
    expect(await readingOf([job], bundle, whileInFlight([]), untold)).toMatchObject({
      results: { models: [{ type: 'rfdetr-nano' }] },
    });
  });
});

describe('what a version shows as results, if ours had ended when it was first seen', () => {
  test.each<{ name: string; jobs: readonly Job[]; training?: Training; kind: ResultsReading['kind'] }>([
    { name: 'and is alone', jobs: [job], kind: 'complete' },
    { name: 'and is the newest', jobs: [job, other], kind: 'complete' },
    { name: 'and a newer one has weights', jobs: [job, { ...other, createdAt: later }], kind: 'unclear' },
    {
      name: 'and a newer one was stopped with weights',
      jobs: [job, { ...other, createdAt: later, status: 'stopped' }],
      kind: 'unclear',
    },
    {
      name: 'and a newer one failed',
      jobs: [job, { ...other, createdAt: later, status: 'failed' }],
      kind: 'complete',
    },
    {
      name: 'and a newer one is still in flight',
      jobs: [job, { ...other, createdAt: later, status: 'training' }],
      kind: 'complete',
    },
    { name: 'and one has the same date', jobs: [job, { ...other, createdAt: startedAt }], kind: 'unclear' },
    { name: 'and one has no date', jobs: [job, { ...other, createdAt: undefined }], kind: 'unclear' },
    {
      name: 'and a newer one is on another version',
      jobs: [job, { ...other, createdAt: later, version: 6 }],
      kind: 'complete',
    },
    {
      name: 'and only the list has its date',
      jobs: [job, other],
      training: { ...ours, createdAtMs: undefined },
      kind: 'complete',
    },
    {
      name: 'and nothing has its date',
      jobs: [{ ...job, createdAt: undefined }, other],
      training: { ...ours, createdAtMs: undefined },
      kind: 'unclear',
    },
  ])('$name: $kind', async ({ jobs, training, kind }) => {
    expect((await readingOf(jobs, bundle, undefined, training)).kind).toBe(kind);
  });

  test('are unclear if nothing tells its version', async () => {
    expect(await readingOf([job], bundle, undefined, { ...ours, version: undefined })).toEqual({
      kind: 'unclear',
      reason: 'Roboflow does not say which version training job_own used, so its results cannot be found',
      hint: 'Set version to the one that it was trained on.',
    });
  });
});
