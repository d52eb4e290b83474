import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { trainingsRoute } from '../../../src/roboflow/apis/trainings-api.ts';
import type { Training } from '../../../src/training/training.ts';
import type { BaselinePlace, TrainingApi } from '../../../src/training/training-api.ts';
import { request } from '../../training/fake-route.ts';
import { fineTune, hour, minute, type SimulatedRoboflow, simulateRoboflow } from '../simulated-roboflow.ts';

function routeOf(roboflow: SimulatedRoboflow): TrainingApi {
  return trainingsRoute(roboflow.here);
}

async function started(roboflow: SimulatedRoboflow, modelType = 'rfdetr-nano'): Promise<Training> {
  const creation = await routeOf(roboflow).create({ ...request, modelType });
  if (creation.kind !== 'created') throw creation.error;
  return creation.thing;
}

describe('a training that the workflow names', () => {
  test('by an opaque id and no version is looked for from the highest version down', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const [, older] = roboflow.simulator.trainings;
    expect(await routeOf(roboflow).find(older?.id ?? '', undefined)).toMatchObject({
      id: older?.id,
      version: 5,
      phase: 'succeeded',
      modelType: 'rfdetr-nano',
    });
    expect(roboflow.requestLines()).toEqual([
      ...['GET /acme/hard-hats', 'GET /acme/hard-hats/7/v2/trainings', 'GET /acme/hard-hats/6/v2/trainings'],
      ...['GET /acme/hard-hats/5/v2/trainings', 'GET /acme/hard-hats/5/v2/trainings/get'],
    ]);
  });

  test('by an older id, with slashes, is on the version that the id names', async () => {
    const versions = [4, 5, 6, 7].map((number) => versionSpec(number, { kind: 'smpv' }));
    await using roboflow = await simulateRoboflow({ routes: 'trainings', scenario: fineTune({ versions }) });
    expect(await routeOf(roboflow).find('acme/hard-hats/6', undefined)).toMatchObject({
      id: 'acme/hard-hats/6',
      version: 6,
      phase: 'succeeded',
    });
    expect(roboflow.simulator.requests).toMatchObject([
      { path: '/acme/hard-hats' },
      { path: '/acme/hard-hats/6/v2/trainings/get', query: { trainingId: 'acme/hard-hats/6' } },
    ]);
  });

  test('by an older id with a version that is not there is nowhere, and not asked for', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    expect(await routeOf(roboflow).find('acme/hard-hats/66', undefined)).toBeUndefined();
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats']);
  });

  test('by an id and its version is read at once', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const [, , newer] = roboflow.simulator.trainings;
    expect(await routeOf(roboflow).find(newer?.id ?? '', 6)).toMatchObject({ id: newer?.id, version: 6 });
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/6/v2/trainings/get']);
  });

  test('by an id that is nowhere is not found, and not for lack of looking', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    expect(await routeOf(roboflow).find('nobody', undefined)).toBeUndefined();
    expect(roboflow.requestLines()).toHaveLength(5);
    expect(await routeOf(roboflow).find('nobody', 6)).toBeUndefined();
  });

  test('is not another one that the answer shows', async () => {
    const other = { trainingId: 'other', status: 'finished', models: [] };
    const faults: Fault[] = [{ route: 'poll', nth: 1, do: { kind: 'json', body: other } }];
    await using roboflow = await simulateRoboflow({ routes: 'trainings', faults });
    const [, , newer] = roboflow.simulator.trainings;
    expect(await routeOf(roboflow).find(newer?.id ?? '', 6)).toMatchObject({ id: newer?.id });
    expect(roboflow.requestLines()).toHaveLength(2);
  });
});

describe('the newest version that was trained', () => {
  test.each<{ name: string; place: BaselinePlace; version: number | undefined }>([
    { name: 'below the highest version', place: { below: 7 }, version: 6 },
    { name: 'below a version without any', place: { below: 8 }, version: 6 },
    { name: 'below an older version', place: { below: 6 }, version: 5 },
    { name: 'below a version under which one only failed', place: { below: 5 }, version: undefined },
    { name: 'below the lowest version', place: { below: 4 }, version: undefined },
    { name: 'on a version', place: { version: 5 }, version: 5 },
    { name: 'on a version if one only failed', place: { version: 4 }, version: undefined },
    { name: 'on a version without any', place: { version: 7 }, version: undefined },
  ])('$name is $version', async ({ place, version }) => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const found = await routeOf(roboflow).trainedVersion(place);
    expect(found?.version).toBe(version);
    expect(new Set(found?.trainings.map((training) => [training.phase, training.version].join(' ')))).toEqual(
      new Set(version === undefined ? [] : [`succeeded ${version}`]),
    );
  });

  test('has the one first that was started last, of whatever type', async () => {
    const { plan } = fineTune({});
    const seeded = [
      { version: 6, modelType: 'rfdetr-nano', agoMs: 30 * hour },
      { version: 6, modelType: 'yolov11n', agoMs: 10 * hour },
      { version: 6, modelType: 'rfdetr-nano', agoMs: 20 * hour },
      { version: 5, modelType: 'rfdetr-nano', agoMs: 5 * hour },
    ].map((each) => ({ ...each, plan }));
    await using roboflow = await simulateRoboflow({ routes: 'trainings', scenario: fineTune({ seeded }) });
    const found = await routeOf(roboflow).trainedVersion({ below: 7 });
    const [oldest, newest, middle] = roboflow.simulator.trainings;
    expect(found?.version).toBe(6);
    expect(found?.trainings.map(({ id }) => id)).toEqual([newest?.id, middle?.id, oldest?.id]);
  });
});

