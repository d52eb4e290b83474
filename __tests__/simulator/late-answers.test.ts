import { describe, expect, it } from 'vitest';
import { twoTrainingsScenario } from '../../simulator/scenarios/two-trainings.ts';
import { type Bench, bench, dig, hour, minute, project, rows, second } from './bench.ts';

const results = `${project}/7/training/results`;

/** Starts a training by `/jobs`, and lets it end unseen. */
async function endedJob(b: Bench, modelType = 'rfdetr-nano'): Promise<string> {
  const { body } = await b.post(`${project}/jobs`, { version: 7, model_type: modelType });
  b.pass(10 * hour);
  return `${project}/jobs/${dig(body, 'jobId')}`;
}

const shownMap50 = async (b: Bench) => dig((await b.get(results)).body, 'models', 0, 'metrics', 'map50');

describe('results of a version', () => {
  it.each([
    ['older-results', 41],
    ['results-of-another-type', 84.2],
  ] as const)('%s: are those before until 24 s after the end was shown', async (scenario, map50) => {
    const b = await bench({ scenario });
    const job = await endedJob(b);
    expect(await shownMap50(b)).toBe(99);
    expect(dig((await b.get(job)).body, 'status')).toBe('complete');
    b.pass(24 * second - 1);
    expect(await shownMap50(b)).toBe(99);
    b.pass(1);
    expect(await shownMap50(b)).toBe(map50);
  });

  it('two-trainings: somebody else starts after our start, and its results come first', async () => {
    const b = await bench({ scenario: 'two-trainings' });
    await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano' });
    expect(rows((await b.get(`${project}/jobs`)).body, 'jobs')).toHaveLength(4);
    b.pass(10 * minute);
    expect(rows((await b.get(`${project}/jobs`)).body, 'jobs')).toHaveLength(5);
    expect(b.simulator.started()).toHaveLength(1);
    b.pass(62 * minute);
    expect(await shownMap50(b)).toBe(99);
    await b.get(`${project}/jobs`);
    b.pass(minute);
    expect(await shownMap50(b)).toBe(84.2);
  });

  it('results-overtaken: those of a training that ended before come after', async () => {
    const b = await bench({ scenario: 'results-overtaken' });
    await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano' });
    expect((await b.get(results)).status).toBe(404);
    b.pass(72 * minute);
    await b.get(`${project}/jobs`);
    expect(await shownMap50(b)).toBe(84.2);
    b.pass(2 * minute);
    expect(await shownMap50(b)).toBe(99);
  });

  it('come in any order that is asked for', async () => {
    const times = { otherType: 'yolov11n', otherStartsMs: 0, otherTrainMs: hour };
    const scenario = twoTrainingsScenario({ ...times, otherResultsMs: 3 * hour, ourResultsMs: 2 * hour });
    const b = await bench({ scenario });
    await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano' });
    b.pass(72 * minute);
    await b.get(`${project}/jobs`);
    const seen: unknown[] = [];
    for (let looks = 0; looks < 4; looks += 1) {
      seen.push(await shownMap50(b));
      b.pass(hour);
    }
    expect(seen).toEqual([undefined, undefined, 84.2, 99]);
  });
});

describe('a search', () => {
  const get = `${project}/7/v2/trainings/get`;
  const measured = (body: unknown) => rows(body, 'models').filter((model) => dig(model, 'metrics') !== null);

  it('models-late: counts more models than it lists, until later', async () => {
    const b = await bench({ scenario: 'models-late' });
    await b.start('rfdetr-nas-parent');
    b.pass(10 * hour);
    const early = (await b.get(get)).body;
    expect(early).toMatchObject({ status: 'finished', modelCount: 76 });
    expect(rows(early, 'models')).toHaveLength(40);
    expect(dig((await b.get(results)).body, 'models', 'length')).toBeUndefined();
    expect(rows((await b.get(results)).body, 'models')).toHaveLength(40);
    b.pass(100 * second);
    expect(rows((await b.get(get)).body, 'models')).toHaveLength(76);
  });

  it.each([
    ['child-metrics-late', 70],
    ['child-metrics-never', 27],
  ] as const)('%s: finishes with models without metrics', async (scenario, later) => {
    const b = await bench({ scenario });
    await b.start('rfdetr-nas-parent');
    b.pass(10 * hour);
    expect(measured((await b.get(get)).body)).toHaveLength(27);
    b.pass(100 * second);
    expect(measured((await b.get(get)).body)).toHaveLength(later);
  });
});

describe('a v2 training that is over', () => {
  const get = `${project}/7/v2/trainings/get`;

  it('bundle-running: says so once, then runs again for 90 s; the list knows better', async () => {
    const b = await bench({ scenario: 'bundle-running' });
    await b.start();
    b.pass(2 * hour);
    expect((await b.get(get)).body).toMatchObject({ status: 'finished', modelCount: 1 });
    expect((await b.get(get)).body).toMatchObject({ status: 'running', models: [], end: null });
    const list = (await b.get(`${project}/7/v2/trainings`)).body;
    expect(dig(list, 'trainings', 0, 'status')).toBe('finished');
    b.pass(90 * second);
    expect((await b.get(get)).body).toMatchObject({ status: 'finished', modelCount: 1 });
  });

  it('bundle-empty: lists its model 90 s later', async () => {
    const b = await bench({ scenario: 'bundle-empty' });
    await b.start();
    b.pass(2 * hour);
    expect((await b.get(get)).body).toMatchObject({ status: 'finished', modelCount: 1, models: [] });
    expect(rows((await b.get(`${project}/models`)).body)).toHaveLength(2);
    b.pass(90 * second);
    expect((await b.get(get)).body).toMatchObject({ models: [{ metrics: { map50: 84.2 } }] });
  });
});
