import { describe, expect, test } from 'vitest';
import { withHeadline } from '../../src/gate/headline.ts';
import type { Model } from '../../src/gate/model.ts';
import { InterruptedError, TrainGateError } from '../../src/lib/errors.ts';
import { ApiError } from '../../src/roboflow/http/failure.ts';
import type { ResultsReading } from '../../src/training/await-results.ts';
import { fetchBaseline, type VersionsChoice } from '../../src/training/fetch-baseline.ts';
import type { JudgedTraining, Training } from '../../src/training/training.ts';
import type { BaselinePlace, PastVersion } from '../../src/training/training-api.ts';
import { model } from '../build.ts';
import { named, rows } from '../rows.ts';
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
function readFor(choice: VersionsChoice, judged: JudgedTraining, api: FakeRoute) {
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
  const results = resultsWith(...models);
  return { kind: 'incomplete', results, reason: 'something is missing', lacks: 'models' };
}

const old = model({ id: 'acme/old', metrics: { 'map50-95': 58.3 } });
const older = model({ id: 'acme/older', metrics: { 'map50-95': 54.9 } });
const previous = { kind: 'previous' } as const;
const judged = { version: 7, modelType: 'rfdetr-nano' };
const unclear: ResultsReading = { kind: 'unclear', reason: 'they may be of job_b', hint: 'Look.' };
const late: ResultsReading = { kind: 'not-yet', reason: 'they are of a yolov11n' };

describe('the baseline', () => {
  test.each<{ choice: VersionsChoice; version?: number | undefined; place: BaselinePlace }>([
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
      isSameVersion: false,
      results: withHeadline(resultsWith(old), []),
    });
    expect(api.places).toEqual([place]);
  });

  /** Earlier trainings, the newest first, as "type: what its results are". */
  const pastOf = (cell: string): readonly Earlier[] =>
    cell.split(', ').map((each) => {
      const [type = '', what = ''] = each.split(': ');
      const readings = {
        old: complete(old),
        older: complete(older),
        unclear,
        bare: incomplete(model()),
        part: incomplete(older),
      };
      return { modelType: type === '?' ? undefined : type, reading: named(readings, what) };
    });

  // Name | trainings of the version | type that is judged | type of the baseline | its model | what was read
  test.each(
    rows(`
    of the same model type before a newer one of another | rfdetr-small: old, rfdetr-nano: older | rfdetr-nano | rfdetr-nano, the same | older | t2
    the newest of the same model type | rfdetr-small: old, rfdetr-nano: older, rfdetr-nano: old | rfdetr-nano | rfdetr-nano, the same | older | t2
    of a type that is spelt otherwise, with the name that Roboflow shows | rfdetr-small: old, RFDETR_Nano: older | rfdetr-nano | RFDETR_Nano, the same | older | t2
    of a size of the family | rfdetr-small: old, yolov11n: older | yolov11 | yolov11n, the same | older | t2
    the newest of another type if there is none of the same | rfdetr-small: old, yolov11n: older | rfdetr-nano | rfdetr-small | old | t1
    of another type if the one of the same has no results of its own | rfdetr-small: old, rfdetr-nano: unclear | rfdetr-nano | rfdetr-small | old | t2 t1
    the newest if the own type is not known | rfdetr-small: old, rfdetr-nano: older | | rfdetr-small | old | t1
    of no certain type if Roboflow does not say it | ?: older | rfdetr-nano | undefined | older | t1
    the next of the version if the newest has no metrics | rfdetr-nano: bare, rfdetr-nano: older | rfdetr-nano | rfdetr-nano, the same | older | t1 t2
    one whose results are not complete but have metrics | rfdetr-nano: part | rfdetr-nano | rfdetr-nano, the same | older | t1
    `),
  )('is %s', async (_, past, modelType, expected, made, read) => {
    const api = new ApiWithPast(...pastOf(past));
    const baseline = await readFor(previous, { version: 7, modelType: modelType || undefined }, api);
    if (baseline.kind !== 'training') throw new Error(`it is ${baseline.kind}`);
    expect(`${baseline.modelType}${baseline.isSameType ? ', the same' : ''}`).toBe(expected);
    expect(baseline).toMatchObject({ version: 6, results: { models: [{ id: `acme/${made}` }] } });
    expect(api.read.join(' ')).toBe(read);
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
      isSameVersion: false,
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

  const on4 = { kind: 'version', version: 4 } as const;
  const isStock = incomplete({ ...old, family: 'stock' });
  test.each<
    [name: string, choice: VersionsChoice, version: number | undefined, ResultsReading | undefined, string]
  >([
    ['lower', previous, 7, undefined, 'no training has succeeded on a version below 7'],
    ['at all, with a new one', previous, undefined, undefined, 'no training has succeeded on any version'],
    ['that was named', on4, 7, undefined, 'no training has succeeded on version 4'],
    ['with a model', previous, 7, incomplete(), noMetrics],
    ['with a model that has metrics', previous, 7, incomplete(model()), noMetrics],
    ['with metrics, but of a stock model', previous, 7, isStock, noMetrics],
  ])('if there is no version %s', async (_, choice, version, reading, reason) => {
    const api = new ApiWithPast(...(reading === undefined ? [] : [{ reading }]));
    expect(await readFor(choice, { ...judged, version }, api)).toEqual({ kind: 'missing', reason });
  });

  const none = incomplete();
  const ofAnother = 'cannot be compared with: they may be of job_b.';
  const ofAType = 'cannot be compared with: they are of a yolov11n.';
  test.each<[name: string, readings: readonly ResultsReading[], message: string]>([
    ['are perhaps of another', [unclear], `Training t1 of version 6 ${ofAnother}`],
    ['are of another type', [late], `Training t1 of version 6 ${ofAType}`],
    [
      'may come, or be of another',
      [{ ...unclear, kind: 'not-yet' }],
      `Training t1 of version 6 ${ofAnother}`,
    ],
    ['are unclear beside one without', [none, unclear], `Training t2 of version 6 ${ofAnother}`],
    ['are unclear before one without', [unclear, none], `Training t1 of version 6 ${ofAnother}`],
    ['came late, and are unclear', [late, unclear, none], `Training t1 of version 6 ${ofAType}`],
  ])('but not if its results %s: they may report what is compared', async (_, readings, message) => {
    const api = new ApiWithPast(...readings.map((reading) => ({ reading })));
    const baseline = await readFor(previous, judged, api);
    expect(baseline).toMatchObject({ kind: 'unread', error: { message }, isFinal: /job_b/.test(message) });
  });

  const nothing = { code: undefined, message: undefined, retryAfterMs: undefined };
  const refusal = (status: number) =>
    new ApiError(`GET /acme/hard-hats/6 answered ${status}.`, { kind: 'refused', status, ...nothing });

  test.each([...[401, 403, 409, 503].map(refusal), new TrainGateError('No answer.', { hint: 'Try again.' })])(
    'but not if a request fails: $message',
    async (error) => {
      const results = new ApiWithPast({ reading: error });
      expect(await readFor(previous, judged, results)).toEqual({ kind: 'unread', error });
      const list = new FakeRoute();
      list.trainedVersion = () => Promise.reject(error);
      expect(await readFor(previous, judged, list)).toEqual({ kind: 'unread', error });
    },
  );

  test.each([
    ['an interruption', new InterruptedError('SIGINT')],
    ['a bug', new TypeError('undefined is not a function')],
  ])('and %s ends the step', async (_, failure) => {
    const api = new ApiWithPast({ reading: failure });
    await expect(readFor(previous, judged, api)).rejects.toBe(failure);
  });
});

