import { describe, expect, test } from 'vitest';
import type {
  Scenario,
  SimulatedModel,
  TrainingIdentity,
  TrainingPlan,
} from '../../../simulator/scenario.ts';
import { day } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { routeNamed } from '../../../src/roboflow/routes/choose-route.ts';
import { hasMetrics, type TrainingResults } from '../../../src/training/results.ts';
import type { RouteName } from '../../../src/training/route.ts';
import type { Training } from '../../../src/training/training.ts';
import {
  fineTune,
  hour,
  minute,
  project,
  type SimulatedRoboflow,
  second,
  simulateRoboflow,
} from '../simulated-roboflow.ts';

const begun = '2027-01-04T09:00:00.000Z';
const begunSeconds = Date.parse(begun) / 1000;
const longAgo = '2020-01-01T00:00:00.000Z';
const longAgoSeconds = Date.parse(longAgo) / 1000;

const bothRoutes: readonly { readonly route: RouteName }[] = [{ route: 'jobs' }, { route: 'trainings' }];

/** A fine-tune whose metrics are wherever a fault puts them. */
const bare = withPlan({ shows: [], results: () => [] });

function withPlan(changes: Partial<TrainingPlan>, more: Partial<Scenario> = {}): Scenario {
  return fineTune({ plan: { ...scenarios['fine-tune'].plan, ...changes }, ...more });
}

async function start(
  roboflow: SimulatedRoboflow,
  name: RouteName,
  modelType = 'rfdetr-nano',
): Promise<Training> {
  const asked = await routeNamed(name, roboflow.api, project).create({
    version: 7,
    modelType,
    epochs: undefined,
    checkpoint: undefined,
    speed: undefined,
    recipe: undefined,
  });
  if (asked.kind !== 'made') throw asked.error;
  return { ...asked.thing, modelType };
}

async function resultsOf(
  roboflow: SimulatedRoboflow,
  name: RouteName,
  training: Training,
): Promise<TrainingResults> {
  const route = routeNamed(name, roboflow.api, project);
  const seen = await route.look(training, roboflow.clock.now());
  return route.results(seen);
}

/** The results of a training that was just started and has ended by now. */
async function endedResults(
  roboflow: SimulatedRoboflow,
  name: RouteName,
  modelType?: string,
): Promise<TrainingResults> {
  const training = await start(roboflow, name, modelType);
  roboflow.clock.pass(10 * hour);
  return resultsOf(roboflow, name, training);
}

function shows(route: Fault['route'], body: unknown): Fault {
  return { route, do: { kind: 'json', body } };
}

/** A row of the models list as it is complete (docs/roboflow-api.md#models). */
function row(changes: object = {}): object {
  return {
    url: 'acme/hard-hats-7-rfdetr-nano-t1',
    version: '7',
    name: 'hard-hats 7',
    modelType: 'rfdetr-nano',
    created: begun,
    train: { status: 'finished' },
    metrics: { map50: 91 },
    ...changes,
  };
}

