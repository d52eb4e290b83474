import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { jobsRoute } from '../../../src/roboflow/apis/jobs-api.ts';
import type { ResultsReading } from '../../../src/training/await-results.ts';
import type { Before } from '../../../src/training/before.ts';
import type { Training } from '../../../src/training/training.ts';
import { named, rows } from '../../rows.ts';
import { training as trainingWith } from '../../training/fake-route.ts';
import { hour, noWishes, simulateRoboflow } from '../simulated-roboflow.ts';

const startedAt = '2027-01-04T05:00:00.000Z';
const later = '2027-01-04T06:00:00.000Z';
const earlier = '2027-01-04T04:00:00.000Z';
const dayBefore = '2027-01-03T05:00:00.000Z';

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
function whileInFlight(others: readonly Partial<Training>[], shown?: readonly object[]): Before {
  const trainings = [
    trainingWith({ id: 'job_own' }),
    ...others.map((changes) => trainingWith({ id: 'job_b', phase: 'active', ...changes })),
  ];
  const haveMetrics = shown?.some((model) => 'metrics' in model && model.metrics !== null) ?? false;
  return { atMs: 0, trainings, results: shown && { text: JSON.stringify(shown), haveMetrics } };
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

const yolo: Job = { ...other, model_type: 'yolov11n' };
const newer: Job = { ...other, createdAt: later };

type Kind = ResultsReading['kind'];

const byId =
  'To judge one of them, look up its training id on Roboflow, and set route to "trainings", version to 7 and job-id to that id.';

describe('what a version shows as results, after ours was followed to its end', () => {
  const others: Readonly<Record<string, readonly Job[]>> = {
    alone: [],
    'beside other': [other],
    'beside other, in flight': [{ ...other, status: 'training' }],
    'beside other, failed': [{ ...other, status: 'failed' }],
    'beside other, on version 6': [{ ...other, version: 6 }],
    'beside other, on a version unknown': [{ ...other, version: undefined }],
    'beside other, of a type unknown': [{ ...other, model_type: undefined }],
    'beside newer': [newer],
    'beside yolo': [yolo],
  };
  /** What there was while ours was in flight. */
  const befores: Readonly<Record<string, Before>> = {
    nothing: whileInFlight([]),
    'one in flight': whileInFlight([{}]),
    'one in flight, showing old models': whileInFlight([{}], oldModels),
    'one of yolo in flight': whileInFlight([{ modelType: 'yolov11n' }]),
    'one of no type in flight': whileInFlight([{ modelType: undefined }]),
    'one over': whileInFlight([done]),
    'one over, showing old models': whileInFlight([done], oldModels),
    'one over, showing these models': whileInFlight([done], models),
    'one over, showing them without metrics': whileInFlight([done], [{ ...models[0], metrics: null }]),
    'one of yolo over': whileInFlight([{ ...done, modelType: 'yolov11n' }]),
    'one over for two days': whileInFlight([{ ...done, createdAtMs: -48 * hour }]),
  };
  const typed = (modelType: string) => ({ models: [{ ...models[0], modelType }] });
  /** What the answer has besides models. */
  const answers: Readonly<Record<string, object>> = {
    '': {},
    'id of ours': { trainingId: 'job_own' },
    'type rfdetr-nano': { modelType: 'rfdetr-nano' },
    'type RF-DETR Nano': { modelType: 'RF-DETR Nano' },
    'type yolov11n': { modelType: 'yolov11n' },
    'models of rfdetr-nano': typed('rfdetr-nano'),
    'models of yolov11n': typed('yolov11n'),
    'version 6': { trainingId: 'acme/hard-hats/6' },
    running: { status: 'running' },
    failed: { status: 'failed' },
    'no model': { models: [] },
  };

  // Jobs of the list | what there was before | what the answer says | how it reads
  test.each(
    rows(`
    alone | nothing | | complete
    beside other | one over, showing old models | | complete
    beside other | one over, showing these models | | not-yet
    beside other | one over, showing these models | id of ours | complete
    beside other | one in flight, showing old models | | unclear
    beside other | one over | | unclear
    beside other | one over, showing them without metrics | | unclear
    beside yolo | one of yolo over | type rfdetr-nano | complete
    beside other | one over for two days | | complete
    beside other, in flight | one in flight | | unclear
    beside newer | nothing | | unclear
    beside other, on a version unknown | nothing | | unclear
    beside newer | nothing | id of ours | complete
    beside other, on version 6 | nothing | | complete
    beside other, failed | one in flight | | complete
    beside yolo | one of yolo in flight | type rfdetr-nano | complete
    beside yolo | one of yolo in flight | models of rfdetr-nano | complete
    beside yolo | one of yolo in flight | | unclear
    beside other, of a type unknown | one of no type in flight | type rfdetr-nano | unclear
    alone | nothing | type yolov11n | not-yet
    alone | nothing | models of yolov11n | not-yet
    alone | nothing | type RF-DETR Nano | complete
    alone | nothing | version 6 | not-yet
    alone | nothing | running | not-yet
    alone | nothing | failed | not-yet
    alone | nothing | no model | incomplete
    beside other | one in flight | no model | not-yet
    `),
  )('%s, after %s, with %s: %s', async (jobs, before, answer, kind) => {
    const body = { ...bundle, ...named(answers, answer) };
    expect((await readingOf([job, ...named(others, jobs)], body, named(befores, before))).kind).toBe(kind);
  });

  test('that nobody can tell the owner of name both trainings, and what to do', async () => {
    expect(await readingOf([job, other], bundle, whileInFlight([{}]))).toEqual({
      kind: 'unclear',
      reason: 'What Roboflow shows for version 7 may be of job_b instead of training job_own',
      hint: byId,
    });
  });

  test.each([
    ['yolov11n', 'Roboflow shows results of a yolov11n, and training job_own is a rfdetr-nano'],
    [undefined, 'What Roboflow shows for version 7 may be of job_b instead of training job_own'],
  ])('and that a newer one has replaced, of %s, are found by its id', async (type, reason) => {
    const shown = { ...bundle, trainingId: undefined, modelType: type };
    const reading = await readingOf([job, { ...newer, model_type: type }], shown, whileInFlight([]));
    expect(reading).toMatchObject({ reason, hint: byId });
  });

  test('and that are of another type without a newer one are only late', async () => {
    const reading = await readingOf(
      [job, other],
      { ...bundle, modelType: 'yolov11n' },
      whileInFlight([done]),
    );
    expect(reading).toEqual({ kind: 'not-yet', reason: expect.stringContaining('results of a yolov11n') });
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
  const undated = { ...ours, createdAtMs: undefined };

  test.each<[name: string, Kind, jobs: readonly Job[], training?: Training]>([
    ['and is alone', 'complete', [job]],
    ['and one of an hour before may have ended later', 'unclear', [job, other]],
    ['and one of an hour before was stopped, maybe later', 'unclear', [job, { ...other, status: 'stopped' }]],
    ['and one of an hour before failed', 'complete', [job, { ...other, status: 'failed' }]],
    ['and one of an hour before is in flight', 'complete', [job, { ...other, status: 'training' }]],
    ['and one of a day before has ended before', 'complete', [job, { ...other, createdAt: dayBefore }]],
    ['and a newer one has weights', 'unclear', [job, newer]],
    ['and a newer one was stopped with weights', 'unclear', [job, { ...newer, status: 'stopped' }]],
    ['and a newer one failed', 'complete', [job, { ...newer, status: 'failed' }]],
    ['and a newer one is still in flight', 'complete', [job, { ...newer, status: 'training' }]],
    ['and one has the same date', 'unclear', [job, { ...other, createdAt: startedAt }]],
    ['and one has no date', 'unclear', [job, { ...other, createdAt: undefined }]],
    ['and a newer one is on another version', 'complete', [job, { ...newer, version: 6 }]],
    ['and only the list has its date', 'complete', [job, { ...other, createdAt: dayBefore }], undated],
    ['and nothing has its date', 'unclear', [{ ...job, createdAt: undefined }, other], undated],
  ])('%s: %s', async (_, kind, jobs, training) => {
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
