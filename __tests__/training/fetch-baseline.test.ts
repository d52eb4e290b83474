import { describe, expect, test } from 'vitest';
import { withHeadline } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { InterruptedError, TrainGateError } from '../../src/lib/errors.ts';
import { ApiError } from '../../src/roboflow/http/failure.ts';
import type { ResultsReading } from '../../src/training/await-results.ts';
import { type BaselineChoice, fetchBaseline } from '../../src/training/fetch-baseline.ts';
import type { Training } from '../../src/training/training.ts';
import type { BaselinePlace, PastVersion } from '../../src/training/training-api.ts';
import { model } from '../build.ts';
import { FakeRoute, training } from './fake-route.ts';

/** A training that succeeded, and what its results read as. */
interface Earlier {
  readonly modelType?: string | undefined;
  readonly reading: ResultsReading | Error;
}

/** An API whose version 6 was trained, which remembers what was read of it. */
class ApiWithPast extends FakeRoute {
  readonly places: BaselinePlace[] = [];
  readonly read: string[] = [];
  readonly #readings = new Map<string, ResultsReading | Error>();
  readonly #trained: PastVersion | undefined;

  constructor(...past: readonly Earlier[]) {
    super();
    const trainings = past.map(({ reading, ...type }, index) => {
      const id = `t${index + 1}`;
      this.#readings.set(id, reading);
      const modelType = 'modelType' in type ? type.modelType : 'rfdetr-nano';
      return training({ id, version: 6, modelType, phase: 'succeeded', status: 'finished' });
    });
    this.#trained = past.length === 0 ? undefined : { version: 6, trainings, unlisted: undefined };
  }

  override async trainedVersion(place: BaselinePlace): Promise<PastVersion | undefined> {
    this.places.push(place);
    return this.#trained;
  }

  override async results({ id }: Training): Promise<ResultsReading> {
    this.read.push(id);
    const reading = this.#readings.get(id);
    if (reading === undefined || reading instanceof Error) throw reading;
    return reading;
  }
}

/** The baseline, if rules need neither metrics of their own nor anything by class. */
function readFor(choice: BaselineChoice, judged: Pick<Training, 'version' | 'modelType'>, api: FakeRoute) {
  const wanted = { metrics: [], toldMetrics: [], details: 'none' } as const;
  return fetchBaseline(choice, judged, {
    api,
    wanted,
    complete: async (results) => withHeadline(results, []),
  });
}

function resultsWith(...models: readonly Model[]) {
  return { trainingId: undefined, models, recommended: new Map([['T4', 'acme/old']]), source: 'the past' };
}

function complete(...models: readonly Model[]): ResultsReading {
  return { kind: 'complete', results: resultsWith(...models) };
}

function incomplete(...models: readonly Model[]): ResultsReading {
  return {
    kind: 'incomplete',
    results: resultsWith(...models),
    reason: 'something is missing',
    lacks: 'models',
  };
}

const old = model({ id: 'acme/old', metrics: { 'map50-95': 58.3 } });
const older = model({ id: 'acme/older', metrics: { 'map50-95': 54.9 } });
const previous = { kind: 'previous' } as const;
const judged = { version: 7, modelType: 'rfdetr-nano' };
const unclear: ResultsReading = { kind: 'unclear', reason: 'they may be of job_b', hint: 'Look.' };
const late: ResultsReading = { kind: 'not-yet', reason: 'they are of a yolov11n' };