describe.each(bothRoutes)('a row of the models list on the route $route', ({ route }) => {
  test.each<{ name: string; changes: object; own: boolean }>([
    { name: 'of its version and type, made after it began', changes: {}, own: true },
    { name: 'with its date in epoch seconds', changes: { created: begunSeconds }, own: true },
    { name: 'with its version as an id', changes: { version: 'acme/hard-hats/7' }, own: true },
    {
      name: 'with its version in the url',
      changes: { url: 'acme/hard-hats/7', version: undefined },
      own: true,
    },
    { name: 'with its type in other letters', changes: { modelType: 'RFDETR_nano' }, own: true },
    { name: 'of another version', changes: { version: '6' }, own: false },
    { name: 'of another version in the url', changes: { url: 'acme/hard-hats/6' }, own: false },
    { name: 'that does not tell its version', changes: { version: undefined }, own: false },
    { name: 'of another type', changes: { modelType: 'yolov11n' }, own: false },
    { name: 'that does not tell its type', changes: { modelType: undefined }, own: false },
    { name: 'made long before it began', changes: { created: longAgo }, own: false },
    { name: 'made long before, in epoch seconds', changes: { created: longAgoSeconds }, own: false },
    { name: 'that does not tell its date', changes: { created: undefined }, own: false },
    { name: 'with a date that is none', changes: { created: 'yesterday' }, own: false },
    { name: 'of a group, which no fine-tune has', changes: { group: 'nas-old' }, own: false },
  ])('$name is that of the run: $own', async ({ changes, own }) => {
    await using roboflow = await simulateRoboflow({
      scenario: bare,
      faults: [shows('models', [row(changes)])],
    });
    const results = await endedResults(roboflow, route);
    expect(hasMetrics(results.models)).toBe(own);
    if (own) expect(results.source).toBe('the models list');
  });

  test('is taken by its id alone where results name it', async () => {
    const named = withPlan({
      shows: [],
      results: (): SimulatedModel[] => [
        { modelId: 'acme/mine', url: 'acme/mine', name: 'm', status: 'finished', metrics: null },
      ],
    });
    const bundle = { status: 'finished', models: [{ modelId: 'acme/mine', metrics: null }] };
    const ours = { url: 'acme/mine', metrics: { map50: 84 } };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/other' }), ours])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    const results = await endedResults(roboflow, route);
    expect(results.models.map(({ id }) => id)).toEqual(['acme/mine']);
    expect(results.models[0]?.metrics.get('map50')).toBe(84);
  });

  test('is not taken where results name another', async () => {
    const named = withPlan({
      shows: [],
      results: (): SimulatedModel[] => [
        { modelId: 'acme/mine', url: 'acme/mine', name: 'm', status: 'finished', metrics: null },
      ],
    });
    const bundle = { status: 'finished', models: [{ modelId: 'acme/mine', metrics: null }] };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/other' })])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    expect(hasMetrics((await endedResults(roboflow, route)).models)).toBe(false);
  });
});

describe('a row of the models list of a search', () => {
  test.each<{ name: string; changes: object; own: boolean }>([
    { name: 'of its group', changes: {}, own: true },
    { name: 'of another group, as where the server overlooks it', changes: { group: 'nas-old' }, own: false },
    { name: 'of no group', changes: { group: undefined }, own: false },
    { name: 'of its group, but made long before it began', changes: { created: longAgo }, own: false },
  ])('$name is that of the run: $own', async ({ changes, own }) => {
    const bundle = {
      status: 'finished',
      jobType: 'nas',
      modelType: 'rfdetr-nas-parent',
      modelGroup: 'nas-new',
      models: [],
    };
    const child = row({ version: undefined, modelType: 'rfdetr-nas', group: 'nas-new', nasFamily: 'child' });
    const faults = [shows('results', bundle), shows('models', [{ ...child, ...changes }])];
    await using roboflow = await simulateRoboflow({ scenario: bare, faults });
    const results = await endedResults(roboflow, 'jobs', 'rfdetr-nas-parent');
    expect(hasMetrics(results.models)).toBe(own);
    expect(roboflow.simulator.requests.find(({ route }) => route === 'models')?.query).toEqual({
      group: 'nas-new',
    });
  });
});

/** `version.model` as it is complete (docs/roboflow-api.md#version). */
function versionWith(changes: object): Fault {
  const start = Date.parse(begun) + 2 * minute;
  const model = {
    id: 'hard-hats/7',
    endpoint: 'https://detect.example/hard-hats/7',
    start,
    end: start + hour,
    fromScratch: true,
    map: '91.0',
    recall: '90',
    precision: '92',
    ...changes,
  };
  return shows('version', { version: { id: 'acme/hard-hats/7', images: 300, model } });
}

