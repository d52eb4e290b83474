import { describe, expect, test } from 'vitest';
import type { Scenario, SimulatedModel, TrainingPlan } from '../../../simulator/scenario.ts';
import { day } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import type { RouteName } from '../../../src/training/training-api.ts';
import { fineTune, hour, minute, simulateRoboflow } from '../simulated-roboflow.ts';
import { endedResults, hasAny, idsIn, readingNow, sourceOf, start } from './read-results.ts';

const startedAt = '2027-01-04T09:00:00.000Z';
const startedSeconds = Date.parse(startedAt) / 1000;
const longAgo = '2020-01-01T00:00:00.000Z';
const longAgoSeconds = Date.parse(longAgo) / 1000;

const bothRoutes: readonly { readonly route: RouteName }[] = [{ route: 'jobs' }, { route: 'trainings' }];

/** A fine-tune whose metrics are wherever a fault puts them. */
const bare = withPlan({ shows: [], results: () => [] });

function withPlan(changes: Partial<TrainingPlan>, more: Partial<Scenario> = {}): Scenario {
  return fineTune({ plan: { ...scenarios['fine-tune'].plan, ...changes }, ...more });
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
    created: startedAt,
    train: { status: 'finished' },
    metrics: { map50: 91 },
    ...changes,
  };
}

describe.each(bothRoutes)('a row of the models list on the route $route', ({ route }) => {
  test.each<{ name: string; changes: object; own: boolean }>([
    { name: 'of its version and type, made after it began', changes: {}, own: true },
    { name: 'with its date in epoch seconds', changes: { created: startedSeconds }, own: true },
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
    {
      name: 'that does not tell its type, if nothing else can be its training',
      changes: { modelType: undefined },
      own: true,
    },
    { name: 'made long before it began', changes: { created: longAgo }, own: false },
    { name: 'made long before, in epoch seconds', changes: { created: longAgoSeconds }, own: false },
    { name: 'that does not tell its date', changes: { created: undefined }, own: false },
    { name: 'with a date that is none', changes: { created: 'yesterday' }, own: false },
    { name: 'of a group, which no fine-tune has', changes: { group: 'nas-old' }, own: false },
  ])('$name is that of the training: $own', async ({ changes, own }) => {
    await using roboflow = await simulateRoboflow({
      scenario: bare,
      faults: [shows('models', [row(changes)])],
    });
    const results = await endedResults(roboflow, route);
    expect(hasAny(results)).toBe(own);
    if (own) expect(sourceOf(results)).toBe('the models list');
  });

  test('that does not tell its type is left out if another training started meanwhile', async () => {
    const faults = [shows('models', [row({ modelType: undefined })])];
    await using roboflow = await simulateRoboflow({ scenario: bare, faults });
    const ours = await start(roboflow, route);
    await start(roboflow, route, 'rfdetr-small');
    roboflow.clock.pass(10 * hour);
    expect(hasAny(await readingNow(roboflow, route, ours))).toBe(false);
  });

  test.each([
    { name: 'a day before its training', created: Date.parse(startedAt) - day, own: true },
    { name: 'longer before its training', created: Date.parse(startedAt) - day - 1, own: false },
    { name: 'without a date', created: undefined, own: true },
  ])('with the very id that results name, dated $name, is its own: $own', async ({ created, own }) => {
    const named = withPlan({
      shows: [],
      results: (): SimulatedModel[] => [
        { modelId: 'acme/mine', url: 'acme/mine', name: 'm', status: 'finished', metrics: null },
      ],
    });
    const bundle = { status: 'finished', models: [{ modelId: 'mine', metrics: null }] };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/mine', created })])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    expect(hasAny(await endedResults(roboflow, route))).toBe(own);
  });

  test('is taken by its id alone if results name it', async () => {
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
    expect(idsIn(results)).toEqual(['acme/mine']);
    expect(results).toMatchObject({ results: { models: [{ metrics: new Map([['map50', 84]]) }] } });
  });

  test('is not taken if results name another', async () => {
    const named = withPlan({
      shows: [],
      results: (): SimulatedModel[] => [
        { modelId: 'acme/mine', url: 'acme/mine', name: 'm', status: 'finished', metrics: null },
      ],
    });
    const bundle = { status: 'finished', models: [{ modelId: 'acme/mine', metrics: null }] };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/other' })])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    expect(hasAny(await endedResults(roboflow, route))).toBe(false);
  });
});

describe('a row of the models list of a search', () => {
  test.each<{ name: string; changes: object; own: boolean }>([
    { name: 'of its group', changes: {}, own: true },
    { name: 'of another group, as if the server overlooks it', changes: { group: 'nas-old' }, own: false },
    { name: 'of no group', changes: { group: undefined }, own: false },
    { name: 'of its group, but made long before it began', changes: { created: longAgo }, own: false },
  ])('$name is that of the training: $own', async ({ changes, own }) => {
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
    expect(hasAny(results)).toBe(own);
    expect(roboflow.simulator.requests.find(({ route }) => route === 'models')?.query).toEqual({
      group: 'nas-new',
    });
  });
});

/** `version.model` as it is complete (docs/roboflow-api.md#version). */
function versionWith(changes: object): Fault {
  const start = Date.parse(startedAt) + 2 * minute;
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
    { name: 'that began after the training', changes: {}, own: true },
    {
      name: 'with its dates in epoch seconds',
      changes: { start: startedSeconds + 60, end: startedSeconds + 3_600 },
      own: true,
    },
    {
      name: 'that tells only its end',
      changes: { start: undefined, end: startedSeconds + 3_600 },
      own: true,
    },
    {
      name: 'of a training long before',
      changes: { start: longAgoSeconds, end: longAgoSeconds + 3_600 },
      own: false,
    },
    { name: 'that ended long before', changes: { start: undefined, end: longAgoSeconds }, own: false },
    { name: 'of another type', changes: { modelType: 'yolov11n' }, own: false },
  ])('$name is that of the training: $own', async ({ changes, own }) => {
    const older = { version: 7, modelType: 'yolov11n', agoMs: 300 * day, plan: bare.plan };
    const scenario = { ...bare, seeded: [older] };
    await using roboflow = await simulateRoboflow({ scenario, faults: [versionWith(changes)] });
    const results = await endedResults(roboflow, route);
    expect(hasAny(results)).toBe(own);
    if (own) expect(sourceOf(results)).toBe('version 7');
  });

  test('that does not tell its dates is left out if another training had the version before', async () => {
    const older = { version: 7, modelType: 'yolov11n', agoMs: 300 * day, plan: bare.plan };
    const faults = [versionWith({ start: undefined, end: undefined })];
    await using roboflow = await simulateRoboflow({ scenario: { ...bare, seeded: [older] }, faults });
    expect(hasAny(await endedResults(roboflow, route))).toBe(false);
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

test('the model of a version is that of its only training, also if it does not tell its dates', async () => {
  const faults = [versionWith({ start: undefined, end: undefined })];
  await using roboflow = await simulateRoboflow({ scenario: bare, faults });
  expect(sourceOf(await endedResults(roboflow, 'trainings'))).toBe('version 7');
});
