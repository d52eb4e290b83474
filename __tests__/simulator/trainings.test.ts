import { describe, expect, it } from 'vitest';
import { bench, dig, minute, project, rows } from './bench.ts';

describe('v2 trainings', () => {
  it('allows two trainings at a time on a version for several models, and then wants an id', async () => {
    const b = await bench();
    const first = await b.start();
    const second = await b.start();
    expect(second).not.toBe(first);
    const base = `${project}/7/v2/trainings`;
    for (const reply of [
      await b.get(`${base}/get`),
      await b.post(`${base}/stop`),
      await b.post(`${base}/cancel`),
    ]) {
      expect(reply).toMatchObject({ status: 409, body: { error: { code: 'MULTIPLE_TRAININGS' } } });
    }
    expect((await b.post(`${project}/7/train/cancel`)).status).toBe(409);
    expect((await b.get(`${base}/get?trainingId=${first}`)).body).toMatchObject({ trainingId: first });
    expect((await b.get(`${base}/get?trainingId=none`)).status).toBe(404);
    expect((await b.post(`${base}/cancel`, { trainingId: first })).body).toEqual({ refund: true });
    expect((await b.get(`${base}/get?trainingId=${first}`)).body).toMatchObject({ status: 'cancelled' });
  });

  it('refuses a second training on a one-model version', async () => {
    const b = await bench({ scenario: 'version-only' });
    expect(await b.start()).toBe('acme/hard-hats/7');
    const read = await b.get(`${project}/7/v2/trainings/get?trainingId=acme/hard-hats/7`);
    expect(read.body).toMatchObject({ trainingId: 'acme/hard-hats/7', status: 'queued' });
    const again = await b.post(`${project}/7/v2/trainings`, { modelType: 'rfdetr-nano' });
    expect(again).toMatchObject({ status: 409, body: { error: { type: 'Conflict' } } });
    expect(rows((await b.get(`${project}/7/v2/trainings`)).body, 'trainings')).toHaveLength(1);
    await b.post(`${project}/7/train/cancel`);
    expect(await b.start()).toBe('acme/hard-hats/7');
  });
});

describe('cancel and stop', () => {
  it('cancels once, and then there is nothing to cancel', async () => {
    const b = await bench();
    await b.start();
    expect((await b.post(`${project}/7/train/cancel`)).body).toEqual({ refund: true });
    const again = await b.post(`${project}/7/train/cancel`);
    expect(again).toMatchObject({
      status: 409,
      body: { error: { code: 'CANNOT_CANCEL', message: 'Cannot cancel non-running train job.' } },
    });
    expect((await b.post(`${project}/6/train/cancel`)).status).toBe(409);
  });

  it('does not cancel past the refund window unless told to', async () => {
    const b = await bench();
    await b.start();
    b.pass(30 * minute);
    expect((await b.post(`${project}/7/train/cancel`)).body).toEqual({ refund: false });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ status: 'training' });
    const done = await b.post(`${project}/7/train/cancel`, { continueIfNoRefund: true });
    expect(done.body).toEqual({ success: true });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ status: 'cancelled' });
  });

  it('stops gracefully, however often asked, and keeps the weights', async () => {
    const b = await bench();
    await b.start();
    b.pass(30 * minute);
    expect((await b.post(`${project}/7/train/stop`)).body).toEqual({ success: true });
    b.pass(minute);
    expect((await b.post(`${project}/7/train/stop`)).body).toEqual({ success: true });
    const version = (await b.get(`${project}/7`)).body;
    expect(dig(version, 'version', 'train')).toMatchObject({ status: 'training', requestedStop: true });
    b.pass(minute);
    const { body } = await b.get(`${project}/7/v2/trainings/get`);
    expect(body).toMatchObject({ status: 'stopped', models: [{ metrics: { map50: 84.2 } }] });
    expect((await b.post(`${project}/7/v2/trainings/stop`)).body).toEqual({ success: true });
  });
});
