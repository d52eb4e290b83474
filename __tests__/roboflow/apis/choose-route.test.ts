import { describe, expect, test } from 'vitest';
import type { Fault, FaultAction, RoutesMode } from '../../../simulator/simulator.ts';
import { chooseRoute } from '../../../src/roboflow/apis/choose-route.ts';
import type { RouteName } from '../../../src/training/training-api.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

const READ = 'GET /acme/hard-hats/7/v2/trainings';

/** A list that is answered in this way, from its first to its last reading. */
function lists(action: FaultAction, from = 1, to = 9_999): Fault {
  return { route: 'list', nth: [from, to], do: action };
}

function status(code: number): FaultAction {
  return { kind: 'status', status: code };
}

describe('the route', () => {
  test.each<{
    wanted: RouteName | 'auto';
    routes: RoutesMode;
    route: RouteName;
    reason: string;
    reads: number;
  }>([
    { wanted: 'auto', routes: 'both', route: 'trainings', reason: 'which this server has', reads: 1 },
    { wanted: 'auto', routes: 'trainings', route: 'trainings', reason: 'which this server has', reads: 1 },
    {
      wanted: 'auto',
      routes: 'annotation-jobs',
      route: 'trainings',
      reason: 'which this server has',
      reads: 1,
    },
    {
      wanted: 'auto',
      routes: 'jobs',
      route: 'jobs',
      reason: 'since this server has no v2/trainings',
      reads: 2,
    },
    { wanted: 'jobs', routes: 'annotation-jobs', route: 'jobs', reason: 'as the input says', reads: 0 },
    { wanted: 'jobs', routes: 'both', route: 'jobs', reason: 'as the input says', reads: 0 },
    { wanted: 'trainings', routes: 'jobs', route: 'trainings', reason: 'as the input says', reads: 0 },
  ])('$wanted is $route, $reason, on a server of $routes', async ({ wanted, routes, reads, ...expected }) => {
    await using roboflow = await simulateRoboflow({ routes });
    const { here } = roboflow;
    const { route, reason } = await chooseRoute(wanted, 7, here);
    expect({ route: route.name, reason }).toEqual(expected);
    expect(roboflow.requestLines()).toEqual(Array.from({ length: reads }, () => READ));
  });

  test.each<{ name: string; faults: readonly Fault[]; route: RouteName; reads: number }>([
    {
      name: 'an empty list',
      faults: [lists({ kind: 'json', body: { trainings: [] } })],
      route: 'trainings',
      reads: 1,
    },
    { name: 'a 404 and then a list', faults: [lists(status(404), 1, 1)], route: 'trainings', reads: 2 },
    { name: 'a 405 and then a list', faults: [lists(status(405), 1, 1)], route: 'trainings', reads: 2 },
    { name: 'a 404 twice', faults: [lists(status(404))], route: 'jobs', reads: 2 },
    // A server that has no such route need not answer in JSON.
    {
      name: 'a page of HTML with 404 twice',
      faults: [lists({ kind: 'html', status: 404 })],
      route: 'jobs',
      reads: 2,
    },
    { name: 'a 405 twice', faults: [lists(status(405))], route: 'jobs', reads: 2 },
    { name: 'a 501 twice', faults: [lists(status(501))], route: 'jobs', reads: 2 },
    {
      name: 'a 404 and a 501',
      faults: [lists(status(404), 1, 1), lists(status(501))],
      route: 'jobs',
      reads: 2,
    },
    {
      name: 'a 404, an outage and then a list',
      faults: [lists(status(404), 1, 1), lists(status(503), 2, 3)],
      route: 'trainings',
      reads: 4,
    },
    {
      name: 'a 404, an outage and a 404',
      faults: [lists(status(404), 1, 1), lists(status(503), 2, 3), lists(status(404))],
      route: 'jobs',
      reads: 4,
    },
    ...[500, 502, 503, 504, 429, 408].map((code) => ({
      name: `a ${code} twice and then a list`,
      faults: [lists(status(code), 1, 2)],
      route: 'trainings' as const,
      reads: 3,
    })),
    ...(
      [
        { name: 'a reset', action: { kind: 'reset' } },
        { name: 'a cut body', action: { kind: 'cut' } },
        { name: 'a page of HTML', action: { kind: 'html', status: 200 } },
        { name: 'JSON that is no list', action: { kind: 'json', body: { trainings: 'many' } } },
      ] as const
    ).map(({ name, action }) => ({
      name: `${name} twice and then a list`,
      faults: [lists(action, 1, 2)],
      route: 'trainings' as const,
      reads: 3,
    })),
  ])('is $route after $name', async ({ faults, route, reads }) => {
    await using roboflow = await simulateRoboflow({ faults });
    const { here } = roboflow;
    const chosen = await chooseRoute('auto', 7, here);
    expect(chosen.route.name).toBe(route);
    expect(roboflow.requestLines()).toEqual(Array.from({ length: reads }, () => READ));
  });

  test.each([400, 401, 402, 403, 409, 422, 423])(
    'is not guessed from a list that is refused with %d',
    async (code) => {
      await using roboflow = await simulateRoboflow({ faults: [lists(status(code))] });
      const { here } = roboflow;
      await expect(chooseRoute('auto', 7, here)).rejects.toThrow(`answered ${code}`);
      expect(roboflow.requestLines()).toEqual([READ]);
    },
  );

  test('is not guessed from an outage that lasts', async () => {
    await using roboflow = await simulateRoboflow({ faults: [lists(status(502))] });
    const { here } = roboflow;
    await expect(chooseRoute('auto', 7, here)).rejects.toThrow('answered 502');
  });
});

