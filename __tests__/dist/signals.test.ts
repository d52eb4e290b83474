import type { ChildProcess } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../simulator/simulator.ts';
import { nth, type Signal } from '../flow/interrupt.ts';
import { MOMENTS } from '../flow/moments.ts';
import { endless, leftRunning } from '../flow/scenes.ts';
import { expectFailedClosed, interrupt } from './interrupt.ts';
import { expectNoKey, runAgainst } from './run.ts';

/**
 * What main has saved when the signal comes is all that its post step has. It is something else at each of these, and only a
 * process shows what is really on disk then. `flow/signals.test.ts` has all moments with all signals on both routes.
 */
const SAVED: Readonly<Record<string, readonly Signal[]>> = {
  'the list before the start': ['SIGINT'],
  'a start that has arrived and is not answered': ['SIGTERM', 'SIGKILL'],
  'the start': ['SIGKILL'],
  'the wait': ['SIGINT', 'SIGKILL'],
};

const ROWS = MOMENTS.flatMap((moment, index) =>
  (SAVED[moment.moment] ?? []).map((signal) => {
    const isOdd = (index % 2 === 1) !== (signal === 'SIGKILL');
    return { ...moment, signal, on: isOdd ? ('jobs' as const) : ('trainings' as const) };
  }),
);

test('the moments are among all moments, and both routes have some', () => {
  expect(new Set(ROWS.map(({ moment }) => moment))).toEqual(new Set(Object.keys(SAVED)));
  expect(new Set(ROWS.map(({ on }) => on)).size).toBe(2);
});

describe('a signal', () => {
  test.concurrent.for(ROWS)(
    'leaves nothing running: $signal in $moment, route: $on',
    async ({ on, route, count, faults, started, signal }) => {
      const base = { scenario: endless(), routes: on, inputs: { route: on }, faults };
      await interrupt({ ...base, signal, at: nth(route, count) }, (interrupted) => {
        expectFailedClosed(interrupted, signal);
        expect(interrupted.simulator.started()).toHaveLength(started);
        expect(leftRunning(interrupted.simulator)).toEqual([]);
      });
    },
  );

  test.concurrent('in a sleep in real time ends the step at once', async () => {
    await using simulator = await startSimulator({ scenario: endless() });
    let child: ChildProcess | undefined;
    const inputs = { 'poll-interval': '1h' };
    const main = await runAgainst(simulator, {
      inputs,
      onStart: (process) => {
        child = process;
      },
      onLine: (line) => {
        // With this line the sleep before the next look begins.
        if (line.endsWith(' so far')) child?.kill('SIGTERM');
      },
    });
    const askedByMain = simulator.requests.length;
    const post = await runAgainst(simulator, { entry: 'post', state: main.state, inputs });
    expectFailedClosed({ main, post, simulator, askedByMain }, 'SIGTERM');
    expect(leftRunning(simulator)).toEqual([]);
  });

  test.concurrent('while the timeout cancels the training is made good for by the post step', async () => {
    const inputs = { timeout: '2m', 'on-timeout': 'cancel' };
    const faults = [{ route: 'cancel', nth: 1, do: { kind: 'hang' } }] as const;
    const base = { scenario: endless(), inputs, faults };
    await interrupt({ ...base, signal: 'SIGKILL', at: nth('cancel', 1) }, ({ main, post, simulator }) => {
      expect(main.exitCode).toBeNull();
      expect(post.exitCode).toBe(0);
      expect(leftRunning(simulator)).toEqual([]);
      expectNoKey(post, simulator);
    });
  });
});
