import { describe, expect, it } from 'vitest';
import { bench, dig, minute, project, rows } from './bench.ts';

describe('training jobs', () => {
  it('goes from queued over training to complete', async () => {
    const b = await bench();
    const created = await b.post(`${project}/jobs`, { version: 7, model_type: 'rfdetr-nano', epochs: 40 });
    expect(created.body).toEqual({
      jobId: expect.stringMatching(/^job_/),
      status: 'queued',
      version: 7,
      createdAt: new Date(b.time.now).toISOString(),
    });
    const poll = async () => (await b.get(`${project}/jobs/${dig(created.body, 'jobId')}`)).body;
    expect(await poll()).toMatchObject({ id: dig(created.body, 'jobId'), model_type: 'rfdetr-nano' });
    expect(await poll()).not.toHaveProperty('progress');
    b.pass(37 * minute);
    expect(await poll()).toMatchObject({ status: 'training', progress: 0.5 });
    b.pass(36 * minute);
    expect(await poll()).toMatchObject({ status: 'complete', progress: 1 });
    expect(rows((await b.get(`${project}/jobs`)).body, 'jobs')[0]).toEqual(await poll());
    expect(b.simulator.started()).toHaveLength(1);
  });

  it('refuses what makes no sense, and lists the valid model types', async () => {
    const b = await bench();
    const start = (body: unknown) => b.post(`${project}/jobs`, body);
    const wrong = await start({ version: 7, model_type: 'rfdetr-tiny' });
    expect(wrong.status).toBe(400);
    expect(dig(wrong.body, 'error', 'message')).toMatch(/valid: rfdetr-nano, rfdetr-small/);
    expect((await start({ model_type: 'rfdetr-nano' })).status).toBe(400);
    expect((await start({ version: '7', model_type: 'rfdetr-nano' })).status).toBe(400);
    expect((await start({ version: 99, model_type: 'rfdetr-nano' })).status).toBe(404);
    expect((await start({ version: 7, model_type: 'rfdetr-nano', speed: 'warp' })).status).toBe(400);
    expect((await b.fetch(`${project}/jobs`, { method: 'POST', body: '{"version":' })).status).toBe(400);
    expect(b.simulator.started()).toHaveLength(0);
  });

  it('ignores keys of the other route, so the default type trains', async () => {
    const b = await bench();
    await b.post(`${project}/jobs`, { version: 7, modelType: 'rfdetr-nano' });
    await b.post(`${project}/7/v2/trainings`, { model_type: 'rfdetr-nano' });
    expect(b.simulator.started().map((training) => training.modelType)).toEqual([
      'rfdetr-base',
      'rfdetr-base',
    ]);
  });
});
