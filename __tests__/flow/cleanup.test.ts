import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/faults.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { ROUTES } from './stages.ts';
import { fineTune, openWorld, type World, type WorldOptions } from './world.ts';

const minute = 60_000;
const long = fineTune({ trainMs: 5_000 * minute, refundWindowMs: 5_000 * minute });

/** A world in which main was interrupted in its wait, or earlier where `route` says so, and what its post step did. */
async function cleanedUp(options: WorldOptions, route: 'start' | 'poll' = 'poll') {
  const controller = new AbortController();
  const world = await openWorld({
    scenario: long,
    ...options,
    onAnswer: (request) => {
      if (request.route === route) controller.abort(new InterruptedError('SIGINT'));
    },
  });
  const main = await world.main({}, controller.signal);
  const begunMs = world.clock.now();
  const post = await world.post(main).catch((error: unknown) => String(error));
  return { world, main, post, tookMs: world.clock.now() - begunMs };
}

function cancelled({ simulator }: World): number {
  return simulator.started().filter(({ cancelledAtMs }) => cancelledAtMs !== undefined).length;
}

const limited = (retryAfter: string): FaultAction => ({
  ...{ kind: 'status', status: 429 },
  headers: { 'retry-after': retryAfter },
});

/** What lasts while the post step ends the run. */
const LASTING: readonly { readonly name: string; readonly action: FaultAction }[] = [
  { name: '502', action: { kind: 'status', status: 502 } },
  { name: 'resets', action: { kind: 'reset' } },
  { name: 'no answer', action: { kind: 'hang' } },
  { name: '429 with a Retry-After of 100 s', action: limited('100') },
  { name: '429 with a Retry-After of 5 minutes', action: limited('300') },
];

const ARRIVED: Fault = { route: 'start', do: { kind: 'hang', effect: 'after' } };

