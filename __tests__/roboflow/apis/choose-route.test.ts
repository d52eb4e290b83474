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
  const hasIt = 'which this server has';
  const asSaid = 'as the input says';

  test.each<[wanted: RouteName | 'auto', RouteName, reason: string, RoutesMode, reads: number]>([
    ['auto', 'trainings', hasIt, 'both', 1],
    ['auto', 'trainings', hasIt, 'trainings', 1],
    ['auto', 'trainings', hasIt, 'annotation-jobs', 1],
    ['auto', 'jobs', 'since this server has no v2/trainings', 'jobs', 2],
    ['jobs', 'jobs', asSaid, 'annotation-jobs', 0],
    ['jobs', 'jobs', asSaid, 'both', 0],
    ['trainings', 'trainings', asSaid, 'jobs', 0],
  ])('%s is %s, %s, on a server of %s', async (wanted, name, reason, routes, reads) => {
    await using roboflow = await simulateRoboflow({ routes });
    const chosen = await chooseRoute(wanted, 7, roboflow.here);
    expect([chosen.route.name, chosen.reason]).toEqual([name, reason]);
    expect(roboflow.requestLines()).toEqual(Array.from({ length: reads }, () => READ));
  });

  const once404 = lists(status(404), 1, 1);
  const outage = lists(status(503), 2, 3);
  const noList: readonly (readonly [string, FaultAction])[] = [
    ...[500, 502, 503, 504, 429, 408].map((code) => [`a ${code}`, status(code)] as const),
    ['a reset', { kind: 'reset' }],
    ['a cut body', { kind: 'cut' }],
    ['a page of HTML', { kind: 'html', status: 200 }],
    ['JSON that is no list', { kind: 'json', body: { trainings: 'many' } }],
  ];

  type Row = [RouteName, after: string, faults: readonly Fault[], reads: number];
  test.each<Row>([
    ['trainings', 'an empty list', [lists({ kind: 'json', body: { trainings: [] } })], 1],
    ['trainings', 'a 404 and then a list', [once404], 2],
    ['trainings', 'a 405 and then a list', [lists(status(405), 1, 1)], 2],
    // A server that has no such route need not answer in JSON.
    ['jobs', 'a page of HTML with 404 twice', [lists({ kind: 'html', status: 404 })], 2],
    ...[404, 405, 501].map((code): Row => ['jobs', `a ${code} twice`, [lists(status(code))], 2]),
    ['jobs', 'a 404 and a 501', [once404, lists(status(501))], 2],
    ['trainings', 'a 404, an outage and then a list', [once404, outage], 4],
    ['jobs', 'a 404, an outage and a 404', [once404, outage, lists(status(404))], 4],
    ...noList.map(
      ([name, action]): Row => ['trainings', `${name} twice and then a list`, [lists(action, 1, 2)], 3],
    ),
  ])('is %s after %s', async (name, _, faults, reads) => {
    await using roboflow = await simulateRoboflow({ faults });
    expect((await chooseRoute('auto', 7, roboflow.here)).route.name).toBe(name);
    expect(roboflow.requestLines()).toEqual(Array.from({ length: reads }, () => READ));
  });

  test.each([400, 401, 402, 403, 409, 422, 423])(
    'is not guessed from a list that is refused with %d',
    async (code) => {
      await using roboflow = await simulateRoboflow({ faults: [lists(status(code))] });
      await expect(chooseRoute('auto', 7, roboflow.here)).rejects.toThrow(`answered ${code}`);
      expect(roboflow.requestLines()).toEqual([READ]);
    },
  );

  test('is not guessed from an outage that lasts', async () => {
    await using roboflow = await simulateRoboflow({ faults: [lists(status(502))] });
    await expect(chooseRoute('auto', 7, roboflow.here)).rejects.toThrow('answered 502');
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
