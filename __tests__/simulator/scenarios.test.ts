import { describe, expect, it } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { bench, dig, hour, minute, project, rows } from './bench.ts';

describe('the scenarios', () => {
  it('fine-tune: no model in the results, metrics in the models list', async () => {
    const b = await bench();
    await b.start();
    b.pass(2 * hour);
    const { body } = await b.get(`${project}/7/training/results`);
    expect(body).toMatchObject({ status: 'finished', jobType: 'fine-tune', modelCount: 0, models: [] });
    expect(body).not.toHaveProperty('modelType');
    const models = (await b.get(`${project}/models`)).body;
    expect(dig(models, 0)).toMatchObject({ version: '7', metrics: { map50: 84.2, map5095: 61.7 } });
    const slug = dig(models, 0, 'url');
    expect(dig((await b.get(`/models/${slug}`)).body, 'model', 'url')).toBe(slug);
    expect((await b.get(`${project}/models?group=none`)).body).toEqual([]);
  });

  it.each(Object.entries(scenarios))(
    '%s has its own name and a finished training on version 6',
    async (name, scenario) => {
      expect(scenario.name).toBe(name);
      expect(scenario.summary).toMatch(/^[A-Zt].*\.$/);
      const b = await bench({ scenario });
      expect(b.simulator.started()).toEqual([]);
      expect((await b.get(`${project}/6/training/results`)).body).toMatchObject({ status: 'finished' });
    },
  );

  it('nas: 76 models, children late, the flag is not the best', async () => {
    const b = await bench({ scenario: 'nas' });
    await b.start('rfdetr-nas-parent');
    b.pass(3 * hour);
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({
      modelCount: 0,
      jobType: 'nas',
    });
    b.pass(30 * minute);
    const mining = (await b.get(`${project}/7/training/results`)).body;
    expect(mining).toMatchObject({ status: 'mining', modelCount: 76 });
    expect(rows(mining, 'models').every((model) => dig(model, 'metrics') === null)).toBe(true);
    b.pass(hour);
    const done = (await b.get(`${project}/7/training/results`)).body;
    expect(done).not.toHaveProperty('recommendedByHardware');
    const models = rows(done, 'models');
    expect(models.filter((model) => dig(model, 'status') === 'failed')).toHaveLength(2);
    expect(dig(models, 0, 'metrics', 'latency')).toHaveProperty('Jetson Orin NX');
    const children = models.filter((model) => dig(model, 'nasFamily') === 'child');
    const best = Math.max(...children.map((model) => Number(dig(model, 'metrics', 'map5095') ?? 0)));
    const flagged = models.filter((model) => dig(model, 'recommended') === true);
    expect(flagged).toHaveLength(2);
    for (const model of flagged) expect(dig(model, 'metrics', 'map5095')).toBeLessThan(best);
    const group = dig(done, 'modelGroup');
    expect((await b.get(`${project}/models?group=${group}`)).body).toHaveLength(76);
    expect(JSON.stringify(models)).toContain('"T4:map_50_95"');
  });

  it('nas-older: latency is a number beside its hardware', async () => {
    const b = await bench({ scenario: 'nas-older' });
    await b.start('rfdetr-nas-parent');
    b.pass(5 * hour);
    const { body } = await b.get(`${project}/7/training/results`);
    const ids = rows(body, 'models').map((model) => dig(model, 'modelId'));
    expect(ids).toHaveLength(24);
    expect(ids).toContain(dig(body, 'recommendedByHardware', 'gpu'));
    expect(dig(body, 'models', 0, 'metrics')).toMatchObject({ latency: expect.any(Number), hardware: 'gpu' });
  });

  it.each([
    ['failed', 'failed', 40],
    ['cancelled', 'cancelled', 50],
    ['stopped-early', 'stopped', 60],
  ] as const)('%s ends %s', async (scenario, status, percent) => {
    const b = await bench({ scenario });
    await b.start();
    b.pass(2 * minute + 0.7 * percent * minute - 1);
    expect(dig((await b.get(`${project}/7/v2/trainings/get`)).body, 'status')).toBe('running');
    b.pass(1);
    expect(dig((await b.get(`${project}/7/v2/trainings/get`)).body, 'status')).toBe(status);
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'status')).toBe(status);
  });

  it('failed: the reason stands in every place', async () => {
    const b = await bench({ scenario: 'failed' });
    await b.start();
    b.pass(2 * hour);
    const reason = expect.stringMatching(/^CUDA out of memory/);
    expect((await b.get(`${project}/7/v2/trainings/get`)).body).toMatchObject({ error: reason });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ error: reason });
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0)).toMatchObject({ failureReason: reason });
    expect((await b.get(`${project}/7`)).body).toMatchObject({ version: { train: { error: reason } } });
  });

  it('version-only: strings in the version, nothing elsewhere', async () => {
    const b = await bench({ scenario: 'version-only' });
    await b.start();
    b.pass(2 * hour);
    const { body } = await b.get(`${project}/7`);
    const startedAtMs = b.time.now - 2 * hour;
    expect(dig(body, 'version', 'model')).toMatchObject({
      id: 'hard-hats/7',
      start: `${startedAtMs / 1000}.000`,
      end: (startedAtMs + 72 * minute) / 1000,
      map: '84.2',
      precision: '88.4',
    });
    const valid = rows(body, 'version', 'train', 'results', 'class_map', 'valid');
    expect(valid.map((row) => dig(row, 'class'))).toEqual(['all', 'no-helmet', 'vest', 'helmet']);
    expect(valid[0]).toEqual({
      class: 'all',
      images: '369',
      targets: '1654',
      precision: '0.884',
      recall: '0.796',
      map50: '0.842',
      map95: '0.617',
    });
    const means = valid.slice(1).reduce<number>((sum, row) => sum + Number(dig(row, 'map95')), 0) / 3;
    expect(means).toBeCloseTo(0.617, 6);
    const test = dig(body, 'version', 'train', 'results', 'class_map', 'test', 0);
    expect(test).toMatchObject({ class: 'all', images: '197', map50: '0.824', map95: '0.599' });
    expect((await b.get(`${project}/7/v2/trainings/get`)).body).toMatchObject({
      models: [{ metrics: null }],
    });
    expect(dig((await b.get(`${project}/models`)).body, 0, 'metrics')).toBeNull();
  });

  it('no-metrics and late-metrics', async () => {
    const never = await bench({ scenario: 'no-metrics' });
    await never.start();
    never.pass(5 * hour);
    expect(dig((await never.get(`${project}/models`)).body, 0, 'metrics')).toBeNull();
    expect(dig((await never.get(`${project}/7`)).body, 'version', 'train', 'results')).toEqual({});
    const late = await bench({ scenario: 'late-metrics' });
    await late.start();
    late.pass(72 * minute);
    const metrics = async () => dig((await late.get(`${project}/models`)).body, 0, 'metrics');
    expect(await metrics()).toBeNull();
    late.pass(minute);
    expect(await metrics()).toMatchObject({ map50: 84.2 });
  });

  it('unknown-status passes through a word of its own', async () => {
    const b = await bench({ scenario: 'unknown-status' });
    await b.start();
    b.pass(3 * minute);
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'status')).toBe('warming_up');
    b.pass(5 * minute);
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0, 'status')).toBe('training');
  });

  it('hostile keeps its harm on the wire', async () => {
    const b = await bench({ scenario: 'hostile' });
    await b.start('rfdetr-nas-parent');
    b.pass(5 * hour);
    const text = await (await b.fetch(`${project}/7/training/results`)).text();
    for (const part of [
      '"__proto__":',
      '"constructor":',
      '::error::x',
      '\\u001b[31m',
      '"NaN"',
      '-3',
      '"81.5"',
    ]) {
      expect(text).toContain(part);
    }
  });
});
