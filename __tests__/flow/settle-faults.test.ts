import { describe, expect, test } from 'vitest';
import type { GithubFault, GithubRequest } from '../../simulator/github.ts';
import { START_MS } from './clock.ts';
import { final, missing, passingOfEachKind } from './fault-table.ts';
import {
  headOf,
  IN_FLIGHT,
  openPendingWorld,
  type PendingOptions,
  type PendingWorld,
  standing,
} from './pending.ts';
import type { RecordingRunner } from './step.ts';

const answers = (status: number, message = '') => ({ kind: 'status', status, message }) as const;

/** What goes wrong on GitHub, and whether it goes away by itself. */
const GITHUB: readonly (readonly [string, GithubFault, passes: boolean])[] = [
  ['502', answers(502), true],
  ['a page of a proxy', { kind: 'html', status: 200 }, true],
  ['a reset', { kind: 'reset' }, true],
  ['a cut answer', { kind: 'cut' }, true],
  ['a limit on writes', { kind: 'secondary-rate-limit', retryAfterS: 20 }, true],
  ['502 after it took effect', { ...answers(502), hasEffect: true }, true],
  ['a reset after it took effect', { kind: 'reset', hasEffect: true }, true],
  ['401', answers(401, 'Bad credentials'), false],
  ['403', answers(403, 'Resource not accessible'), false],
  ['404', answers(404, 'Not Found'), false],
  ['422', answers(422, 'Validation Failed'), false],
  ['an error of GraphQL', { kind: 'graphql-error', type: 'FORBIDDEN', message: 'No' }, false],
];
/** Of branches, pull requests, a second look, and a write for each of three statuses: one of each kind. */
const FIRST_WRITE = 4;
const AT_GITHUB = [1, 3, FIRST_WRITE].flatMap((nth) =>
  GITHUB.filter(([, { kind }]) => kind !== 'graphql-error' || nth < FIRST_WRITE).map(
    ([name, fault, passes]) => ({ name, fault, passes, nth }),
  ),
);

const at = (nth: number, fault: GithubFault) => (_: GithubRequest, count: number) =>
  count === nth ? fault : undefined;

/** Settles three statuses, and checks what holds whatever goes wrong. */
async function settled(
  options: PendingOptions,
  thresholds = 'map50 >= 80',
): Promise<readonly [PendingWorld, RecordingRunner]> {
  const world = await openPendingWorld({ count: 3, ...options });
  const step = await world.settle({ thresholds });
  const { pending = 0 } = standing(world);
  const isTold = step.outputs.get('pending') === String(pending) || step.outputs.get('pending') === '';
  expect(isTold, 'the output says how many are left').toBe(true);
  if (options.plan === undefined && pending > 0) expect(step.failures.length).toBeGreaterThan(0);
  return [world, step];
}

