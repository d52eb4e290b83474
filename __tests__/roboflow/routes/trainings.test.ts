import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { trainingsRoute } from '../../../src/roboflow/routes/trainings.ts';
import type { TrainingRoute } from '../../../src/training/route.ts';
import type { Training } from '../../../src/training/training.ts';
import {
  fineTune,
  hour,
  minute,
  project,
  type SimulatedRoboflow,
  simulateRoboflow,
} from '../simulated-roboflow.ts';

const nano = {
  version: 7,
  modelType: 'rfdetr-nano',
  epochs: undefined,
  checkpoint: undefined,
  speed: undefined,
  recipe: undefined,
} as const;

function routeOf(roboflow: SimulatedRoboflow): TrainingRoute {
  return trainingsRoute(roboflow.api, project);
}

async function started(roboflow: SimulatedRoboflow, modelType = 'rfdetr-nano'): Promise<Training> {
  const asked = await routeOf(roboflow).create({ ...nano, modelType });
  if (asked.kind !== 'made') throw asked.error;
  return asked.thing;
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
      'GET /acme/hard-hats',
      'GET /acme/hard-hats/7/v2/trainings',
      'GET /acme/hard-hats/6/v2/trainings',
      'GET /acme/hard-hats/5/v2/trainings',
      'GET /acme/hard-hats/5/v2/trainings/get',
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
      { path: '/acme/hard-hats/6/v2/trainings/get', query: { trainingId: 'acme/hard-hats/6' } },
    ]);
  });

  test('by an id and its version is read at once', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const [, , newer] = roboflow.simulator.trainings;
    expect(await routeOf(roboflow).find(newer?.id ?? '', 6)).toMatchObject({ id: newer?.id, version: 6 });
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats/6/v2/trainings/get']);
  });

  test('by an id that is nowhere is not found, and not for lack of looking', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    await expect(routeOf(roboflow).find('nobody', undefined)).rejects.toMatchObject({
      message: 'There is no training nobody on the newest 30 versions of acme/hard-hats.',
    });
    expect(roboflow.requestLines()).toHaveLength(5);
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

describe('the newest training that succeeded', () => {
  test.each<{ name: string; where: { below: number } | { version: number }; version: number | undefined }>([
    { name: 'below the highest version', where: { below: 7 }, version: 6 },
    { name: 'below a version without any', where: { below: 8 }, version: 6 },
    { name: 'below an older version', where: { below: 6 }, version: 5 },
    { name: 'below a version under which one only failed', where: { below: 5 }, version: undefined },
    { name: 'below the lowest version', where: { below: 4 }, version: undefined },
    { name: 'on a version', where: { version: 5 }, version: 5 },
    { name: 'on a version where one only failed', where: { version: 4 }, version: undefined },
    { name: 'on a version without any', where: { version: 7 }, version: undefined },
  ])('$name is that of version $version', async ({ where, version }) => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const found = await routeOf(roboflow).succeeded(where);
    expect(found?.version).toBe(version);
    expect(found?.phase).toBe(version === undefined ? undefined : 'succeeded');
  });

  test('on a version with several is the one that began last', async () => {
    const { plan } = fineTune({});
    const seeded = [30, 10, 20].map((hours) => ({
      version: 6,
      modelType: 'rfdetr-nano',
      agoMs: hours * hour,
      plan,
    }));
    await using roboflow = await simulateRoboflow({ routes: 'trainings', scenario: fineTune({ seeded }) });
    const found = await routeOf(roboflow).succeeded({ below: 7 });
    expect(found?.id).toBe(roboflow.simulator.trainings[1]?.id);
  });
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
      id: ours.id,
      modelType: 'rfdetr-nano',
    });
    expect(await route.look(theirs, roboflow.clock.now())).toMatchObject({ modelType: 'rfdetr-small' });
    expect((await route.list(7)).map(({ id }) => id).toSorted()).toEqual([ours.id, theirs.id].toSorted());
  });

  test('may be out of sight for a while', async () => {
    const faults: Fault[] = [{ route: 'poll', nth: [1, 3], do: { kind: 'status', status: 404 } }];
    await using roboflow = await simulateRoboflow({ routes: 'trainings', faults });
    const ours = await started(roboflow);
    expect(await routeOf(roboflow).look(ours, roboflow.clock.now() + 15 * minute)).toMatchObject({
      id: ours.id,
    });
  });
});