describe.each(ROUTES)('the post step on the route $route', ({ route, id }) => {
  test.for(LASTING.flatMap((row) => (['cancel', 'list'] as const).map((on) => ({ ...row, on }))))(
    'ends within two and a half minutes: $name on every $on, that after a start without an answer',
    async ({ action, on }) => {
      const faults: Fault[] =
        on === 'cancel' ? [{ route: on, do: action }] : [ARRIVED, { route: on, nth: [3, 9_999], do: action }];
      const at = on === 'cancel' ? 'poll' : 'start';
      const { world, tookMs } = await cleanedUp({ route, faults, chance: () => 0.999 }, at);
      await using _ = world;
      const asked = world.simulator.requests.filter(({ route: to }) => to === on);
      expect(asked.length).toBeGreaterThan(on === 'cancel' ? 0 : 1);
      expect(tookMs).toBeLessThanOrEqual(2.5 * minute);
    },
  );

  test.for([0.5, 0.9, 0.99])(
    'ends within two and a half minutes when good answers come late (chance %d)',
    async (chance) => {
      const faults: Fault[] = [
        ARRIVED,
        { route: 'list', nth: [3, 9], do: { kind: 'status', status: 502 } },
        { route: 'cancel', do: { kind: 'hang' } },
      ];
      const { world, tookMs } = await cleanedUp({ route, faults, chance: () => chance }, 'start');
      await using _ = world;
      expect(tookMs).toBeLessThanOrEqual(2.5 * minute);
    },
  );

  test('cancels a start whose answer was lost, though the list shows it only after fifty seconds', async () => {
    const faults: Fault[] = [
      { route: 'start', do: { kind: 'reset', effect: 'after' } },
      { route: 'list', do: { kind: 'lag', forMs: 50_000 } },
    ];
    const { world, post } = await cleanedUp({ route, faults }, 'start');
    await using _ = world;
    expect(world.simulator.started()).toHaveLength(1);
    expect(post).toMatchObject({ failures: [] });
    expect(cancelled(world)).toBe(1);
  });

  test('warns, with the page, if the start did not arrive and so none shows', async () => {
    const faults: Fault[] = [{ route: 'start', do: { kind: 'reset' } }];
    const { world, post, tookMs } = await cleanedUp({ route, faults }, 'start');
    await using _ = world;
    expect(world.simulator.started()).toEqual([]);
    expect(post).toMatchObject({
      failures: [],
      warnings: [
        'The step ended in the middle of the start, and no training shows. If one was started after all, it runs on. See https://app.roboflow.com/acme/hard-hats/7',
      ],
    });
    expect(tookMs).toBeLessThanOrEqual(2.5 * minute);
  });

  const gone: FaultAction = { kind: 'status', status: 404 };
  test.for<{ name: string; faults: readonly Fault[]; at: 'start' | 'poll' }>([
    { name: 'the first list after a look', faults: [{ route: 'list', nth: [3, 5], do: gone }], at: 'poll' },
    { name: 'the cancel', faults: [{ route: 'cancel', nth: [1, 3], do: gone }], at: 'poll' },
    {
      name: 'the list after a start without an answer',
      faults: [ARRIVED, { route: 'list', nth: [3, 5], do: gone }],
      at: 'start',
    },
  ])('takes a 404 for a flicker: on $name', async ({ faults, at }) => {
    const { world, post } = await cleanedUp({ route, faults }, at);
    await using _ = world;
    expect(post).toMatchObject({ failures: [], warnings: [] });
    expect(cancelled(world)).toBe(1);
  });

  test('says that the training goes on if every cancel gets 404, after trying on', async () => {
    const { world, post, tookMs } = await cleanedUp({ route, faults: [{ route: 'cancel', do: gone }] });
    await using _ = world;
    expect(post).toMatchObject({
      warnings: [expect.stringContaining('is still running: Roboflow answered 404')],
    });
    expect(tookMs).toBeGreaterThan(minute);
    expect(tookMs).toBeLessThanOrEqual(2.5 * minute);
  });

  test('cancels the training in spite of labelling jobs among the jobs', async () => {
    const labelling = { id: 'lab', status: 'assigned', labeler: 'x@example.org', numImages: 3 };
    const own = { id, status: 'training', version: 7, model_type: 'rfdetr-nano' };
    const mixed: Fault = {
      route: 'list',
      nth: [3, 9_999],
      do: { kind: 'json', body: { jobs: [labelling, own] } },
    };
    const { world, post } = await cleanedUp({ route, faults: [mixed] });
    await using _ = world;
    expect(post).toMatchObject({ failures: [], warnings: [] });
    expect(cancelled(world)).toBe(1);
  });

  test.for([
    { name: 'success is false', body: { success: false, message: 'not now' }, says: 'not now' },
    { name: 'success is false, without a word', body: { success: 'false' }, says: 'not done' },
    { name: 'the refund is false as a text', body: { refund: 'false' }, says: 'refunded is over' },
    { name: 'there is an error', body: { error: { message: 'try later' } }, says: 'try later' },
  ])('says that the training goes on if the answer is 200 and $name', async ({ body, says }) => {
    const faults: Fault[] = [{ route: 'cancel', do: { kind: 'json', body } }];
    const { world, post } = await cleanedUp({ route, faults });
    await using _ = world;
    expect(post).toMatchObject({ warnings: [expect.stringContaining(`Training ${id} is still running: `)] });
    expect(post).toMatchObject({ warnings: [expect.stringContaining(says)] });
  });

  test('cancels the training with one request, and asks who else trains only if a cancel is of a version', async () => {
    const { world, post } = await cleanedUp({ route });
    await using _ = world;
    expect(cancelled(world)).toBe(1);
    const lines = expect.arrayContaining([`Training ${id} was cancelled.`]);
    expect(post).toMatchObject({ failures: [], warnings: [], lines });
    const asked = world.simulator.requests.map(({ method, path }) => `${method} ${path}`);
    expect(
      asked.slice(asked.findLastIndex((line) => line.includes(id) || line.endsWith('/get')) + 1),
    ).toEqual(
      route === 'jobs'
        ? ['GET /acme/hard-hats/jobs', 'POST /acme/hard-hats/7/train/cancel']
        : ['POST /acme/hard-hats/7/v2/trainings/cancel'],
    );
  });
});