describe.each(bothRoutes)('the model of the version on the route $route', ({ route }) => {
  test.each<{ name: string; changes: object; own: boolean }>([
    { name: 'that began after the run', changes: {}, own: true },
    {
      name: 'with its dates in epoch seconds',
      changes: { start: begunSeconds + 60, end: begunSeconds + 3_600 },
      own: true,
    },
    {
      name: 'that tells only its end',
      changes: { start: undefined, end: begunSeconds + 3_600 },
      own: true,
    },
    {
      name: 'of a run long before',
      changes: { start: longAgoSeconds, end: longAgoSeconds + 3_600 },
      own: false,
    },
    { name: 'that ended long before', changes: { start: undefined, end: longAgoSeconds }, own: false },
    { name: 'of another type', changes: { modelType: 'yolov11n' }, own: false },
  ])('$name is that of the run: $own', async ({ changes, own }) => {
    const older = { version: 7, modelType: 'yolov11n', agoMs: 300 * day, plan: bare.plan };
    const scenario = { ...bare, seeded: [older] };
    await using roboflow = await simulateRoboflow({ scenario, faults: [versionWith(changes)] });
    const results = await endedResults(roboflow, route);
    expect(hasMetrics(results.models)).toBe(own);
    if (own) expect(results.source).toBe('version 7');
  });

  test('that does not tell its dates is left out where another training had the version before', async () => {
    const older = { version: 7, modelType: 'yolov11n', agoMs: 300 * day, plan: bare.plan };
    const faults = [versionWith({ start: undefined, end: undefined })];
    await using roboflow = await simulateRoboflow({ scenario: { ...bare, seeded: [older] }, faults });
    expect(hasMetrics((await endedResults(roboflow, route)).models)).toBe(false);
  });

  test('that is older does not end the wait for metrics', async () => {
    const older = { version: 7, modelType: 'yolov11n', agoMs: 300 * day, plan: bare.plan };
    const late = withPlan({ shows: ['models', 'trainings'], metricsDelayMs: minute }, { seeded: [older] });
    const faults: Fault[] = [
      {
        route: 'version',
        nth: [2, 99],
        do: versionWith({ start: longAgoSeconds, end: longAgoSeconds }).do,
      },
    ];
    await using roboflow = await simulateRoboflow({ scenario: late, faults, routes: route });
    const step = await roboflow.runStep({ route, reuse: 'none', thresholds: 'map50 >= 90' });
    expect(step.failures).toEqual(['map50 84.2, wanted >= 90 (short by 5.8)']);
  });
});

test('the model of a version is that of its only training, also where it does not tell its dates', async () => {
  const faults = [versionWith({ start: undefined, end: undefined })];
  await using roboflow = await simulateRoboflow({ scenario: bare, faults });
  expect((await endedResults(roboflow, 'trainings')).source).toBe('version 7');
});

/** Runs of which each has a model of its own that only the models list shows with metrics. */
function severalOnAVersion(results: (training: TrainingIdentity) => SimulatedModel[]): Scenario {
  return withPlan({ shows: ['models'], results });
}

function modelOf({ id, modelType }: TrainingIdentity): SimulatedModel {
  const url = `acme/m-${id}`;
  return { modelId: url, url, name: 'm', modelType, status: 'finished', metrics: { map50: 91 } };
}