describe('a fault of GitHub', () => {
  test.for(AT_GITHUB)('costs no verdict: $name at request $nth', async ({ fault, nth, passes }) => {
    const [world, step] = await settled({ faultAt: at(nth, fault) });
    await using _ = world;
    const { success = 0, pending = 0 } = standing(world);
    expect(success + pending).toBe(3);
    if (!passes) return expect(step.failures).not.toEqual([]);
    expect(step.failures).toEqual([]);
    expect(success).toBe(3);
  });

  test.for(AT_GITHUB.filter((row) => row.nth === FIRST_WRITE))(
    'makes no success of a model that falls short: $name at request $nth',
    async ({ fault, nth }) => {
      const [world] = await settled({ faultAt: at(nth, fault) }, 'map50 >= 90');
      await using _ = world;
      expect(world.github.statuses.filter(({ state }) => state === 'success')).toEqual([]);
    },
  );

  test('that one commit alone meets stops no other, and names it', async () => {
    const path = `/repos/acme/site-safety/statuses/${headOf(1)}`;
    const faultAt = (request: GithubRequest) => (request.path === path ? answers(502) : undefined);
    const [world, step] = await settled({ faultAt });
    await using _ = world;
    expect(standing(world)).toEqual({ success: 2, pending: 1 });
    expect(step.failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^The status "model-quality" of ${headOf(1).slice(0, 7)} .* stays pending: GitHub answered 502`,
        ),
      ),
    ]);
    expect(JSON.parse(step.outputs.get('settled') ?? '')).toHaveLength(2);
  });

  test('that stays is waited for no longer than its patience, and names the permissions if it is about them', async () => {
    const [down, first] = await settled({ faults: { '*': answers(503) } });
    await using _ = down;
    expect(first.failures).toEqual([expect.stringContaining('GitHub answered 503')]);
    expect(down.clock.now() - START_MS).toBeLessThanOrEqual(2 * 60_000);
    const [refused, second] = await settled({ faults: { 'create-status': answers(403, 'Not accessible') } });
    await using __ = refused;
    expect(second.failures).toHaveLength(3);
    expect(second.failures[0]).toContain(
      'permissions:\n  contents: read\n  pull-requests: read\n  statuses: write',
    );
    expect(refused.github.requests.filter(({ route }) => route === 'create-status')).toHaveLength(1);
  });
});

/** The three looks, and the three results. */
const LOOKS = [1, 3, 4, 6] as const;

describe('a limit that GitHub names while settle writes', () => {
  const writesOf = (world: PendingWorld) =>
    world.github.requests.filter(({ route }) => route === 'create-status');

  test('for longer than its patience leaves the rest to the next settle, which finds them', async () => {
    let isLimited = true;
    await using world = await openPendingWorld({
      count: 6,
      faultAt: ({ route }) =>
        isLimited && route === 'create-status' && writesOf(world).length > 2
          ? { kind: 'secondary-rate-limit', retryAfterS: 600 }
          : undefined,
    });
    const step = await world.settle();
    expect(writesOf(world)).toHaveLength(3);
    expect(standing(world)).toEqual({ success: 2, pending: 4 });
    expect(step.outputs.get('pending')).toBe('4');
    expect(step.failures).toHaveLength(4);
    isLimited = false;
    await world.settle();
    expect(standing(world)).toEqual({ success: 6 });
  });
});

describe('a fault of Roboflow', () => {
  test.for(passingOfEachKind.flatMap((fault) => LOOKS.slice(1, 3).map((nth) => ({ ...fault, nth }))))(
    'that passes changes nothing: $name at request $nth',
    async ({ action, nth }) => {
      const [world, step] = await settled({ roboflowFaults: [{ route: 'any', nth, do: action }] });
      await using _ = world;
      expect(step.failures).toEqual([]);
      expect(standing(world)).toEqual({ success: 3 });
    },
  );

  test.for([...final, ...passingOfEachKind])(
    'makes no success of a training in flight: $name',
    async ({ action }) => {
      const [world] = await settled({
        plan: IN_FLIGHT,
        roboflowFaults: [{ route: 'any', nth: 2, do: action }],
      });
      await using _ = world;
      expect(world.github.statuses.filter(({ state }) => state !== 'pending')).toEqual([]);
    },
  );

  test.for(LOOKS)('that says no leaves one pending and names it, at request %i', async (nth) => {
    // The first request is for the list of versions, which may be missing.
    const fault = { route: 'any', nth: nth + 1, do: { kind: 'status', status: 403 } } as const;
    const [world, step] = await settled({ roboflowFaults: [fault] });
    await using _ = world;
    expect(standing(world)).toEqual({ success: 2, pending: 1 });
    expect(step.failures).toEqual([expect.stringContaining('stays pending: Roboflow answered 403')]);
  });

  test('that stays is given up after two minutes, for all trainings together', async () => {
    const fault = { route: 'any', do: { kind: 'status', status: 503 } } as const;
    const world = await openPendingWorld({ count: 30, roboflowFaults: [fault] });
    await using _ = world;
    const beganMs = world.clock.now();
    const step = await world.settle();
    expect(world.clock.now() - beganMs).toBeLessThanOrEqual(150_000);
    expect(step.outputs.get('pending')).toBe('30');
    expect(step.failures).toHaveLength(10);
    expect(step.failures.at(-1)).toBe('and 21 more, all in the summary');
    expect(world.github.statuses).toHaveLength(30);
  });

  test.each([403, 500])('about the list of versions changes nothing: %i', async (status) => {
    const fault = { route: 'project', do: { kind: 'status', status } } as const;
    const [world, step] = await settled({ roboflowFaults: [fault] });
    await using _ = world;
    expect(step.failures).toEqual([]);
    expect(standing(world)).toEqual({ success: 3 });
  });

  test('about a version that was deleted is none of the server, and an error after an hour', async () => {
    const others = { kind: 'json', body: { versions: [{ id: 6 }] } } as const;
    const world = await openPendingWorld({
      plan: IN_FLIGHT,
      roboflowFaults: [
        { route: 'project', do: others },
        { route: 'poll', do: { kind: 'status', status: 500 } },
      ],
    });
    await using _ = world;
    const beganMs = world.clock.now();
    expect((await world.settle()).failures).toEqual([]);
    expect(world.clock.now() - beganMs).toBeLessThan(10_000);
    world.clock.pass(61 * 60_000);
    expect((await world.settle()).failures).toEqual([]);
    expect(standing(world)).toEqual({ error: 1 });
  });

  test('that shows no training is an error after an hour, and a flicker before', async () => {
    const gone = { route: 'poll', nth: [1, 2], do: missing.action } as const;
    const world = await openPendingWorld({ plan: IN_FLIGHT, roboflowFaults: [gone] });
    await using _ = world;
    const words: string[] = [];
    for (const minutes of [0, 50, 20]) {
      world.clock.pass(minutes * 60_000);
      await world.settle();
      words.push(world.github.statuses.at(-1)?.description ?? '');
    }
    expect(words).toEqual([
      'rfdetr-nano on version 7: not found on Roboflow',
      'rfdetr-nano on version 7: not found on Roboflow',
      'rfdetr-nano on version 7: running',
    ]);
  });
});