describe('on its own version a training is compared with the one before', () => {
  const nano = { modelType: 'rfdetr-nano', reading: complete(old) };
  const hour = (at: number) => at * 3_600_000;
  /** Trainings of version 6, newest first: `t1` began at 3 o'clock, `t2` at 2, `t3` at 1. */
  const apiWith = (count: number, isDated = true) => {
    const api = new ApiWithPast(...Array.from({ length: count }, () => nano));
    const { trainedVersion } = api;
    api.trainedVersion = async (place) => {
      const past = await trainedVersion.call(api, place);
      const trainings = past?.trainings.map((each, index) => ({
        ...each,
        createdAtMs: isDated ? hour(3 - index) : undefined,
      }));
      return past && trainings && { ...past, trainings };
    };
    return api;
  };
  const on6 = { kind: 'version', version: 6 } as const;
  const started = { version: 6, modelType: 'rfdetr-nano' };
  const judgedAs = (id: string, at?: number) => ({
    ...started,
    id,
    createdAtMs: at === undefined ? undefined : hour(at),
  });

  test.each<[name: string, api: ApiWithPast, choice: VersionsChoice, JudgedTraining, expected: string]>([
    ['to be started: with the newest', apiWith(2), on6, started, 't1'],
    ['the newest: with the one before', apiWith(2), on6, judgedAs('t1', 3), 't2'],
    ['one between others: not with a later one', apiWith(3), on6, judgedAs('t2', 2), 't3'],
    ['without dates: with another', apiWith(2, false), on6, judgedAs('t1'), 't2'],
    ['the only one: with none', apiWith(1), on6, judgedAs('t1', 3), 'itself'],
    ['the first: with none', apiWith(2), on6, judgedAs('t2', 2), 'itself'],
    ['in flight, the only one: with none', new ApiWithPast(), on6, judgedAs('t9', 4), 'itself'],
    ['to be started, the first: with none', new ApiWithPast(), on6, started, 'missing'],
    [
      'of a version that is not told',
      apiWith(1),
      previous,
      { ...judgedAs('t1'), version: undefined },
      'itself',
    ],
    [
      'of a higher version, where none was trained',
      new ApiWithPast(),
      previous,
      judgedAs('t9', 4),
      'missing',
    ],
  ])('%s', async (_, api, choice, training, expected) => {
    const baseline = await readFor(choice, training, api);
    const isRead = baseline.kind === 'training';
    expect(isRead ? api.read.at(-1) : baseline.kind).toBe(expected);
    if (isRead) expect(baseline.isSameVersion).toBe(true);
  });
});