describe('of two fine-tunes of one type that were started one after the other on a version', () => {
  async function parallel(
    roboflow: SimulatedRoboflow,
    route: RouteName,
  ): Promise<readonly [Training, Training]> {
    const first = await start(roboflow, route);
    roboflow.clock.pass(5 * second);
    const other = await start(roboflow, route);
    roboflow.clock.pass(10 * hour);
    return [first, other];
  }

  test('each has its own models on the route trainings', async () => {
    await using roboflow = await simulateRoboflow({ scenario: severalOnAVersion((run) => [modelOf(run)]) });
    const [first, other] = await parallel(roboflow, 'trainings');
    for (const training of [first, other]) {
      const results = await resultsOf(roboflow, 'trainings', training);
      expect(results.models.map(({ id }) => id)).toEqual([`acme/m-${training.id}`]);
      expect(hasMetrics(results.models)).toBe(true);
    }
  });

  test('each has its own models where only the list of trainings names them', async () => {
    const nameless = { status: 'finished', modelType: 'rfdetr-nano', modelGroup: null, models: [] };
    await using named = await simulateRoboflow({ scenario: severalOnAVersion((run) => [modelOf(run)]) });
    const [first, other] = await parallel(named, 'trainings');
    const faults = [first, other].map(
      ({ id }, index): Fault => ({
        route: 'poll',
        nth: [2 * index + 1, 2 * index + 2],
        do: { kind: 'json', body: { trainingId: id, ...nameless } },
      }),
    );
    await using roboflow = await simulateRoboflow({
      scenario: severalOnAVersion((run) => [modelOf(run)]),
      faults,
    });
    expect(await parallel(roboflow, 'trainings')).toEqual([first, other]);
    for (const training of [first, other]) {
      const results = await resultsOf(roboflow, 'trainings', training);
      expect(results.models.map(({ id }) => id)).toEqual([`acme/m-${training.id}`]);
    }
  });

  test('the later one has its own models on the route jobs, and the earlier one none', async () => {
    await using roboflow = await simulateRoboflow({ scenario: severalOnAVersion((run) => [modelOf(run)]) });
    const [first, other] = await parallel(roboflow, 'jobs');
    const [, run] = roboflow.simulator.started();
    const results = await resultsOf(roboflow, 'jobs', other);
    expect(results.models.map(({ id }) => id)).toEqual([`acme/m-${run?.id}`]);
    await expect(resultsOf(roboflow, 'jobs', first)).rejects.toThrow(
      `${other.id} finished on version 7 after ${first.id} began`,
    );
  });

  test.each([
    { name: 'both models', shown: [0, 1] },
    { name: 'only the model of the earlier one', shown: [0] },
  ])('the later one has none on a server without trainings where the list has $name', async ({ shown }) => {
    const run = severalOnAVersion((training) => [modelOf(training)]);
    const rows = shown.map((index) => row({ url: `acme/m-${index}` }));
    await using roboflow = await simulateRoboflow({
      scenario: run,
      routes: 'jobs',
      faults: [shows('models', rows)],
    });
    const route = routeNamed('jobs', roboflow.api, project);
    await start(roboflow, 'jobs');
    roboflow.clock.pass(5 * second);
    await route.list(7);
    const other = await start(roboflow, 'jobs');
    roboflow.clock.pass(10 * hour);
    const results = await route.results(await route.look(other, roboflow.clock.now()));
    expect(hasMetrics(results.models)).toBe(false);
    expect(results.source).toContain('another training');
  });

  test('the later one has its own model where the earlier one was over before it', async () => {
    const run = severalOnAVersion((training) => [modelOf(training)]);
    const rows = [row({ created: '2027-01-05T09:00:00.000Z' }), row({ created: '2027-01-04T11:00:00.000Z' })];
    await using roboflow = await simulateRoboflow({
      scenario: run,
      routes: 'jobs',
      faults: [shows('models', rows)],
    });
    const route = routeNamed('jobs', roboflow.api, project);
    await start(roboflow, 'jobs');
    roboflow.clock.pass(10 * hour);
    await route.list(7);
    const other = await start(roboflow, 'jobs');
    roboflow.clock.pass(10 * hour);
    const results = await route.results(await route.look(other, roboflow.clock.now()));
    expect(hasMetrics(results.models)).toBe(true);
  });

  test('the later one does not get the results of the earlier one while its own lag behind', async () => {
    const scenario = severalOnAVersion(() => []);
    await using before = await simulateRoboflow({ scenario });
    await parallel(before, 'jobs');
    const [earlier] = before.simulator.started();
    const body = {
      trainingId: earlier?.id,
      status: 'finished',
      models: [{ modelId: 'acme/m-earlier', status: 'finished', metrics: { map50: 91 } }],
    };
    await using roboflow = await simulateRoboflow({ scenario, faults: [shows('results', body)] });
    const [, other] = await parallel(roboflow, 'jobs');
    expect(hasMetrics((await resultsOf(roboflow, 'jobs', other)).models)).toBe(false);
  });

  test('the earlier one does not get what the later one has reached so far', async () => {
    const body = {
      status: 'training',
      modelType: 'rfdetr-nas-parent',
      models: [{ modelId: 'acme/m-later', metrics: { map50: 91 } }],
    };
    await using roboflow = await simulateRoboflow({ scenario: bare, faults: [shows('results', body)] });
    const first = await start(roboflow, 'jobs');
    roboflow.clock.pass(hour);
    await start(roboflow, 'jobs');
    roboflow.clock.pass(30 * minute);
    expect(hasMetrics((await resultsOf(roboflow, 'jobs', first)).models)).toBe(false);
  });
});

describe('an older fine-tune of the same version and type', () => {
  const older = {
    version: 7,
    modelType: 'rfdetr-nano',
    agoMs: 5 * day,
    plan: severalOnAVersion((run) => [modelOf(run)]).plan,
  };

  test.each(bothRoutes)(
    'is never judged in the place of a run without metrics on $route',
    async ({ route }) => {
      await using roboflow = await simulateRoboflow({ scenario: { ...bare, seeded: [older] } });
      expect(hasMetrics((await endedResults(roboflow, route)).models)).toBe(false);
    },
  );

  test.each(bothRoutes)('does not hide the models of a run beside it on $route', async ({ route }) => {
    const scenario = { ...severalOnAVersion((run) => [modelOf(run)]), seeded: [older] };
    await using roboflow = await simulateRoboflow({ scenario });
    const results = await endedResults(roboflow, route);
    const [own] = roboflow.simulator.started();
    expect(results.models.map(({ id }) => id)).toEqual([`acme/m-${own?.id}`]);
  });
});
