import { describe, expect, test } from 'vitest';
import type { Scenario, SimulatedModel, TrainingPlan } from '../../../simulator/scenario.ts';
import { day } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { fineTune, hour, minute, simulateRoboflow } from '../simulated-roboflow.ts';
import { endedResults, hasAny, idsIn, readingNow, sourceOf, start } from './read-results.ts';

const startedAt = '2027-01-04T09:00:00.000Z';
const startedSeconds = Date.parse(startedAt) / 1000;
const longAgo = '2020-01-01T00:00:00.000Z';
const longAgoSeconds = Date.parse(longAgo) / 1000;

const bothRoutes = [{ route: 'jobs' }, { route: 'trainings' }] as const;

/** A fine-tune whose metrics are wherever a fault puts them. */
const bare = withPlan({ shows: [], results: () => [] });

function withPlan(changes: Partial<TrainingPlan>, more: Partial<Scenario> = {}): Scenario {
  return fineTune({ plan: { ...scenarios['fine-tune'].plan, ...changes }, ...more });
}

/** One whose results name its model, without metrics. */
const named = withPlan({
  shows: [],
  results: (): SimulatedModel[] => [
    { modelId: 'acme/mine', url: 'acme/mine', name: 'm', status: 'finished', metrics: null },
  ],
});

function shows(route: Fault['route'], body: unknown): Fault {
  return { route, do: { kind: 'json', body } };
}

/** A row of the models list as it is complete (docs/internals/roboflow-api.md#models). */
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
  test.each<[name: string, own: boolean, changes: object]>([
    ['of its version and type, made after it began', true, {}],
    ['with its date in epoch seconds', true, { created: startedSeconds }],
    ['with its version as an id', true, { version: 'acme/hard-hats/7' }],
    ['with its version in the url', true, { url: 'acme/hard-hats/7', version: undefined }],
    ['with its type in other letters', true, { modelType: 'RFDETR_nano' }],
    ['of another version', false, { version: '6' }],
    ['of another version in the url', false, { url: 'acme/hard-hats/6' }],
    ['that does not tell its version', false, { version: undefined }],
    ['of another type', false, { modelType: 'yolov11n' }],
    ['that does not tell its type, if nothing else can be its training', true, { modelType: undefined }],
    ['made long before it began', false, { created: longAgo }],
    ['made long before, in epoch seconds', false, { created: longAgoSeconds }],
    ['that does not tell its date', false, { created: undefined }],
    ['with a date that is none', false, { created: 'yesterday' }],
    ['of a group, which no fine-tune has', false, { group: 'nas-old' }],
  ])('%s is that of the training: %s', async (_, own, changes) => {
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
    ['a day before its training', true, Date.parse(startedAt) - day],
    ['longer before its training', false, Date.parse(startedAt) - day - 1],
    ['without a date', true, undefined],
  ])('with the very id that results name, dated %s, is its own: %s', async (_, own, created) => {
    const bundle = { status: 'finished', models: [{ modelId: 'mine', metrics: null }] };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/mine', created })])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    expect(hasAny(await endedResults(roboflow, route))).toBe(own);
  });

  test('is taken by its id alone if results name it', async () => {
    const bundle = { status: 'finished', models: [{ modelId: 'acme/mine', metrics: null }] };
    const ours = { url: 'acme/mine', metrics: { map50: 84 } };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/other' }), ours])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    const results = await endedResults(roboflow, route);
    expect(idsIn(results)).toEqual(['acme/mine']);
    expect(results).toMatchObject({ results: { models: [{ metrics: new Map([['map50', 84]]) }] } });
  });

  test('is not taken if results name another', async () => {
    const bundle = { status: 'finished', models: [{ modelId: 'acme/mine', metrics: null }] };
    const faults = [shows('results', bundle), shows('models', [row({ url: 'acme/other' })])];
    await using roboflow = await simulateRoboflow({ scenario: named, faults });
    expect(hasAny(await endedResults(roboflow, route))).toBe(false);
  });
});

describe('a row of the models list of a search', () => {
  test.each<[name: string, own: boolean, changes: object]>([
    ['of its group', true, {}],
    ['of another group, as if the server overlooks it', false, { group: 'nas-old' }],
    ['of no group', false, { group: undefined }],
    ['of its group, but made long before it began', false, { created: longAgo }],
  ])('%s is that of the training: %s', async (_, own, changes) => {
    const search = { jobType: 'nas', modelType: 'rfdetr-nas-parent', modelGroup: 'nas-new' };
    const bundle = { status: 'finished', models: [], ...search };
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

/** `version.model` as it is complete (docs/internals/roboflow-api.md#version). */
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

const older = { version: 7, modelType: 'yolov11n', agoMs: 300 * day, plan: bare.plan };

describe.each(bothRoutes)('the model of the version on the route $route', ({ route }) => {
  test.each<[name: string, own: boolean, changes: object]>([
    ['that began after the training', true, {}],
    ['with its dates in epoch seconds', true, { start: startedSeconds + 60, end: startedSeconds + 3_600 }],
    ['that tells only its end', true, { start: undefined, end: startedSeconds + 3_600 }],
    ['of a training long before', false, { start: longAgoSeconds, end: longAgoSeconds + 3_600 }],
    ['that ended long before', false, { start: undefined, end: longAgoSeconds }],
    ['of another type', false, { modelType: 'yolov11n' }],
  ])('%s is that of the training: %s', async (_, own, changes) => {
    const scenario = { ...bare, seeded: [older] };
    await using roboflow = await simulateRoboflow({ scenario, faults: [versionWith(changes)] });
    const results = await endedResults(roboflow, route);
    expect(hasAny(results)).toBe(own);
    if (own) expect(sourceOf(results)).toBe('version 7');
  });

  test('that does not tell its dates is left out if another training had the version before', async () => {
    const faults = [versionWith({ start: undefined, end: undefined })];
    await using roboflow = await simulateRoboflow({ scenario: { ...bare, seeded: [older] }, faults });
    expect(hasAny(await endedResults(roboflow, route))).toBe(false);
  });

  test('that is older does not end the wait for metrics', async () => {
    const late = withPlan({ shows: ['models', 'trainings'], metricsDelayMs: minute }, { seeded: [older] });
    const { do: odd } = versionWith({ start: longAgoSeconds, end: longAgoSeconds });
    const faults: Fault[] = [{ route: 'version', nth: [2, 99], do: odd }];
    await using roboflow = await simulateRoboflow({ scenario: late, faults, routes: route });
    const step = await roboflow.runStep({ route, reuse: 'none', thresholds: 'map50 >= 90' });
    expect(step.failures).toEqual([
      'mAP50 84.2 %, wanted 90 % or more: 5.8 points short. https://app.roboflow.com/acme/hard-hats/7',
    ]);
  });
});

test('the model of a version is that of its only training, also if it does not tell its dates', async () => {
  const faults = [versionWith({ start: undefined, end: undefined })];
  await using roboflow = await simulateRoboflow({ scenario: bare, faults });
  expect(sourceOf(await endedResults(roboflow, 'trainings'))).toBe('version 7');
});
