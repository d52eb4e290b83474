import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { defaultKey } from '../../simulator/simulator.ts';
import { OfficialRequests } from '../roboflow/official-requests.ts';
import { hour, minute, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';

/** A simulator, its clock, and the requests of Roboflow's Python client (release 1.4.1) about version 7. */
async function openClient(...options: Parameters<typeof simulateRoboflow>) {
  const roboflow = await simulateRoboflow(...options);
  return { roboflow, client: new OfficialRequests(roboflow.simulator.url, defaultKey) };
}

const text = expect.any(String);
const fineTuned = { modelType: 'rfdetr-nano' };

describe('the requests of the Python client', () => {
  test('learn the workspace of the key, its projects and their versions', async () => {
    const { roboflow, client } = await openClient();
    await using _ = roboflow;
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
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
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
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    expect(await client.getTraining(5)).toMatchObject({ status: 'finished', models: [{ modelId: text }] });
    expect(roboflow.simulator.requests.at(-1)?.query).toEqual({ api_key: defaultKey });
  });

  test('create a training and refresh it until it is finished, with its models and their metrics', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    const created = await client.createTraining(7, { ...fineTuned, speed: 'fast', epochs: 50 });
    expect(created).toEqual({ trainingId: text, status: 'queued', jobId: text });
    const id = String(created.trainingId);
    const seen: unknown[] = [];
    for (let looks = 0; looks < 100 && seen.at(-1) !== 'finished'; looks += 1) {
      const { status } = await client.getTraining(7, id);
      if (status !== seen.at(-1)) seen.push(status);
      await roboflow.clock.sleep(minute);
    }
    expect(seen).toEqual(['queued', 'running', 'finished']);
    expect((await client.getTraining(7, id)).models).toMatchObject([
      {
        modelId: expect.stringMatching(/^acme\/hard-hats-7-/),
        modelType: 'rfdetr-nano',
        metrics: { map50: 84.2, map5095: 61.7, precision: 88.4, recall: 79.6 },
      },
    ]);
    expect(roboflow.simulator.started()).toMatchObject([{ id, requested: { ...fineTuned, epochs: 50 } }]);
  });

  test('send only what was given, in camel case, with the key in the query and no header', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    await client.createTraining(7, fineTuned);
    const [request] = roboflow.simulator.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/acme/hard-hats/7/v2/trainings',
      query: { api_key: defaultKey },
      body: { modelType: 'rfdetr-nano' },
    });
    expect(request?.headers.authorization).toBeUndefined();
  });

  test('find every model of a search in one answer, null metrics among them', async () => {
    const { roboflow, client } = await openClient({ scenario: scenarios.nas, routes: 'trainings' });
    await using _ = roboflow;
    const [listed] = await client
      .listTrainings(6)
      .then((all) => all.filter(({ jobType }) => jobType === 'nas'));
    const bundle = await client.getTraining(6, String(listed?.id));
    expect(bundle).toMatchObject({ modelType: 'rfdetr-nas-parent', modelGroup: text, modelCount: 76 });
    expect(bundle.models).toHaveLength(76);
    const metrics = bundle.models.map((model) => model.metrics);
    expect(metrics).toContain(null);
    expect(metrics).toContainEqual(expect.objectContaining({ map5095: expect.any(Number) }));
    expect(await client.models(String(bundle.modelGroup))).toHaveLength(76);
    expect(await client.models('nobody')).toEqual([]);
  });
});

describe('a cancel or stop of the Python client', () => {
  test('early in a training gives a refund', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    const { trainingId } = await client.createTraining(7, fineTuned);
    expect(await client.endTraining(7, 'cancel', { trainingId })).toEqual({ refund: true });
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'cancelled' });
  });

  test('late in a training answers refund false and cancels nothing, unless told to go on', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    const { trainingId } = await client.createTraining(7, fineTuned);
    roboflow.clock.pass(hour);
    expect(await client.endTraining(7, 'cancel', { trainingId })).toEqual({ refund: false });
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'running' });
    const insisting = { trainingId, continueIfNoRefund: true };
    expect(await client.endTraining(7, 'cancel', insisting)).toEqual({ success: true });
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'cancelled' });
  });

  test('needs no id where the version has one training', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    await client.createTraining(7, fineTuned);
    expect(await client.endTraining(7, 'cancel', {})).toEqual({ refund: true });
  });

  test('needs an id where the version has several, and the refusal is a text with the code', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    await client.createTraining(7, fineTuned);
    await client.createTraining(7, fineTuned);
    const refused = /^409 .*MULTIPLE_TRAININGS/;
    await expect(client.endTraining(7, 'cancel', {})).rejects.toThrow(refused);
    await expect(client.endTraining(7, 'stop', {})).rejects.toThrow(refused);
    await expect(client.getTraining(7)).rejects.toThrow(refused);
  });

  test('a second time is refused for a cancel, and a success for a stop', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    const { trainingId } = await client.createTraining(7, fineTuned);
    roboflow.clock.pass(5 * minute);
    expect(await client.endTraining(7, 'stop', { trainingId })).toEqual({ success: true });
    expect(await client.endTraining(7, 'stop', { trainingId })).toEqual({ success: true });
    roboflow.clock.pass(hour);
    expect(await client.getTraining(7, String(trainingId))).toMatchObject({ status: 'stopped' });
    await expect(client.endTraining(7, 'cancel', { trainingId })).rejects.toThrow(/^409 .*CANNOT_CANCEL/);
  });

  test('by version, as the command line sends it, acts on the one that runs', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    await client.startOnVersion(7, fineTuned);
    expect(await client.endOnVersion(7, 'stop')).toEqual({ success: true });
    expect(await client.endOnVersion(7, 'cancel')).toEqual({ refund: true });
    expect(roboflow.simulator.started()).toMatchObject([{ origin: 'train', modelType: 'rfdetr-nano' }]);
  });
});
