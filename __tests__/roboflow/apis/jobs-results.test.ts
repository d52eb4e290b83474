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

const alone = whileInFlight([]);
const besideNano = whileInFlight([{}]);
const besideYolo = whileInFlight([{ modelType: 'yolov11n' }]);
const nano = { ...bundle, modelType: 'rfdetr-nano' };
const yolo: Job = { ...other, model_type: 'yolov11n' };
const newer: Job = { ...other, createdAt: later };

type Kind = ResultsReading['kind'];

describe('what a version shows as results, after ours was followed to its end', () => {
  test.each<[name: string, Kind, jobs: readonly Job[], Before, answer?: object]>([
    ['alone on the version', 'complete', [job], alone],
    [
      'other than before, beside one that had ended',
      'complete',
      [job, other],
      whileInFlight([done], oldModels),
    ],
    ['the same as before', 'not-yet', [job, other], whileInFlight([done], models)],
    [
      'the same as before, but with the id of ours',
      'complete',
      [job, other],
      whileInFlight([done], models),
      { ...bundle, trainingId: 'job_own' },
    ],
    ['other than before, beside one in flight', 'unclear', [job, other], whileInFlight([{}], oldModels)],
    ['beside one that ended shortly before with nothing yet', 'unclear', [job, other], whileInFlight([done])],
    [
      'beside one that had ended shortly before, and whose model had no metrics yet',
      'unclear',
      [job, other],
      whileInFlight([done], [{ ...models[0], metrics: null }]),
    ],
    [
      'beside one of another type that had ended shortly before and showed nothing yet',
      'complete',
      [job, yolo],
      whileInFlight([{ ...done, modelType: 'yolov11n' }]),
      nano,
    ],
    [
      'beside one that had ended two days before and never showed anything',
      'complete',
      [job, other],
      whileInFlight([{ ...done, createdAtMs: -48 * hour }]),
    ],
    ['beside one that is still in flight', 'unclear', [job, { ...other, status: 'training' }], besideNano],
    ['beside one that is new', 'unclear', [job, newer], alone],
    ['beside a new one, on a version unknown', 'unclear', [job, { ...other, version: undefined }], alone],
    [
      'beside a new one, with the id of ours',
      'complete',
      [job, newer],
      alone,
      { ...bundle, trainingId: 'job_own' },
    ],
    ['beside a new one on another version', 'complete', [job, { ...other, version: 6 }], alone],
    [
      'beside one that was in flight and failed',
      'complete',
      [job, { ...other, status: 'failed' }],
      besideNano,
    ],
    ['beside one of another type than they are of', 'complete', [job, yolo], besideYolo, nano],
    [
      'beside one of another type, which only the models tell',
      'complete',
      [job, yolo],
      besideYolo,
      { ...bundle, models: [{ ...models[0], modelType: 'rfdetr-nano' }] },
    ],
    ['beside one of another type, and they do not tell theirs', 'unclear', [job, yolo], besideYolo],
    [
      'beside one of a type unknown',
      'unclear',
      [job, { ...other, model_type: undefined }],
      whileInFlight([{ modelType: undefined }]),
      nano,
    ],
    ['of another type', 'not-yet', [job], alone, { ...bundle, modelType: 'yolov11n' }],
    [
      'with models of another type',
      'not-yet',
      [job],
      alone,
      { ...bundle, models: [{ ...models[0], modelType: 'yolov11n' }] },
    ],
    ['of a type that is spelt otherwise', 'complete', [job], alone, { ...bundle, modelType: 'RF-DETR Nano' }],
    ['of another version', 'not-yet', [job], alone, { ...bundle, trainingId: 'acme/hard-hats/6' }],
    ['of a training that still runs', 'not-yet', [job], alone, { ...bundle, status: 'running' }],
    ['of a training that failed', 'not-yet', [job], alone, { ...bundle, status: 'failed' }],
    ['without a model, and alone on the version', 'incomplete', [job], alone, { ...bundle, models: [] }],
    ['without a model, beside one in flight', 'not-yet', [job, other], besideNano, { ...bundle, models: [] }],
  ])('%s: %s', async (_, kind, jobs, before, answer = bundle) => {
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
