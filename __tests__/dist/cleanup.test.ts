import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { isNoSuccess, missing, type NamedFault, passing, passingOfEachKind, unclear } from './fault-table.ts';
import { type Interrupted, interrupt } from './interrupt.ts';
import { errorsOf, expectNoKey, runAgainst, warningsOf } from './run.ts';
import { brief, endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';

const SPEED = 60;
/** A clock on which the shortest deadline of a request is as long as in reality, half a minute. */
const REAL = 30;

/** Faults while the post step ends the run, all of which it gets over. */
const ON_THE_CANCEL = {
  jobs: [...passing, ...unclear, missing].filter(isNoSuccess),
  trainings: [...passingOfEachKind, ...unclear.filter(({ waits }) => waits), missing].filter(isNoSuccess),
};

const isLook = ({ route }: { readonly route: unknown }) => route === 'poll';
const isStart = ({ route }: { readonly route: unknown }) => route === 'start';

function speedFor({ waits }: Pick<NamedFault, 'waits'>): number {
  return waits ? REAL : SPEED;
}

describe.each(ROUTES)('the post step on the route $route', ({ route, id }) => {
  const base = { scenario: endless(), routes: route, inputs: { route }, signal: 'SIGKILL' } as const;

  function expectCancelled({ post, simulator }: Interrupted): void {
    expect(post.exitCode).toBe(0);
    expect(post.annotations).toEqual([]);
    expect(post.stdout).toContain(`Training ${id} was cancelled.`);
    expect(simulator.started()).toHaveLength(1);
    expect(leftRunning(simulator)).toEqual([]);
    expectNoKey(post, simulator);
  }

  test.concurrent.for(ON_THE_CANCEL[route])(
    'cancels the run in spite of $name on the cancel',
    async (fault) => {
      const faults: Fault[] = [{ route: 'cancel', nth: 1, do: fault.action }];
      await interrupt({ ...base, speed: speedFor(fault), at: isLook, faults }, ({ post, simulator }) => {
        expect(post.exitCode).toBe(0);
        expect(post.annotations).toEqual([]);
        expect(simulator.started()).toHaveLength(1);
        expect(leftRunning(simulator)).toEqual([]);
        expectNoKey(post, simulator);
      });
    },
  );

  test.concurrent.for(passingOfEachKind)(
    'finds and cancels a run of an unanswered start in spite of $name',
    async (fault) => {
      const faults: Fault[] = [
        { route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } },
        { route: 'list', nth: 2, do: fault.action },
      ];
      await interrupt({ ...base, speed: speedFor(fault), at: isStart, faults }, expectCancelled);
    },
  );

  test.concurrent.for([401, 403, 404, 500])(
    'warns of a run that it could not end, and does not fail: %d on everything',
    async (status) => {
      // Root, version, list, start and the look are main's; all after that are of the post step.
      const faults: Fault[] = [{ route: 'any', nth: [6, 9_999], do: { kind: 'status', status } }];
      await interrupt({ ...base, speed: SPEED * 5, at: isLook, faults }, ({ post, simulator }) => {
        expect(post.exitCode).toBe(0);
        expect(errorsOf(post)).toEqual([]);
        expect(warningsOf(post)).toEqual([
          expect.stringMatching(
            new RegExp(
              `^Training ${id} could not be ended and is still running: .* See https://app.roboflow.com/acme/hard-hats/7$`,
            ),
          ),
        ]);
        expectNoKey(post, simulator);
      });
    },
  );

  test.concurrent.for([401, 404, 500])(
    'warns of a start that it could not look up, and does not fail: %d on everything',
    async (status) => {
      const faults: Fault[] = [
        { route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } },
        { route: 'any', nth: [5, 9_999], do: { kind: 'status', status } },
      ];
      await interrupt({ ...base, speed: SPEED * 5, at: isStart, faults }, ({ post, simulator }) => {
        expect(post.exitCode).toBe(0);
        expect(errorsOf(post)).toEqual([]);
        expect(warningsOf(post)).toEqual([
          expect.stringMatching(
            /^What became of the training is not known: .*https:\/\/app\.roboflow\.com\/acme\/hard-hats\/7/,
          ),
        ]);
        expectNoKey(post, simulator);
      });
    },
  );
});

