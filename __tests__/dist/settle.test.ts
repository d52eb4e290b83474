import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type GithubOptions, startGithub, workflowToken } from '../../simulator/github.ts';
import { projectRoot } from '../../simulator/runner.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import { headSha, pullRequestEvent } from '../github/scene.ts';
import { errorsOf, expectNoKey, noticesOf, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

const SETTLE = path.join(projectRoot, 'settle');
const { 'fine-tune': fineTune } = scenarios;
const scenario = { ...fineTune, plan: { ...fineTune.plan, queueMs: 0, trainMs: 60_000 } };

/** Both servers on one clock, and the environment of a step for pull request 12. */
async function open(options: GithubOptions = {}) {
  const simulator = await startTimed({ scenario });
  const pullRequests = [{ number: 12, state: 'open' as const, commits: [headSha] }];
  const github = await startGithub({ pullRequests, now: simulator.clock.now, ...options });
  const folder = await mkdtemp(path.join(tmpdir(), 'event-'));
  const event = path.join(folder, 'event.json');
  await writeFile(event, JSON.stringify(pullRequestEvent()));
  const env = {
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: 'acme/site-safety',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
  };
  return {
    simulator,
    github,
    start: { ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event },
    later: { ...env, GITHUB_EVENT_NAME: 'schedule', GITHUB_RUN_ID: '43' },
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true });
      await simulator[Symbol.asyncDispose]();
      await github.close();
    },
  };
}

const inputs = {
  'github-token': workflowToken,
  project: 'acme/hard-hats',
  wait: 'status',
  'status-context': 'model-quality',
};

test('the bundles start a training, leave it pending, and judge it later', async () => {
  await using world = await open();
  const { simulator, github } = world;
  const started = await runAgainst(simulator, { inputs, env: world.start });
  expect(started).toMatchObject({ exitCode: 0, outputs: { outcome: 'started' } });
  const { wait: _, ...settling } = inputs;
  const rules = { ...settling, thresholds: 'map50 >= 90', version: '', 'model-type': '' };
  simulator.clock.pass(120_000);
  const settled = await runAgainst(simulator, { action: SETTLE, inputs: rules, env: world.later });
  expect(settled).toMatchObject({ exitCode: 0, outputs: { pending: '0' } });
  expect(JSON.parse(settled.outputs.settled ?? '')).toMatchObject([{ outcome: 'failed', map50: 84.2 }]);
  expect(noticesOf(settled)).toEqual(['Settled: 1 failed']);
  expect(github.statuses.map(({ sha, state }) => [sha, state])).toEqual([
    [headSha, 'pending'],
    [headSha, 'pending'],
    [headSha, 'failure'],
  ]);
  for (const run of [started, settled]) expectNoKey(run, simulator);
});

test('the bundle starts nothing if the status cannot be set', async () => {
  const refusal = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
  await using world = await open({ faults: { 'create-status': refusal } });
  const step = await runAgainst(world.simulator, { inputs, env: world.start });
  expect(step).toMatchObject({ exitCode: 1, outputs: { outcome: 'undecided' } });
  expect(errorsOf(step)).toEqual([expect.stringContaining('permissions:\n  statuses: write')]);
  expect(world.simulator.started()).toEqual([]);
});

test('the bundle of settle fails by name for what it could not set', async () => {
  const refusal = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
  await using world = await open();
  await runAgainst(world.simulator, { inputs, env: world.start });
  world.simulator.clock.pass(120_000);
  await using deaf = await startGithub({
    pullRequests: [{ number: 12, state: 'open', commits: [headSha] }],
    faults: { 'create-status': refusal },
  });
  for (const status of world.github.statuses) deaf.setStatus(status);
  const env = { ...world.later, GITHUB_API_URL: deaf.url };
  const step = await runAgainst(world.simulator, { action: SETTLE, inputs: { ...inputs, wait: '' }, env });
  expect(step).toMatchObject({ exitCode: 1, outputs: { settled: '[]', pending: '1' } });
  expect(errorsOf(step)).toEqual([expect.stringContaining('stays pending: GitHub answered 403')]);
});

test('the bundle of settle sets the status also on a full disk, and fails with the file and the reason on top', async () => {
  await using world = await open();
  await runAgainst(world.simulator, { inputs, env: world.start });
  world.simulator.clock.pass(120_000);
  const env = { ...world.later, GITHUB_OUTPUT: '/dev/full' };
  const step = await runAgainst(world.simulator, { action: SETTLE, inputs: { ...inputs, wait: '' }, env });
  expect(world.github.statuses.at(-1)?.state).toBe('success');
  expect(step.exitCode).toBe(1);
  expect(errorsOf(step)).toEqual([expect.stringMatching(/GITHUB_OUTPUT.*ENOSPC/)]);
  expect(step.summary).toMatch(/^❌ \*\*The step fails:\*\* .*GITHUB_OUTPUT.*ENOSPC/);
});
