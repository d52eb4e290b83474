import { describe, expect, test } from 'vitest';
import type { Scenario, TrainingIdentity } from '../../../simulator/scenario.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { routeNamed } from '../../../src/roboflow/apis/choose-route.ts';
import type { ResultsReading, TrainingResults } from '../../../src/training/await-results.ts';
import { request } from '../../training/fake-route.ts';
import { hour, noWishes, type SimulatedRoboflow, simulateRoboflow } from '../simulated-roboflow.ts';

/** How the results of a training read that was just started and has ended by now. */
async function readingOf(roboflow: SimulatedRoboflow, modelType: string): Promise<ResultsReading> {
  const route = routeNamed('trainings', roboflow.here);
  const before = await route.before(7, await route.list(7));
  const creation = await route.create({ ...request, modelType });
  if (creation.kind !== 'created') throw creation.error;
  roboflow.clock.pass(10 * hour);
  const look = await route.look(creation.thing, roboflow.clock.now());
  if (look.kind !== 'seen') throw look.error;
  return await route.results(look.training, before, noWishes);
}

/** The results, if they are all there. */
async function resultsOf(roboflow: SimulatedRoboflow, modelType: string): Promise<TrainingResults> {
  const reading = await readingOf(roboflow, modelType);
  if (reading.kind !== 'complete') throw new Error(`the results are ${reading.kind}`);
  return reading.results;
}

const search = 'rfdetr-nas-parent';

describe('the results of a fine-tune', () => {
  test('are read by its id, and nothing else is read if they hold metrics', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const results = await resultsOf(roboflow, 'rfdetr-nano');
    const [run] = roboflow.simulator.started();
    expect(results).toMatchObject({ trainingId: run?.id, source: 'the training results' });
    expect(results.models).toMatchObject([{ type: 'rfdetr-nano', finished: true }]);
    expect(results.models[0]?.metrics.get('map50')).toBe(84.2);
    expect(roboflow.requestLines()).toEqual([
      'GET /acme/hard-hats/7/v2/trainings',
      'POST /acme/hard-hats/7/v2/trainings',
      'GET /acme/hard-hats/7/v2/trainings/get',
      'GET /acme/hard-hats/7/v2/trainings/get',
    ]);
  });

  test('are those of the training that was asked for, also if another one ended on the version since', async () => {
    const fineTune = scenarios['fine-tune'];
    const results = ({ id, modelType }: TrainingIdentity) => {
      const [url, map50] = [`acme/m-${id}`, modelType === 'rfdetr-nano' ? 84.2 : 99];
      return [{ modelId: url, url, name: 'm', status: 'finished', metrics: { map50 } }];
    };
    const changing: Scenario = { ...fineTune, plan: { ...fineTune.plan, results } };
    await using roboflow = await simulateRoboflow({ routes: 'trainings', scenario: changing });
    const { training, route, before } = await roboflow.startOrAttach({ route: 'trainings' });
    await roboflow.startOrAttach({ route: 'trainings', 'model-type': 'rfdetr-small' });
    roboflow.clock.pass(10 * hour);
    const reading = await route.results(training, before, noWishes);
    if (reading.kind !== 'complete') throw new Error(`the results are ${reading.kind}`);
    const [only, ...others] = reading.results.models;
    expect([only?.id, only?.type, others]).toEqual([`acme/m-${training.id}`, 'rfdetr-nano', []]);
    expect(only?.metrics.get('map50')).toBe(84.2);
  });

  test.each([
    ['version-only', 'version 7'],
    ['late-metrics', 'the training results'],
  ] as const)('of %s come from %s', async (scenario, source) => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings', scenario: scenarios[scenario] });
    expect(await resultsOf(roboflow, 'rfdetr-nano')).toMatchObject({ source });
  });
});

describe('the answer that results are read from', () => {
  async function answered(changes: object): Promise<SimulatedRoboflow> {
    await using before = await simulateRoboflow({ routes: 'trainings' });
    await resultsOf(before, 'rfdetr-nano');
    const [run] = before.simulator.started();
    const body = {
      trainingId: run?.id,
      status: 'finished',
      modelType: 'rfdetr-nano',
      models: [{ modelId: 'acme/m', metrics: { map50: 91 } }],
      ...changes,
    };
    const faults: Fault[] = [{ route: 'poll', nth: 2, do: { kind: 'json', body } }];
    return simulateRoboflow({ routes: 'trainings', faults });
  }

  test.each([
    { name: 'it runs', changes: { status: 'running' }, says: /still say that it is running$/ },
    { name: 'it failed', changes: { status: 'failed' }, says: /its results say that it is failed$/ },
    { name: 'it was cancelled', changes: { status: 'cancelled' }, says: /say that it is cancelled$/ },
    { name: 'it is of another type', changes: { modelType: 'yolov11n' }, says: /results of a yolov11n, and/ },
  ])('is not the one to judge yet if it says that $name', async ({ changes, says }) => {
    await using roboflow = await answered(changes);
    expect(await readingOf(roboflow, 'rfdetr-nano')).toEqual({
      kind: 'not-yet',
      reason: expect.stringMatching(says),
    });
  });

  test('is the one to judge if it names the type otherwise', async () => {
    await using roboflow = await answered({ modelType: 'RF-DETR Nano' });
    expect((await readingOf(roboflow, 'rfdetr-nano')).kind).toBe('complete');
  });
});

describe('what Roboflow recommends for each hardware', () => {
  test('is joined from the older results if they are of the same run', async () => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios['nas-older'] });
    const results = await resultsOf(roboflow, search);
    expect(results.trainingId).toBe('acme/hard-hats/7');
    expect([...results.recommended.keys()]).toEqual(['gpu', 'jetson-orin-nano']);
    const ids = results.models.map(({ id }) => id);
    for (const id of results.recommended.values()) expect(ids).toContain(id);
  });

  test.each([{ trainingId: 'acme/hard-hats/99' }, {}])(
    'is left out if the older results say %o',
    async (of) => {
      const body = { ...of, status: 'finished', models: [], recommendedByHardware: { gpu: 'acme/other' } };
      const faults: Fault[] = [{ route: 'results', do: { kind: 'json', body } }];
      await using roboflow = await simulateRoboflow({ scenario: scenarios['nas-older'], faults });
      expect((await resultsOf(roboflow, search)).recommended).toEqual(new Map());
    },
  );

  test.each([
    ['cannot tell several trainings apart', 409],
    ['are not there', 400],
    ['may not be read', 403],
  ])('is left out if the older results %s, and the models are judged', async (_, status) => {
    const faults: Fault[] = [{ route: 'results', do: { kind: 'status', status } }];
    await using roboflow = await simulateRoboflow({ scenario: scenarios['nas-older'], faults });
    const results = await resultsOf(roboflow, search);
    expect(results.recommended).toEqual(new Map());
    expect(results.models).toHaveLength(24);
    expect(results.source).toBe('the training results');
  });

  test('is not there for searches of today', async () => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios.nas });
    expect(await readingOf(roboflow, search)).toMatchObject({
      kind: 'incomplete',
      reason: '4 of 76 models report no metrics',
      results: { recommended: new Map(), models: expect.objectContaining({ length: 76 }) },
    });
  });

  test('is not asked for after a fine-tune', async () => {
    await using roboflow = await simulateRoboflow();
    await resultsOf(roboflow, 'rfdetr-nano');
    expect(roboflow.simulator.requests.filter(({ route }) => route === 'results')).toEqual([]);
  });
});