describe('the baseline', () => {
  test.each<{ choice: BaselineChoice; version?: number | undefined; place: BaselinePlace }>([
    { choice: previous, place: { below: 7 } },
    { choice: previous, version: undefined, place: { below: Number.POSITIVE_INFINITY } },
    { choice: { kind: 'version', version: 5 }, place: { version: 5 } },
    { choice: { kind: 'version', version: 9 }, place: { version: 9 } },
  ])('$choice is looked for at $place', async ({ choice, place, ...row }) => {
    const api = new ApiWithPast({ reading: complete(old) });
    const version = 'version' in row ? row.version : 7;
    expect(await readFor(choice, { ...judged, version }, api)).toEqual({
      kind: 'training',
      version: 6,
      modelType: 'rfdetr-nano',
      isSameType: true,
      results: withHeadline(resultsWith(old), []),
    });
    expect(api.places).toEqual([place]);
  });

  const nano = { reading: complete(older) };
  const small = { modelType: 'rfdetr-small', reading: complete(old) };
  test.each<{
    name: string;
    past: readonly Earlier[];
    modelType?: string | undefined;
    expected: object;
    read: readonly string[];
  }>([
    {
      name: 'of the same model type before a newer one of another',
      past: [small, nano],
      expected: { modelType: 'rfdetr-nano', isSameType: true },
      read: ['t2'],
    },
    {
      name: 'the newest of the same model type',
      past: [small, nano, { reading: complete(old) }],
      expected: { results: { models: [older] } },
      read: ['t2'],
    },
    {
      name: 'of a type that is spelt otherwise, with the name that Roboflow shows',
      past: [small, { ...nano, modelType: 'RFDETR_Nano' }],
      expected: { modelType: 'RFDETR_Nano', isSameType: true },
      read: ['t2'],
    },
    {
      name: 'of a size of the family',
      past: [small, { ...nano, modelType: 'yolov11n' }],
      modelType: 'yolov11',
      expected: { modelType: 'yolov11n', isSameType: true },
      read: ['t2'],
    },
    {
      name: 'the newest of another type if there is none of the same',
      past: [small, { ...nano, modelType: 'yolov11n' }],
      expected: { modelType: 'rfdetr-small', isSameType: false },
      read: ['t1'],
    },
    {
      name: 'of another type if the one of the same has no results of its own',
      past: [small, { ...nano, reading: unclear }],
      expected: { modelType: 'rfdetr-small', isSameType: false },
      read: ['t2', 't1'],
    },
    {
      name: 'the newest if the own type is not known',
      past: [small, nano],
      modelType: undefined,
      expected: { modelType: 'rfdetr-small', isSameType: false },
      read: ['t1'],
    },
    {
      name: 'of no certain type if Roboflow does not say it',
      past: [{ ...nano, modelType: undefined }],
      expected: { modelType: undefined, isSameType: false },
      read: ['t1'],
    },
    {
      name: 'the next of the version if the newest has no metrics',
      past: [{ reading: incomplete(model()) }, nano],
      expected: { results: { models: [older] } },
      read: ['t1', 't2'],
    },
    {
      name: 'one whose results are not complete but have metrics',
      past: [{ reading: incomplete(older) }],
      expected: { results: { models: [older] } },
      read: ['t1'],
    },
  ])('is $name', async ({ past, expected, read, ...row }) => {
    const api = new ApiWithPast(...past);
    const modelType = 'modelType' in row ? row.modelType : judged.modelType;
    expect(await readFor(previous, { version: 7, modelType }, api)).toMatchObject({
      kind: 'training',
      version: 6,
      ...expected,
    });
    expect(api.read).toEqual(read);
  });

  test('is what the version shows if no list has the training', async () => {
    const api = new FakeRoute();
    const unlisted = resultsWith({ ...old, type: undefined });
    api.trainedVersion = async () => ({ version: 6, trainings: [], unlisted });
    expect(await readFor(previous, judged, api)).toEqual({
      kind: 'training',
      version: 6,
      modelType: undefined,
      isSameType: false,
      results: withHeadline(unlisted, []),
    });
  });

  test('is looked for in five trainings at most', async () => {
    const api = new ApiWithPast(...Array.from({ length: 8 }, () => ({ reading: late })));
    expect(await readFor(previous, judged, api)).toMatchObject({ kind: 'unread' });
    expect(api.read).toHaveLength(5);
  });
});