describe('the post step', () => {
  test.concurrent.for(passingOfEachKind)(
    'cancels the run in spite of $name on the list that shows who else trains on the version',
    async (fault) => {
      const faults: Fault[] = [{ route: 'list', nth: 2, do: fault.action }];
      const inputs = { route: 'jobs' };
      const speed = speedFor(fault);
      const interruption = {
        scenario: endless(),
        speed,
        signal: 'SIGKILL',
        at: isLook,
        faults,
        inputs,
      } as const;
      await interrupt(interruption, ({ post, simulator }) => {
        expect(post.exitCode).toBe(0);
        expect(post.annotations).toEqual([]);
        expect(leftRunning(simulator)).toEqual([]);
        expectNoKey(post, simulator);
      });
    },
  );

  test.concurrent('makes no request after a run that came to its end', async () => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), speed: SPEED * 5 });
    const { state, exitCode } = await runAgainst(simulator, { speed: SPEED * 5 });
    expect(exitCode).toBe(0);
    const asked = simulator.requests.length;
    const post = await runAgainst(simulator, { entry: 'post', state, speed: SPEED * 5 });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toBe('');
    expect(simulator.requests).toHaveLength(asked);
  });

  test.concurrent.for([
    { name: 'no state at all', state: {} },
    { name: 'a state that is no JSON', state: { run: '{"phase":"star' } },
    { name: 'a state of another shape', state: { run: '{"phase":"other"}' } },
    {
      name: 'a state that names another workspace',
      state: {
        run: '{"phase":"started","workspace":"x","project":"y","version":1,"modelType":"z","id":"j"}',
      },
    },
  ])('does not fail on $name', async ({ state }) => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const post = await runAgainst(simulator, { entry: 'post', state, speed: SPEED });
    expect(post.exitCode).toBe(0);
    expect(errorsOf(post)).toEqual([]);
    expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a crash of main', () => {
  test.concurrent('after the start is red, and the post step cancels the run', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'outputs-'));
    const output = path.join(folder, 'output');
    await writeFile(output, '');
    await using simulator = await startSimulator({
      scenario: endless(),
      speed: SPEED,
      onAnswer: ({ route }) => {
        if (route === 'start') rmSync(output, { force: true });
      },
    });
    const main = await runAgainst(simulator, { speed: SPEED, env: { GITHUB_OUTPUT: output } });
    expect(main.exitCode).toBe(1);
    expect(errorsOf(main)).toEqual([expect.stringContaining('Missing file at path')]);
    const post = await runAgainst(simulator, { entry: 'post', state: main.state, speed: SPEED });
    expect(post.exitCode).toBe(0);
    expect(simulator.started()).toHaveLength(1);
    expect(leftRunning(simulator)).toEqual([]);
    expectNoKey(main, simulator);
    await rm(folder, { recursive: true });
  });

  test.concurrent('where the state cannot be saved comes before anything is started', async () => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const main = await runAgainst(simulator, { speed: SPEED, env: { GITHUB_STATE: '/nowhere/state' } });
    expect(main.exitCode).toBe(1);
    expect(simulator.started()).toEqual([]);
  });

  test.concurrent('where the report cannot be written is red, also for a good model', async () => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), speed: SPEED * 5 });
    const main = await runAgainst(simulator, { speed: SPEED * 5, env: { RUNNER_TEMP: '/dev/null/temp' } });
    expect(main.exitCode).toBe(1);
    expect(main.outputs.outcome).toBe('undecided');
    expect(main.summary).toMatch(/^## ✅ Passed/);
    expect(errorsOf(main)).toEqual([expect.stringMatching(/^results\.json could not be written: ENOTDIR/)]);
  });

  test.concurrent('does not follow from a summary that cannot be written', async () => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), speed: SPEED * 5 });
    const main = await runAgainst(simulator, {
      speed: SPEED * 5,
      env: { GITHUB_STEP_SUMMARY: '/nowhere/x' },
    });
    expect(main.exitCode).toBe(0);
    expect(main.outputs.outcome).toBe('passed');
    expect(warningsOf(main)).toEqual([expect.stringContaining('The job summary could not be written')]);
  });
});
