import { describe, expect, it } from 'vitest';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { type Bench, bench, dig, hour, minute, project, rows } from './bench.ts';

const base = `${project}/7/v2/trainings`;

/** Starts a training whose answer never comes, and gives the list of trainings after that. */
async function listAfterLostStart(b: Bench, modelType: string): Promise<unknown[]> {
  await expect(b.post(base, { modelType })).rejects.toThrow();
  return rows((await b.get(base)).body, 'trainings');
}

describe('a start that is lost', () => {
  it('lost-start-sized: did take effect, and shows with a size', async () => {
    const b = await bench({ scenario: 'lost-start-sized' });
    const [entry, ...more] = await listAfterLostStart(b, 'yolov11');
    expect([dig(entry, 'modelType'), more]).toEqual(['yolov11n', []]);
    expect(b.simulator.started()).toMatchObject([{ requested: { modelType: 'yolov11' } }]);
  });

  it('lost-start-other: took no effect, and the training of somebody else shows', async () => {
    const b = await bench({ scenario: 'lost-start-other' });
    const [entry, ...more] = await listAfterLostStart(b, 'rfdetr-nano');
    expect([dig(entry, 'modelType'), more]).toEqual(['yolov11s', []]);
    expect(b.simulator.started()).toEqual([]);
  });

  it('lost-start-reused-id: shows under the id that was there before', async () => {
    const b = await bench({ scenario: 'lost-start-reused-id' });
    const before = dig((await b.get(base)).body, 'trainings', 0);
    expect(before).toMatchObject({ trainingId: 'acme/hard-hats/7', status: 'cancelled' });
    const [entry] = await listAfterLostStart(b, 'rfdetr-nano');
    expect(entry).toMatchObject({ trainingId: 'acme/hard-hats/7', status: 'queued', start: b.time.now });
  });
});

describe('model types', () => {
  it.each<[ScenarioName, string, string]>([
    ['sized-name', 'yolov11', 'yolov11n'],
    ['wrong-size', 'rfdetr-nano', 'rfdetr-base'],
    ['yolo-nas', 'yolo_nas_s', 'yolo_nas_s'],
  ])('%s: %s shows as %s, a fine-tune', async (scenario, modelType, shown) => {
    const b = await bench({ scenario });
    await b.start(modelType);
    const [entry] = rows((await b.get(base)).body, 'trainings');
    expect(entry).toMatchObject({ modelType: shown, jobType: 'fine-tune', modelGroup: null });
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'model_type')).toBe(shown);
  });

  it('untyped-in-flight: lists do not tell it, the training itself does', async () => {
    const b = await bench({ scenario: 'untyped-in-flight' });
    const [entry] = rows((await b.get(base)).body, 'trainings');
    expect(entry).toMatchObject({ status: 'running' });
    expect(entry).not.toHaveProperty('modelType');
    expect((await b.get(`${base}/get`)).body).toMatchObject({ modelType: 'rfdetr-nano' });
    const job = dig((await b.get(`${project}/jobs`)).body, 'jobs', 0);
    expect(job).not.toHaveProperty('model_type');
    expect((await b.get(`${project}/jobs/${dig(job, 'id')}`)).body).toMatchObject({
      model_type: 'rfdetr-nano',
    });
  });
});

describe('models', () => {
  it('bare-ids: training/results leaves the workspace out, v2 does not', async () => {
    const b = await bench({ scenario: 'bare-ids' });
    await b.start('rfdetr-nas-parent');
    b.pass(10 * hour);
    const { body } = await b.get(`${project}/7/training/results`);
    const recommended = String(dig(body, 'recommendedByHardware', 'gpu'));
    expect(recommended).toMatch(/^hard-hats-7-nas-gpu-/);
    expect(rows(body, 'models').map((model) => dig(model, 'modelId'))).toContain(recommended);
    const v2 = rows((await b.get(`${base}/get`)).body, 'models').map((model) => dig(model, 'modelId'));
    expect(v2).toContain(`acme/${recommended}`);
  });

  it('row-dated-before and row-untyped: rows of the models list', async () => {
    const newestRow = async (scenario: ScenarioName) => {
      const b = await bench({ scenario });
      await b.start();
      b.pass(2 * hour);
      return { row: dig((await b.get(`${project}/models`)).body, 0), startedAtMs: b.time.now - 2 * hour };
    };
    const { row, startedAtMs } = await newestRow('row-dated-before');
    expect(row).toMatchObject({ created: new Date(startedAtMs - 6 * hour).toISOString() });
    expect((await newestRow('row-untyped')).row).not.toHaveProperty('modelType');
  });

  it('legacy-map50-95: only version.train.results has it', async () => {
    const b = await bench({ scenario: 'legacy-map50-95' });
    await b.start();
    b.pass(73 * minute);
    const row = dig((await b.get(`${project}/models`)).body, 0, 'metrics');
    expect(row).toEqual({ map50: 84.2, precision: 88.4, recall: 79.6 });
    const { body } = await b.get(`${project}/7`);
    expect(dig(body, 'version', 'model', 'map')).toBe('84.2');
    expect(dig(body, 'version', 'train', 'results', 'class_map', 'valid', 0, 'map95')).toBe('0.617');
  });
});

describe('the version before', () => {
  it('two-baselines: has two trainings, and shows the results of the last', async () => {
    const b = await bench({ scenario: 'two-baselines' });
    const listed = rows((await b.get(`${project}/6/v2/trainings`)).body, 'trainings');
    expect(listed.map((entry) => dig(entry, 'modelType'))).toEqual(['yolov11n', 'rfdetr-nano']);
    expect((await b.get(`${project}/6/training/results`)).body).toMatchObject({
      models: [{ modelType: 'yolov11n', metrics: { map50: 88.6 } }],
    });
  });

  it('unlisted-baseline: has results, and no list has its training', async () => {
    const b = await bench({ scenario: 'unlisted-baseline' });
    expect((await b.get(`${project}/6/v2/trainings`)).body).toEqual({ trainings: [] });
    const jobs = rows((await b.get(`${project}/jobs`)).body, 'jobs');
    expect(jobs.map((job) => dig(job, 'version'))).not.toContain(6);
    const all = dig((await b.get(`${project}/6`)).body, 'version', 'train', 'results', 'class_map', 'valid');
    expect(rows(all)[0]).toMatchObject({ class: 'all', map50: '0.809' });
  });
});