test('what is there before a start has no results, since they come by training', async () => {
  await using roboflow = await simulateRoboflow({ routes: 'trainings' });
  const trainings = await routeOf(roboflow).list(6);
  const before = await routeOf(roboflow).before(6, trainings);
  expect(before).toEqual({ atMs: roboflow.clock.now(), trainings, results: undefined });
  expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/6/v2/trainings']);
});

describe('ending a training', () => {
  test.each(['cancel', 'stop'] as const)(
    'by its id leaves another one on the version alone: %s',
    async (mode) => {
      await using roboflow = await simulateRoboflow({ routes: 'trainings' });
      const ours = await started(roboflow);
      const theirs = await started(roboflow);
      roboflow.clock.pass(5 * minute);
      expect(await routeOf(roboflow).end(ours, mode, roboflow.clock.now() + minute)).toEqual({
        kind: 'ended',
      });
      expect(roboflow.simulator.requests.at(-1)).toMatchObject({
        path: `/acme/hard-hats/7/v2/trainings/${mode}`,
        body: { trainingId: ours.id },
      });
      const touched = roboflow.simulator
        .started()
        .filter(({ cancelledAtMs, stopRequestedAtMs }) => (cancelledAtMs ?? stopRequestedAtMs) !== undefined);
      expect(touched.map(({ id }) => id)).toEqual([ours.id]);
      expect(theirs.id).not.toBe(ours.id);
    },
  );

  test('past the time of refunds says that it still runs', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const ours = await started(roboflow);
    roboflow.clock.pass(hour);
    expect(await routeOf(roboflow).end(ours, 'cancel', roboflow.clock.now() + minute)).toEqual({
      kind: 'still-running',
      reason: 'the time in which a cancel is refunded is over, and then Roboflow cancels only in its app',
    });
    expect(roboflow.simulator.started()[0]?.cancelledAtMs).toBeUndefined();
  });

  test('that is over says so', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const ours = await started(roboflow);
    roboflow.clock.pass(2 * hour);
    expect(await routeOf(roboflow).end(ours, 'cancel', roboflow.clock.now() + minute)).toEqual({
      kind: 'over',
    });
  });

  test.each([
    { name: 'a reset', action: { kind: 'reset', effect: 'after' } },
    { name: 'a 502', action: { kind: 'status', status: 502, effect: 'after' } },
  ] as const)('whose answer is lost, by $name, is not told as failed', async ({ action }) => {
    const faults: Fault[] = [{ route: 'cancel', nth: 1, do: action }];
    await using roboflow = await simulateRoboflow({ routes: 'trainings', faults });
    const ours = await started(roboflow);
    const result = await routeOf(roboflow).end(ours, 'cancel', roboflow.clock.now() + minute);
    expect(result.kind).toBe('over');
    expect(roboflow.simulator.started()[0]?.cancelledAtMs).toBeDefined();
  });
});

describe('a training that is followed', () => {
  test('on a version with several is the one that was started', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const ours = await started(roboflow);
    const theirs = await started(roboflow, 'rfdetr-small');
    roboflow.clock.pass(10 * minute);
    const route = routeOf(roboflow);
    expect(await route.look(ours, roboflow.clock.now())).toMatchObject({
      kind: 'seen',
      training: { id: ours.id, modelType: 'rfdetr-nano' },
    });
    expect(await route.look(theirs, roboflow.clock.now())).toMatchObject({
      training: { modelType: 'rfdetr-small' },
    });
    expect((await route.list(7)).map(({ id }) => id).toSorted()).toEqual([ours.id, theirs.id].toSorted());
  });

  test('may be out of sight for a while', async () => {
    const faults: Fault[] = [{ route: 'poll', nth: [1, 3], do: { kind: 'status', status: 404 } }];
    await using roboflow = await simulateRoboflow({ routes: 'trainings', faults });
    const ours = await started(roboflow);
    const look = await routeOf(roboflow).look(ours, roboflow.clock.now() + 15 * minute);
    expect(look).toMatchObject({ kind: 'seen', training: { id: ours.id } });
  });

  test('is silent if no good answer comes in time', async () => {
    const faults: Fault[] = [{ route: 'poll', do: { kind: 'status', status: 502 } }];
    await using roboflow = await simulateRoboflow({ routes: 'trainings', faults });
    const ours = await started(roboflow);
    const look = await routeOf(roboflow).look(ours, roboflow.clock.now() + minute);
    expect(look).toMatchObject({ kind: 'silent', error: { name: 'ApiError' } });
  });
});
