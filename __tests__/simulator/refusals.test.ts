import { describe, expect, it } from 'vitest';
import { neededFormat } from '../../simulator/roboflow/world/versions.ts';
import { bench, dig, hour, minute, project } from './bench.ts';

describe('a start', () => {
  it('trainings: generates, exports, and only then trains on something', async () => {
    const b = await bench({ scenario: 'trainings' });
    expect((await b.post(`${project}/generate`, { preprocessing: {} })).status).toBe(400);
    const made = await b.post(`${project}/generate`, { preprocessing: {}, augmentation: {} });
    expect(made.body).toEqual({ message: expect.any(String), version: '8' });
    expect(dig((await b.get(`${project}/8`)).body, 'version')).toMatchObject({
      generating: true,
      images: 0,
      progress: null,
    });
    const early = await b.start('rfdetr-nano', 8);
    b.pass(90_000);
    expect(dig((await b.get(`${project}/8`)).body, 'version', 'progress')).toBe(0.5);
    b.pass(90_000);
    expect(dig((await b.get(`${project}/8`)).body, 'version')).toMatchObject({
      generating: false,
      images: 2460,
    });
    expect(await b.get(`${project}/8/coco`)).toEqual({ status: 202, body: { progress: 0 } });
    b.pass(minute);
    expect(await b.get(`${project}/8/coco`)).toEqual({ status: 202, body: { progress: 0.5 } });
    b.pass(minute);
    expect(await b.get(`${project}/8/coco`)).toMatchObject({
      status: 200,
      body: { export: { format: 'coco' } },
    });
    expect(dig((await b.get(`${project}/8`)).body, 'version', 'exports')).toEqual(['coco']);
    const late = await b.start('rfdetr-nano', 8);
    b.pass(2 * hour);
    const read = async (id: string) => (await b.get(`${project}/8/v2/trainings/get?trainingId=${id}`)).body;
    expect(await read(early)).toMatchObject({ status: 'failed', error: 'Unknown error' });
    expect(await read(late)).toMatchObject({ status: 'finished' });
  });

  it('knows the format that a type needs', () => {
    expect(['rfdetr-nano', 'yolov11n', 'vit-base', 'dinov3-s'].map(neededFormat)).toEqual([
      'coco',
      'yolov5pytorch',
      'folder',
      null,
    ]);
  });
});
