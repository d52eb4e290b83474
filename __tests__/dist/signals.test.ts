import type { ChildProcess } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../simulator/simulator.ts';
import { nth, type Signal } from '../flow/interrupt.ts';
import { MOMENTS } from '../flow/moments.ts';
import { alreadyRunning, brief, endless, leftRunning } from '../flow/scenes.ts';
import { expectFailedClosed, interrupt } from './interrupt.ts';
import { expectNoKey, runAgainst, warningsOf } from './run.ts';

/** Signals that a process can catch find the step in another state at each of these. */
const CAUGHT: Readonly<Record<string, Signal>> = {
  'the list before the start': 'SIGINT',
  'a start that has arrived and is not answered': 'SIGTERM',
  'the wait': 'SIGINT',
};

/**
 * Each moment with the signal that no process can catch, so that what main has saved by then is all there is, and some with one
 * that it can. `flow/signals.test.ts` has all moments with both on both routes.
 */
const ROWS = MOMENTS.flatMap((moment, index) => {
  const [one, other] = index % 2 === 0 ? (['jobs', 'trainings'] as const) : (['trainings', 'jobs'] as const);
  const caught = CAUGHT[moment.moment];
  const killed = { ...moment, on: other, signal: 'SIGKILL' as const };
  return caught === undefined ? [killed] : [killed, { ...moment, on: one, signal: caught }];
});

test('the moments of signals that can be caught are among all moments', () => {
  expect(ROWS).toHaveLength(MOMENTS.length + Object.keys(CAUGHT).length);
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
    let child: ChildProcess | undefined;
    await using simulator = await startSimulator({
      scenario: endless(),
      onAnswer: ({ route }) => {
        if (route === 'poll') child?.kill('SIGTERM');
      },
    });
    const inputs = { 'poll-interval': '1h' };
    const main = await runAgainst(simulator, {
      inputs,
      onStart: (process) => {
        child = process;
      },
    });
    const askedByMain = simulator.requests.length;
    const post = await runAgainst(simulator, { entry: 'post', state: main.state, inputs });
    expectFailedClosed({ main, post, simulator, askedByMain }, 'SIGTERM');
    expect(leftRunning(simulator)).toEqual([]);
  });

  test.concurrent('does not touch a training that was only attached to', async () => {
    const base = { scenario: alreadyRunning(endless()), inputs: { reuse: 'running' } };
    await interrupt({ ...base, signal: 'SIGINT', at: nth('poll', 2) }, (interrupted) => {
      expectFailedClosed(interrupted, 'SIGINT');
      expect(interrupted.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(interrupted.simulator.requests).toHaveLength(interrupted.askedByMain);
    });
  });

  test.concurrent('leaves the training alone and says where it is with on-cancel: leave', async () => {
    const base = { scenario: endless(), inputs: { 'on-cancel': 'leave' } };
    await interrupt({ ...base, signal: 'SIGINT', at: nth('poll', 3) }, (interrupted) => {
      expectFailedClosed(interrupted, 'SIGINT');
      expect(leftRunning(interrupted.simulator)).toHaveLength(1);
      expect(interrupted.simulator.requests).toHaveLength(interrupted.askedByMain);
      expect(warningsOf(interrupted.post)).toEqual([
        'The training was left as it is, as on-cancel says. See https://app.roboflow.com/acme/hard-hats/7',
      ]);
    });
  });

  test.concurrent('before a new version is there leaves nothing to the post step', async () => {
    const scenario = { ...brief('fine-tune'), generateMs: 12_000, exportMs: 12_000 };
    const faults = [{ route: 'generate', do: { kind: 'hang', effect: 'after' } }] as const;
    const base = { scenario, inputs: { version: 'new' }, faults };
    await interrupt({ ...base, signal: 'SIGTERM', at: nth('generate', 1) }, (interrupted) => {
      expectFailedClosed(interrupted, 'SIGTERM');
      expect(interrupted.simulator.requests).toHaveLength(interrupted.askedByMain);
      expect(interrupted.post.annotations).toEqual([]);
    });
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
