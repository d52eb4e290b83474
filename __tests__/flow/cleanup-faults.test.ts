import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { isNoSuccess, missing, type NamedFault, passing, passingOfEachKind, unclear } from './fault-table.ts';
import { type Interrupted, interrupt } from './interrupt.ts';
import { expectNoKey } from './no-key.ts';
import { endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';

const on = (route: 'cancel' | 'list', faults: readonly NamedFault[]) =>
  faults.map(({ name, action }) => ({
    name,
    fault: { route, nth: route === 'list' ? 3 : 1, do: action } as Fault,
  }));

/** Faults while the post step ends the training, all of which it gets over. The list shows who else trains on the version. */
const GOT_OVER = {
  jobs: [
    ...on('cancel', [...passing, ...unclear, missing].filter(isNoSuccess)),
    ...on('list', passingOfEachKind),
  ],
  trainings: on(
    'cancel',
    [...passingOfEachKind, ...unclear.filter(({ waits }) => waits), missing].filter(isNoSuccess),
  ),
};

const isLook = ({ route }: { readonly route: unknown }) => route === 'poll';
const isStart = ({ route }: { readonly route: unknown }) => route === 'start';

describe.each(ROUTES)('the post step on the route $route', ({ route, id, requestsToStart }) => {
  const base = { scenario: endless(), route, inputs: { route }, signal: 'SIGKILL' } as const;

  function expectCancelled({ post, world }: Interrupted): void {
    expect(post.exitCode).toBe(0);
    expect(post.warnings).toEqual([]);
    expect(post.lines).toContain(`Training ${id} was cancelled.`);
    expect(world.simulator.started()).toHaveLength(1);
    expect(leftRunning(world.simulator)).toEqual([]);
    expectNoKey(world, post);
  }

  test.for(GOT_OVER[route])(
    'cancels the training in spite of $name on the $fault.route',
    async ({ fault }) => {
      await interrupt({ ...base, at: isLook, faults: [fault] }, ({ post, world }) => {
        expect(post.exitCode).toBe(0);
        expect(post.warnings).toEqual([]);
        expect(world.simulator.started()).toHaveLength(1);
        expect(leftRunning(world.simulator)).toEqual([]);
        expectNoKey(world, post);
      });
    },
  );

  test.for(passingOfEachKind)(
    'finds and cancels the training of an unanswered start in spite of $name',
    async (fault) => {
      const faults: Fault[] = [
        { route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } },
        { route: 'list', nth: 3, do: fault.action },
      ];
      await interrupt({ ...base, at: isStart, faults }, expectCancelled);
    },
  );

  test.for([401, 403, 404, 500])(
    'warns of a training that it could not end, and does not fail: %d on everything',
    async (status) => {
      // Up to the look after the start the requests are main's; all after that are of the post step.
      const faults: Fault[] = [
        { route: 'any', nth: [requestsToStart + 2, 9_999], do: { kind: 'status', status } },
      ];
      await interrupt({ ...base, at: isLook, faults }, ({ post, world }) => {
        expect(post.exitCode).toBe(0);
        expect(post.failures).toEqual([]);
        expect(post.warnings).toEqual([
          expect.stringMatching(
            new RegExp(`^Training ${id} is still running: .* See https://app.roboflow.com/acme/hard-hats/7$`),
          ),
        ]);
        expectNoKey(world, post);
      });
    },
  );

  test.for([401, 404, 500])(
    'warns of a start that it could not look up, and does not fail: %d on everything',
    async (status) => {
      const faults: Fault[] = [
        { route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } },
        { route: 'any', nth: [requestsToStart + 1, 9_999], do: { kind: 'status', status } },
      ];
      await interrupt({ ...base, at: isStart, faults }, ({ post, world }) => {
        expect(post.exitCode).toBe(0);
        expect(post.failures).toEqual([]);
        expect(post.warnings).toEqual([
          expect.stringMatching(
            /^What became of the training is not known: .*https:\/\/app\.roboflow\.com\/acme\/hard-hats\/7/,
          ),
        ]);
        expectNoKey(world, post);
      });
    },
  );
});
