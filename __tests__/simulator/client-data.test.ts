import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { defaultKey } from '../../simulator/simulator.ts';
import { OfficialRequests } from '../roboflow/official-requests.ts';
import { hour, minute, second, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';

/** A simulator, its clock, and the requests of Roboflow's Python client (release 1.4.1) about version 7. */
async function openClient(...options: Parameters<typeof simulateRoboflow>) {
  const roboflow = await simulateRoboflow(...options);
  return { roboflow, client: new OfficialRequests(roboflow.simulator.url, defaultKey) };
}

const text = expect.any(String);
const fineTuned = { modelType: 'rfdetr-nano' };

describe('the data of a training', () => {
  test('is a version that is generated, and polled past the cache until it is', async () => {
    const { roboflow, client } = await openClient({ scenario: scenarios.trainings });
    await using _ = roboflow;
    const { message, version } = await client.generate({ preprocessing: {}, augmentation: {} });
    expect(message).toEqual(text);
    expect(Number(version)).toBe(8);
    const progress: unknown[] = [];
    for (let looks = 0; looks < 100; looks += 1) {
      const shown = await client.version(8);
      progress.push(shown.progress);
      if (shown.generating === false) break;
      expect(shown).toMatchObject({ generating: true, images: 0 });
      await roboflow.clock.sleep(5 * second);
    }
    expect(progress[0]).toBeNull();
    expect(progress.slice(1).every((value) => typeof value === 'number')).toBe(true);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toHaveLength(37);
    expect(await client.version(8)).toMatchObject({
      images: expect.any(Number),
      exports: [],
      splits: { train: expect.any(Number) },
    });
    expect(roboflow.simulator.requests.at(-1)?.query).toEqual({ nocache: 'true', api_key: defaultKey });
  });

  test('is exported, 202 with its progress and then 200 with a link, and stands in the exports after that', async () => {
    const { roboflow, client } = await openClient({ scenario: scenarios.trainings });
    await using _ = roboflow;
    const statuses: number[] = [];
    for (let looks = 0; looks < 200 && statuses.at(-1) !== 200; looks += 1) {
      const { status, body } = await client.exported(7, 'coco');
      statuses.push(status);
      if (status === 202) expect(body).toEqual({ progress: expect.any(Number) });
      else expect(body).toMatchObject({ export: { format: 'coco', link: text, size: expect.any(Number) } });
      await roboflow.clock.sleep(5 * second);
    }
    expect(statuses).toEqual([...Array.from({ length: 24 }, () => 202), 200]);
    expect(await client.version(7)).toMatchObject({ exports: ['coco'] });
  });

  test('is shown with the training of the version, as its loop reads it', async () => {
    const { roboflow, client } = await openClient();
    await using _ = roboflow;
    await client.startOnVersion(7, fineTuned);
    expect(await client.version(7)).toMatchObject({ models: {}, train: { status: 'queued' } });
    roboflow.clock.pass(30 * minute);
    const training = await client.version(7);
    expect(training.train).not.toHaveProperty('results');
    expect(training.models).toMatchObject({
      'roboflow-train': {
        epochs: expect.arrayContaining([
          expect.objectContaining({
            epoch: '1',
            mAP: expect.stringMatching(/^0\.\d+$/),
            box_loss: expect.stringMatching(/^0\.\d+$/),
            class_loss: expect.stringMatching(/^0\.\d+$/),
            obj_loss: expect.stringMatching(/^0\.\d+$/),
          }),
        ]),
      },
    });
    roboflow.clock.pass(hour);
    expect(await client.version(7)).toMatchObject({
      train: { status: 'finished', results: expect.any(Object) },
    });
  });
});

describe('a recipe of the Python client', () => {
  test('has a schema and a template, which starts a training when it is sent back with epochs in it', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    const recipe = await client.recipe(7, 'rfdetr-nano');
    expect(recipe).toMatchObject({
      modelType: 'rfdetr-nano',
      family: text,
      taskType: 'object-detection',
      schema: { hyperparameters: expect.arrayContaining([{ key: 'epochs', type: text }]) },
      template: {
        schema_version: 1,
        online_preprocessing: [],
        online_augmentation: { splits: ['train'], steps: [] },
        hyperparameters: { epochs: 60 },
      },
      usage: text,
    });
    const trainRecipe = { ...Object(recipe.template), hyperparameters: { epochs: 12 } };
    await client.createTraining(7, { ...fineTuned, epochs: 99, trainRecipe });
    expect(roboflow.simulator.started()).toMatchObject([{ requested: { epochs: 12 } }]);
  });

  test('of an unknown model type is refused', async () => {
    const { roboflow, client } = await openClient({ routes: 'trainings' });
    await using _ = roboflow;
    await expect(client.recipe(7, 'rf detr/1')).rejects.toThrow(/^400 /);
    expect(roboflow.simulator.requests[0]?.query).toEqual({ api_key: defaultKey, modelType: 'rf detr/1' });
  });
});

describe('what a training left', () => {
  test('is read as results, with the type of the run and the number of its models', async () => {
    const { roboflow, client } = await openClient({ scenario: scenarios['nas-older'] });
    await using _ = roboflow;
    await client.createTraining(7, { modelType: 'rfdetr-nas-parent' });
    roboflow.clock.pass(10 * hour);
    expect(await client.results(7)).toMatchObject({
      trainingId: 'acme/hard-hats/7',
      jobType: 'nas',
      status: 'finished',
      modelCount: 24,
      modelGroup: text,
      recommendedByHardware: { gpu: text, 'jetson-orin-nano': text },
    });
    expect(await client.results(6)).toMatchObject({ jobType: 'fine-tune', modelCount: 0, modelGroup: null });
  });

  test('is read by an id with slashes, which travels in the query', async () => {
    const { roboflow, client } = await openClient({ scenario: scenarios['version-only'] });
    await using _ = roboflow;
    expect(await client.getTraining(6, 'acme/hard-hats/6')).toMatchObject({ trainingId: 'acme/hard-hats/6' });
    expect(roboflow.simulator.requests[0]).toMatchObject({
      path: '/acme/hard-hats/6/v2/trainings/get',
      query: { trainingId: 'acme/hard-hats/6' },
    });
  });

  test('is a list of models, bare, each of which can be read by its address', async () => {
    const { roboflow, client } = await openClient();
    await using _ = roboflow;
    const models = await client.models();
    expect(models).toHaveLength(2);
    expect(models).toContainEqual(
      expect.objectContaining({
        url: expect.stringMatching(/^acme\/hard-hats-6-/),
        modelType: 'rfdetr-nano',
        version: '6',
        train: { status: 'finished' },
        metrics: expect.objectContaining({ map50: 80.9 }),
      }),
    );
    const slug = String(models[0]?.url).split('/')[1] ?? '';
    expect(await client.model(slug)).toMatchObject({ model: { url: models[0]?.url } });
  });

  test('of a search is every model in one answer, some of them without metrics', async () => {
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