describe('a start under route: auto', () => {
  /** What is sent to start a training. */
  const STARTS = /^POST .*(jobs|trainings)$/;

  test.each([400, 402, 403, 404, 405, 409, 422])(
    'that is refused is an error, with no other start: %d',
    async (code) => {
      await using roboflow = await simulateRoboflow({ faults: [{ route: 'start', do: status(code) }] });
      await expect(roboflow.startOrAttach()).rejects.toThrow(`answered ${code}`);
      expect(roboflow.requestLines().filter((line) => STARTS.test(line))).toEqual([
        'POST /acme/hard-hats/7/v2/trainings',
      ]);
      expect(roboflow.simulator.started()).toEqual([]);
    },
  );

  test.each<{ name: string; action: FaultAction }>([
    { name: 'lost', action: { kind: 'reset' } },
    { name: 'a server error', action: status(503) },
    { name: 'unreadable', action: { kind: 'empty' } },
  ])('never goes on to the other route after an answer that is $name', async ({ action }) => {
    const faults: Fault[] = [
      { route: 'start', nth: 1, do: action },
      { route: 'start', nth: 2, do: status(404) },
    ];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(roboflow.startOrAttach()).rejects.toMatchObject({ name: 'UnclearError' });
    expect(roboflow.requestLines().filter((line) => STARTS.test(line))).toEqual(
      Array.from({ length: 2 }, () => 'POST /acme/hard-hats/7/v2/trainings'),
    );
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test.each<{ name: string; version: string; faults: readonly Fault[]; read: string }>([
    { name: 'of the highest version', version: '5', faults: [], read: READ },
    {
      name: 'of the version that it generated, if the project had none',
      version: 'new',
      faults: [{ route: 'project', nth: 1, do: { kind: 'json', body: { versions: [] } } }],
      read: 'GET /acme/hard-hats/8/v2/trainings',
    },
  ])('reads the list $name to decide', async ({ version, faults, read }) => {
    await using roboflow = await simulateRoboflow({ faults });
    await roboflow.startOrAttach({ version, reuse: 'none' });
    expect(roboflow.requestLines().find((line) => line.includes('v2/trainings'))).toBe(read);
    expect(roboflow.simulator.started()).toHaveLength(1);
  });
});
