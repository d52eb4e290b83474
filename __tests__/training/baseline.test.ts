import { describe, expect, test } from 'vitest';
import { withHeadline } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { InterruptedError, TrainGateError } from '../../src/lib/errors.ts';
import { ApiError } from '../../src/roboflow/http/failure.ts';
import type { ResultsReading } from '../../src/training/await-results.ts';
import { type BaselineChoice, type Compared, fetchBaseline } from '../../src/training/baseline.ts';
import type { Training } from '../../src/training/training.ts';
import type { BaselinePlace, VersionResults } from '../../src/training/training-api.ts';
import { model } from '../build.ts';
import { FakeRoute, training } from './fake-route.ts';

/** A training that succeeded, and what its results read as. */
interface Earlier {
  readonly version: number | undefined;
  readonly modelType?: string;
  readonly reading: ResultsReading | Error;
}

/** A route with a past, which remembers what was read of it. */
class RouteWithPast extends FakeRoute {
  readonly places: BaselinePlace[] = [];
  readonly read: string[] = [];
  unlisted: VersionResults | undefined;
  readonly #readings = new Map<string, ResultsReading | Error>();
  readonly #trainings: readonly Training[];

  constructor(...past: readonly Earlier[]) {
    super();
    this.#trainings = past.map(({ version, modelType = 'rfdetr-nano', reading }, index) => {
      const id = `t${index + 1}`;
      this.#readings.set(id, reading);
      return training({ id, version, modelType, phase: 'succeeded', status: 'finished' });
    });
  }

  override async succeeded(place: BaselinePlace): Promise<readonly Training[]> {
    this.places.push(place);
    return this.#trainings.filter(({ version = 0 }) =>
      'below' in place ? version < place.below : version === place.version,
    );
  }

  override async unlistedResults(): Promise<VersionResults | undefined> {
    return this.unlisted;
  }

  override async results({ id }: Training): Promise<ResultsReading> {
    this.read.push(id);
    const reading = this.#readings.get(id);
    if (reading === undefined || reading instanceof Error) throw reading;
    return reading;
  }
}

/** The baseline, if rules need neither metrics of their own nor anything by class. */
function readFor(choice: BaselineChoice | undefined, compared: Compared, route: RouteWithPast) {
  const wanted = { metrics: [], details: 'none' } as const;
  return fetchBaseline(choice, compared, route, wanted, async (results) => withHeadline(results, []));
}

function resultsWith(...models: readonly Model[]) {
  return { trainingId: undefined, models, recommended: new Map([['T4', 'acme/old']]), source: 'the past' };
}

function complete(...models: readonly Model[]): ResultsReading {
  return { kind: 'complete', results: resultsWith(...models) };
}

function incomplete(...models: readonly Model[]): ResultsReading {
  return { kind: 'incomplete', results: resultsWith(...models), reason: 'something' };
}

const old = model({ id: 'acme/old', metrics: { 'map50-95': 58.3 } });
const older = model({ id: 'acme/older', metrics: { 'map50-95': 54.9 } });
const previous = { kind: 'previous' } as const;
const trained = { version: 7, modelType: 'rfdetr-nano' };
const unclear: ResultsReading = { kind: 'unclear', reason: 'they may be of job_b', hint: 'Look.' };
const late: ResultsReading = { kind: 'not-yet', reason: 'they are of a yolov11n' };

