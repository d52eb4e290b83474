import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { brief, endless, leftRunning } from '../flow/scenes.ts';
import { interrupt } from './interrupt.ts';
import { errorsOf, expectNoKey, runAgainst, warningsOf } from './run.ts';
import { startTimed } from './timed.ts';

describe('the post step', () => {
  test.concurrent('warns of a training that it could not end, and does not fail', async () => {
    // Workspace, project, list, version, start and the look are main's; all after that are of the post step.
    const faults: Fault[] = [{ route: 'any', nth: [7, 9_999], do: { kind: 'status', status: 500 } }];
    const at = ({ route }: { readonly route: unknown }) => route === 'poll';
    const interruption = {
      scenario: endless(),
      routes: 'jobs',
      inputs: { route: 'jobs' },
      faults,
      at,
    } as const;
    await interrupt({ ...interruption, signal: 'SIGKILL' }, ({ post, simulator }) => {
      expect(post.exitCode).toBe(0);
      expect(errorsOf(post)).toEqual([]);
      expect(warningsOf(post)).toEqual([expect.stringContaining('is still running')]);
      expectNoKey(post, simulator);
    });
  });

  test.concurrent('makes no request after a training that came to its end', async () => {
    await using simulator = await startTimed({ scenario: brief('fine-tune') });
    const { state, exitCode } = await runAgainst(simulator);
    expect(exitCode).toBe(0);
    const asked = simulator.requests.length;
    const post = await runAgainst(simulator, { entry: 'post', state });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toBe('');
    expect(simulator.requests).toHaveLength(asked);
  });

  test.concurrent.for([
    { name: 'no state at all', state: {} },
    { name: 'a state that is no JSON', state: { start: '{"phase":"star' } },
  ])('does not fail on $name', async ({ state }) => {
    await using simulator = await startTimed({ scenario: endless() });
    const post = await runAgainst(simulator, { entry: 'post', state });
    expect(post.exitCode).toBe(0);
    expect(errorsOf(post)).toEqual([]);
    expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a crash of main', () => {
  test.concurrent('after the start is red, and the post step cancels the training', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'outputs-'));
    const output = path.join(folder, 'output');
    await writeFile(output, '');
    await using simulator = await startTimed({
      scenario: endless(),
      onAnswer: ({ route }) => {
        if (route === 'start') rmSync(output, { force: true });
        return undefined;
      },
    });
    const main = await runAgainst(simulator, { env: { GITHUB_OUTPUT: output } });
    expect(main.exitCode).toBe(1);
    expect(errorsOf(main)).toEqual([expect.stringContaining('Missing file at path')]);
    const post = await runAgainst(simulator, { entry: 'post', state: main.state });
    expect(post.exitCode).toBe(0);
    expect(simulator.started()).toHaveLength(1);
    expect(leftRunning(simulator)).toEqual([]);
    expectNoKey(main, simulator);
    await rm(folder, { recursive: true });
  });

  test.concurrent('if the state cannot be saved comes before anything is started', async () => {
    await using simulator = await startTimed({ scenario: endless() });
    const main = await runAgainst(simulator, { env: { GITHUB_STATE: '/nowhere/state' } });
    expect(main.exitCode).toBe(1);
    expect(simulator.started()).toEqual([]);
  });

  test.concurrent('if the report cannot be written is red, also for a good model', async () => {
    await using simulator = await startTimed({ scenario: brief('fine-tune') });
    const main = await runAgainst(simulator, { env: { RUNNER_TEMP: '/dev/null/temp' } });
    expect(main.exitCode).toBe(1);
    expect(main.outputs.outcome).toBe('undecided');
    expect(main.summary).toMatch(/^## ✅ Passed/);
    expect(errorsOf(main)).toEqual([expect.stringMatching(/^results\.json could not be written: ENOTDIR/)]);
  });

  test.concurrent('does not follow from a summary that cannot be written', async () => {
    await using simulator = await startTimed({ scenario: brief('fine-tune') });
    const main = await runAgainst(simulator, {
      env: { GITHUB_STEP_SUMMARY: '/nowhere/x' },
    });
    expect(main.exitCode).toBe(0);
    expect(main.outputs.outcome).toBe('passed');
    expect(warningsOf(main)).toEqual([expect.stringContaining('The job summary could not be written')]);
  });
});
