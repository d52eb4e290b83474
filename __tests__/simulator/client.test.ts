import { describe, expect, test } from 'vitest';
import { defaultKey } from '../../simulator/simulator.ts';
import { hour, minute, openBench } from '../roboflow/bench.ts';
import { OfficialRequests } from '../roboflow/official-requests.ts';

/** A simulator, its clock, and the requests of Roboflow's Python client (release 1.4.1) about version 7. */
async function openClient(...options: Parameters<typeof openBench>) {
  const bench = await openBench(...options);
  return { bench, client: new OfficialRequests(bench.simulator.url, defaultKey) };
}

const text = expect.any(String);
const fineTuned = { modelType: 'rfdetr-nano' };

describe('the requests of the Python client', () => {
  test('learn the workspace of the key, its projects and their versions', async () => {
    const { bench, client } = await openClient();
    await using _ = bench;
    expect(await client.login()).toMatchObject({ workspace: 'acme' });
    expect(await client.workspace()).toMatchObject({
      workspace: {
        name: text,
        url: 'acme',
        members: expect.any(Number),
        projects: [{ id: 'acme/hard-hats', name: text, type: 'object-detection' }],
      },
    });
    expect(await client.project()).toMatchObject({
      project: {
        annotation: text,
        classes: expect.any(Object),
        colors: expect.any(Object),
        created: expect.any(Number),
        id: 'acme/hard-hats',
        images: expect.any(Number),
        name: text,
        public: expect.any(Boolean),
        splits: expect.any(Object),
        type: 'object-detection',
        unannotated: expect.any(Number),
        updated: expect.any(Number),
      },
      versions: [7, 6, 5, 4].map((number) => ({
        augmentation: expect.any(Object),
        created: expect.any(Number),
        id: `acme/hard-hats/${number}`,
        images: expect.any(Number),
        preprocessing: expect.any(Object),
        splits: { train: expect.any(Number), valid: expect.any(Number), test: expect.any(Number) },
        exports: ['coco'],
      })),
    });
  });

  test('list the trainings of a version, and read one of them with the metrics of its models', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    const [listed] = await client.listTrainings(6);
    expect(listed).toMatchObject({
      id: text,
      trainingId: listed?.id,
      versionId: '6',
      status: 'finished',
      jobType: 'fine-tune',
      modelType: 'rfdetr-nano',
      modelGroup: null,
      modelIds: [expect.stringMatching(/^acme\/hard-hats-6-rfdetr-nano-/)],
      start: expect.any(Number),
      end: expect.any(Number),
    });
    const bundle = await client.getTraining(6, String(listed?.id));
    expect(bundle).toMatchObject({
      trainingId: listed?.id,
      status: 'finished',
      modelType: 'rfdetr-nano',
      modelGroup: null,
      modelCount: 1,
      models: [{ modelId: text, modelType: 'rfdetr-nano', metrics: { map50: 80.9, map5095: 58.3 } }],
    });
  });

  test('read the only training of a version without naming it', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    expect(await client.getTraining(5)).toMatchObject({ status: 'finished', models: [{ modelId: text }] });
    expect(bench.simulator.requests.at(-1)?.query).toEqual({ api_key: defaultKey });
  });

  test('create a training and refresh it until it is finished, with its models and their metrics', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    const created = await client.createTraining(7, { ...fineTuned, speed: 'fast', epochs: 50 });
    expect(created).toEqual({ trainingId: text, status: 'queued', jobId: text });
    const id = String(created.trainingId);
    const seen: unknown[] = [];
    for (let looks = 0; looks < 100 && seen.at(-1) !== 'finished'; looks += 1) {
      const { status } = await client.getTraining(7, id);
      if (status !== seen.at(-1)) seen.push(status);
      await bench.clock.sleep(minute);
    }
    expect(seen).toEqual(['queued', 'running', 'finished']);
    expect((await client.getTraining(7, id)).models).toMatchObject([
      {
        modelId: expect.stringMatching(/^acme\/hard-hats-7-/),
        modelType: 'rfdetr-nano',
        metrics: { map50: 84.2, map5095: 61.7, precision: 88.4, recall: 79.6 },
      },
    ]);
    expect(bench.simulator.started()).toMatchObject([{ id, requested: { ...fineTuned, epochs: 50 } }]);
  });

  test('send only what was given, in camel case, with the key in the query and no header', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    await client.createTraining(7, fineTuned);
    const [request] = bench.simulator.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/acme/hard-hats/7/v2/trainings',
      query: { api_key: defaultKey },
      body: { modelType: 'rfdetr-nano' },
    });
    expect(request?.headers.authorization).toBeUndefined();
  });
});

describe('a cancel or stop of the Python client', () => {
  test('early in a training gives a refund', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    const { trainingId } = await client.createTraining(7, fineTuned);
    expect(await client.endTraining(7, 'cancel', { trainingId })).toEqual({ refund: true });
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'cancelled' });
  });

  test('late in a training answers refund false and cancels nothing, unless told to go on', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    const { trainingId } = await client.createTraining(7, fineTuned);
    bench.clock.pass(hour);
    expect(await client.endTraining(7, 'cancel', { trainingId })).toEqual({ refund: false });
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'running' });
    const insisting = { trainingId, continueIfNoRefund: true };
    expect(await client.endTraining(7, 'cancel', insisting)).toEqual({ success: true });
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'cancelled' });
  });

  test('needs no id where the version has one training', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    await client.createTraining(7, fineTuned);
    expect(await client.endTraining(7, 'cancel', {})).toEqual({ refund: true });
  });

  test('needs an id where the version has several, and the refusal is a text with the code', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    await client.createTraining(7, fineTuned);
    await client.createTraining(7, fineTuned);
    const refused = /^409 .*MULTIPLE_TRAININGS/;
    await expect(client.endTraining(7, 'cancel', {})).rejects.toThrow(refused);
    await expect(client.endTraining(7, 'stop', {})).rejects.toThrow(refused);
    await expect(client.getTraining(7)).rejects.toThrow(refused);
  });

  test('a second time is refused for a cancel, and a success for a stop', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    const { trainingId } = await client.createTraining(7, fineTuned);
    bench.clock.pass(5 * minute);
    expect(await client.endTraining(7, 'stop', { trainingId })).toEqual({ success: true });
    expect(await client.endTraining(7, 'stop', { trainingId })).toEqual({ success: true });
    bench.clock.pass(hour);
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'stopped' });
    await expect(client.endTraining(7, 'cancel', { trainingId })).rejects.toThrow(/^409 .*CANNOT_CANCEL/);
  });

  test('by version, as the command line sends it, acts on the one that runs', async () => {
    const { bench, client } = await openClient({ routes: 'trainings' });
    await using _ = bench;
    await client.startOnVersion(7, fineTuned);
    expect(await client.endOnVersion(7, 'stop')).toEqual({ success: true });
    expect(await client.endOnVersion(7, 'cancel')).toEqual({ refund: true });
    expect(bench.simulator.started()).toMatchObject([{ origin: 'train', modelType: 'rfdetr-nano' }]);
  });
});