describe('a baseline is missing, with the reason', () => {
  const noMetrics = 'training t1 of version 6 cannot be compared with: it reports no metrics';

  test.each<{
    name: string;
    choice?: BaselineChoice;
    version?: number | undefined;
    reading?: ResultsReading;
    reason: string;
  }>([
    { name: 'if no lower version has a training', reason: 'no training has succeeded on a version below 7' },
    {
      name: 'if no version has one, and a new one is to be generated',
      version: undefined,
      reason: 'no training has succeeded on any version',
    },
    {
      name: 'if that version has none',
      choice: { kind: 'version', version: 4 },
      reason: 'no training has succeeded on version 4',
    },
    { name: 'if it has no models', reading: incomplete(), reason: noMetrics },
    { name: 'if its models have no metrics', reading: incomplete(model()), reason: noMetrics },
    {
      name: 'if only a stock model has metrics',
      reading: incomplete({ ...old, family: 'stock' }),
      reason: noMetrics,
    },
  ])('$name', async ({ choice = previous, reading, reason, ...row }) => {
    const version = 'version' in row ? row.version : 7;
    const api = new ApiWithPast(...(reading === undefined ? [] : [{ reading }]));
    expect(await readFor(choice, { ...judged, version }, api)).toEqual({ kind: 'missing', reason });
  });

  const none = incomplete();
  test.each<{ name: string; readings: readonly ResultsReading[]; message: string }>([
    {
      name: 'are perhaps of another',
      readings: [unclear],
      message: 'Training t1 of version 6 cannot be compared with: they may be of job_b.',
    },
    {
      name: 'are of another type',
      readings: [late],
      message: 'Training t1 of version 6 cannot be compared with: they are of a yolov11n.',
    },
    {
      name: 'may come, or be of another for good',
      readings: [{ ...unclear, kind: 'not-yet' }],
      message: 'Training t1 of version 6 cannot be compared with: they may be of job_b.',
    },
    {
      name: 'are unclear beside one without',
      readings: [none, unclear],
      message: 'Training t2 of version 6 cannot be compared with: they may be of job_b.',
    },
    {
      name: 'are unclear before one without',
      readings: [unclear, none],
      message: 'Training t1 of version 6 cannot be compared with: they may be of job_b.',
    },
    {
      name: 'came late, and are unclear',
      readings: [late, unclear, none],
      message: 'Training t1 of version 6 cannot be compared with: they are of a yolov11n.',
    },
  ])('but not if its results $name: they may report what is compared', async ({ readings, message }) => {
    const api = new ApiWithPast(...readings.map((reading) => ({ reading })));
    const baseline = await readFor(previous, judged, api);
    expect(baseline).toMatchObject({ kind: 'unread', error: { message }, isFinal: /job_b/.test(message) });
  });

  const refusal = (status: number) =>
    new ApiError(`GET /acme/hard-hats/6 answered ${status}.`, {
      kind: 'refused',
      status,
      code: undefined,
      message: undefined,
      retryAfterMs: undefined,
    });

  test.each([
    refusal(401),
    refusal(403),
    refusal(409),
    refusal(503),
    new TrainGateError('No answer.', { hint: 'Try again.' }),
  ])('but not if a request fails: $message', async (error) => {
    const results = new ApiWithPast({ reading: error });
    expect(await readFor(previous, judged, results)).toEqual({ kind: 'unread', error });
    const list = new FakeRoute();
    list.trainedVersion = () => Promise.reject(error);
    expect(await readFor(previous, judged, list)).toEqual({ kind: 'unread', error });
  });

  test.each([
    ['an interruption', new InterruptedError('SIGINT')],
    ['a bug', new TypeError('undefined is not a function')],
  ])('and %s ends the step', async (_, failure) => {
    const api = new ApiWithPast({ reading: failure });
    await expect(readFor(previous, judged, api)).rejects.toBe(failure);
  });
});

test('a training is not compared with its own version', async () => {
  const api = new ApiWithPast({ reading: complete(old) });
  await expect(readFor({ kind: 'version', version: 7 }, judged, api)).rejects.toMatchObject({
    message: 'baseline is version 7, which is the one to judge.',
    hint: 'Set baseline to another version, or to "previous".',
  });
  expect(api.places).toEqual([]);
});