describe('the baseline', () => {
  test('is none if none is wanted, and nothing is read for it', async () => {
    const route = new RouteWithPast({ version: 6, reading: complete(old) });
    expect(await readFor(undefined, trained, route)).toEqual({ kind: 'none' });
    expect(route.places).toEqual([]);
  });

  test.each<{ name: string; choice: Parameters<typeof fetchBaseline>[0]; place: BaselinePlace }>([
    { name: 'previous is below the version', choice: previous, place: { below: 7 } },
    { name: 'a number is that version', choice: { kind: 'version', version: 5 }, place: { version: 5 } },
    { name: 'a number may be above it', choice: { kind: 'version', version: 9 }, place: { version: 9 } },
  ])('of $name', async ({ choice, place }) => {
    const route = new RouteWithPast(...[5, 6, 9].map((version) => ({ version, reading: complete(old) })));
    expect(await readFor(choice, trained, route)).toMatchObject({ kind: 'training' });
    expect(route.places).toEqual([place]);
  });

  test('has its version, its model type, its models and its picks', async () => {
    const route = new RouteWithPast({ version: 6, reading: complete(old) });
    expect(await readFor(previous, trained, route)).toEqual({
      kind: 'training',
      version: 6,
      modelType: 'rfdetr-nano',
      results: withHeadline(resultsWith(old), []),
    });
  });

  const nano = { version: 5, modelType: 'rfdetr-nano', reading: complete(older) };
  const small = { version: 6, modelType: 'rfdetr-small', reading: complete(old) };
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
      expected: { version: 5, modelType: 'rfdetr-nano' },
      read: ['t2'],
    },
    {
      name: 'of a type that is spelt otherwise, with the name that Roboflow shows',
      past: [small, { ...nano, modelType: 'RFDETR_Nano' }],
      expected: { version: 5, modelType: 'RFDETR_Nano' },
      read: ['t2'],
    },
    {
      name: 'of a size of the family',
      past: [small, { ...nano, modelType: 'yolov11n' }],
      modelType: 'yolov11',
      expected: { version: 5, modelType: 'yolov11n' },
      read: ['t2'],
    },
    {
      name: 'of another type if there is none of the same',
      past: [small],
      expected: { version: 6, modelType: 'rfdetr-small' },
      read: ['t1'],
    },
    {
      name: 'of another type if the one of the same cannot be read',
      past: [small, { ...nano, reading: unclear }],
      expected: { version: 6, modelType: 'rfdetr-small' },
      read: ['t2', 't1'],
    },
    {
      name: 'the newest if the own type is not known',
      past: [small, nano],
      modelType: undefined,
      expected: { version: 6 },
      read: ['t1'],
    },
    {
      name: 'the next if the newest has no metrics',
      past: [{ ...nano, version: 6, reading: incomplete(model()) }, nano],
      expected: { version: 5, results: { models: [older] } },
      read: ['t1', 't2'],
    },
    {
      name: 'one whose results are not complete but have metrics',
      past: [{ ...nano, reading: incomplete(older) }],
      expected: { version: 5 },
      read: ['t1'],
    },
  ])('is $name', async ({ past, expected, read, ...row }) => {
    const route = new RouteWithPast(...past);
    const modelType = 'modelType' in row ? row.modelType : trained.modelType;
    expect(await readFor(previous, { version: 7, modelType }, route)).toMatchObject({
      kind: 'training',
      ...expected,
    });
    expect(route.read).toEqual(read);
  });

  test('is what the version shows if no list has the training', async () => {
    const route = new RouteWithPast();
    route.unlisted = { version: 6, results: withHeadline(resultsWith(old), []) };
    expect(await readFor(previous, trained, route)).toEqual({
      kind: 'training',
      version: 6,
      modelType: 'rfdetr-nano',
      results: withHeadline(resultsWith(old), []),
    });
  });

  test('is looked for in five trainings at most', async () => {
    const past = Array.from({ length: 8 }, () => ({ ...nano, reading: late }));
    const route = new RouteWithPast(...past);
    expect(await readFor(previous, trained, route)).toMatchObject({ kind: 'missing' });
    expect(route.read).toHaveLength(5);
  });
});

const refused = new ApiError('GET /acme/hard-hats/6 was refused with 403.', {
  kind: 'refused',
  status: 403,
  code: undefined,
  message: undefined,
  retryAfterMs: undefined,
});

describe('a baseline is missing, with the reason', () => {
  const noMetrics = 'training t1 of version 6 cannot be compared with: it reports no metrics';

  test.each<{
    name: string;
    choice?: Parameters<typeof fetchBaseline>[0];
    version?: number;
    reading?: ResultsReading | Error;
    reason: string;
  }>([
    {
      name: 'if no lower version has a training',
      version: 5,
      reason: 'no training has succeeded on a version below 5',
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
    {
      name: 'if its results are perhaps of another training',
      reading: unclear,
      reason: 'training t1 of version 6 cannot be compared with: they may be of job_b',
    },
    {
      name: 'if its results are of another type',
      reading: late,
      reason: 'training t1 of version 6 cannot be compared with: they are of a yolov11n',
    },
  ])('$name', async ({ choice = previous, reading = complete(old), version = 7, reason }) => {
    const compared = { ...trained, version };
    const route = new RouteWithPast({ version: 6, reading });
    expect(await readFor(choice, compared, route)).toEqual({ kind: 'missing', reason });
  });

  test.each([
    ['a refusal', refused],
    ['an outage', new TrainGateError('No answer.', { hint: 'Try again.' })],
    ['an interruption', new InterruptedError('SIGINT')],
    ['a bug', new TypeError('undefined is not a function')],
  ])('but %s is no missing baseline, and is thrown', async (_, failure) => {
    const route = new RouteWithPast({ version: 6, reading: failure });
    await expect(readFor(previous, trained, route)).rejects.toBe(failure);
  });
});

test('a training is not compared with its own version', async () => {
  const route = new RouteWithPast({ version: 7, reading: complete(old) });
  await expect(readFor({ kind: 'version', version: 7 }, trained, route)).rejects.toMatchObject({
    message: 'baseline is version 7, which is the one to judge.',
    hint: 'Set baseline to another version, or to "previous".',
  });
  expect(route.places).toEqual([]);
});

test('for a version that is still to be generated, previous is the highest of all', async () => {
  const route = new RouteWithPast({ version: 6, reading: complete(old) });
  const compared = { version: undefined, modelType: 'rfdetr-nano' };
  expect(await readFor(previous, compared, route)).toMatchObject({ kind: 'training', version: 6 });
  expect(route.places).toEqual([{ below: Number.POSITIVE_INFINITY }]);
  expect(await readFor(previous, compared, new RouteWithPast())).toEqual({
    kind: 'missing',
    reason: 'no training has succeeded on any version',
  });
});
