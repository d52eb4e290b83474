import { describe, expect, it } from 'vitest';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { bench, dig, hour, project, rows } from './bench.ts';

const base = `${project}/7/v2/trainings`;

// What else these scenarios do shows in how a step against them ends: flow/odd-answers.test.ts.
describe('model types', () => {
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
});

describe('the version before', () => {
  it('unlisted-baseline: has results, and no list has its training', async () => {
    const b = await bench({ scenario: 'unlisted-baseline' });
    expect((await b.get(`${project}/6/v2/trainings`)).body).toEqual({ trainings: [] });
    const jobs = rows((await b.get(`${project}/jobs`)).body, 'jobs');
    expect(jobs.map((job) => dig(job, 'version'))).not.toContain(6);
    const all = dig((await b.get(`${project}/6`)).body, 'version', 'train', 'results', 'class_map', 'valid');
    expect(rows(all)[0]).toMatchObject({ class: 'all', map50: '0.809' });
  });
});
