import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/gate/model.ts';
import { ApiError, InterruptedError, TrainGateError } from '../../src/lib/errors.ts';
import { fetchBaseline } from '../../src/training/baseline.ts';
import type { TrainingResults } from '../../src/training/results.ts';
import type { SucceededOn, TrainingRoute } from '../../src/training/route.ts';
import type { Training } from '../../src/training/training.ts';
import { model } from '../build.ts';

/** A route on which one training succeeded on each of some versions, and that remembers where it was looked for. */
class Past implements TrainingRoute {
  readonly name = 'jobs';
  readonly asked: SucceededOn[] = [];
  readonly #models: ReadonlyMap<number, readonly Model[]>;
  readonly #failure: Error | undefined;

  constructor(models: Readonly<Record<number, readonly Model[]>>, failure?: Error) {
    this.#models = new Map(Object.entries(models).map(([version, each]) => [Number(version), each]));
    this.#failure = failure;
  }

  async succeeded(where: SucceededOn): Promise<Training | undefined> {
    this.asked.push(where);
    const versions = [...this.#models.keys()].sort((a, b) => b - a);
    const version = versions.find((each) => ('below' in where ? each < where.below : each === where.version));
    return version === undefined ? undefined : training(version);
  }

  async results({ version = 0 }: Training): Promise<TrainingResults> {
    if (this.#failure) throw this.#failure;
    const models = this.#models.get(version) ?? [];
    return { trainingId: undefined, models, recommended: new Map([['T4', 'acme/old']]), source: 'the past' };
  }

  holdsResultsOf(): boolean {
    return true;
  }

  list = unused;
  create = unused;
  find = unused;
  look = unused;
  end = unused;
}

async function unused(): Promise<never> {
  throw new Error('a baseline needs nothing of this');
}

function training(version: number): Training {
  return {
    id: `job_${version}`,
    phase: 'succeeded',
    status: 'complete',
    version,
    modelType: 'rfdetr-small',
    progress: 1,
    createdAtMs: undefined,
    reason: undefined,
  };
}

const old = model({ id: 'acme/old', metrics: { 'map50-95': 58.3 } });
const older = model({ id: 'acme/older', metrics: { 'map50-95': 54.9 } });
const past = { 5: [older], 6: [old], 9: [model({ metrics: { 'map50-95': 90 } })] };

describe('the baseline', () => {
  test('is none where none is asked for, and nobody is asked', async () => {
    const route = new Past(past);
    expect(await fetchBaseline(undefined, 7, route)).toEqual({ kind: 'none' });
    expect(route.asked).toEqual([]);
  });

  test('previous is the newest lower version that a training succeeded on, with models and picks', async () => {
    const route = new Past(past);
    expect(await fetchBaseline({ kind: 'previous' }, 7, route)).toMatchObject({
      kind: 'training',
      version: 6,
      results: { models: [old], recommended: new Map([['T4', 'acme/old']]) },
    });
    expect(route.asked).toEqual([{ below: 7 }]);
  });

  test('of a number is that version, also one above what was trained', async () => {
    const route = new Past(past);
    expect(await fetchBaseline({ kind: 'version', version: 5 }, 7, route)).toMatchObject({
      kind: 'training',
      version: 5,
      results: { models: [older] },
    });
    expect(await fetchBaseline({ kind: 'version', version: 9 }, 7, route)).toMatchObject({ version: 9 });
    expect(route.asked).toEqual([{ version: 5 }, { version: 9 }]);
  });
});

describe('a baseline is missing, with the reason', () => {
  const previous = { kind: 'previous' } as const;
  const refused = new ApiError('GET /acme/hard-hats/6 was refused with 403.', {
    kind: 'refused',
    status: 403,
    code: undefined,
    message: undefined,
    retryAfterMs: undefined,
  });
  test.each([
    [
      'where no lower version has a training',
      previous,
      5,
      new Past(past),
      'no training has succeeded on a version below 5',
    ],
    [
      'where that version has none',
      { kind: 'version', version: 4 },
      7,
      new Past(past),
      'no training has succeeded on version 4',
    ],
    [
      'where that version is the trained one',
      { kind: 'version', version: 7 },
      7,
      new Past(past),
      'version 7 is the one that was trained',
    ],
    [
      'where the trained version is not known',
      previous,
      undefined,
      new Past(past),
      'Roboflow does not say which version was trained',
    ],
    ['where it has no models', previous, 7, new Past({ 6: [] }), 'no metrics are reported for version 6'],
    [
      'where its models have no metrics',
      previous,
      7,
      new Past({ 6: [model()] }),
      'no metrics are reported for version 6',
    ],
    [
      'where only a stock model has metrics',
      previous,
      7,
      new Past({ 6: [{ ...old, family: 'stock' }] }),
      'no metrics are reported for version 6',
    ],
    [
      'where the API refuses',
      previous,
      7,
      new Past(past, refused),
      'GET /acme/hard-hats/6 was refused with 403.',
    ],
    [
      'where reading is given up',
      previous,
      7,
      new Past(past, new TrainGateError('No answer.', { hint: 'Try again.' })),
      'No answer. Try again.',
    ],
  ] as const)('%s', async (_, choice, trained, route, reason) => {
    expect(await fetchBaseline(choice, trained, route)).toEqual({ kind: 'missing', reason });
  });

  test.each([
    ['an interruption', new InterruptedError('SIGINT')],
    ['a bug', new TypeError('undefined is not a function')],
  ])('but %s is none, and goes on', async (_, failure) => {
    await expect(fetchBaseline(previous, 7, new Past(past, failure))).rejects.toBe(failure);
  });
});
