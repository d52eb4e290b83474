import { describe, expect, test } from 'vitest';
import { brief, endless, leftRunning } from '../flow/scenes.ts';
import { errorsOf, expectNoKey, runAgainst, warningsOf } from './run.ts';
import { startTimed } from './timed.ts';

describe('a step that does not wait for a verdict', () => {
  test.concurrent('is green at once with wait: none, and leaves nothing to its post step', async () => {
    await using simulator = await startTimed({ scenario: endless() });
    const main = await runAgainst(simulator, { inputs: { wait: 'none' } });
    expect(main.exitCode).toBe(0);
    expect(main.outputs.outcome).toBe('started');
    const asked = simulator.requests.length;
    const post = await runAgainst(simulator, { entry: 'post', state: main.state });
    expect(post.exitCode).toBe(0);
    expect(simulator.requests).toHaveLength(asked);
  });

  test.concurrent('is red when the timeout passes, and cancels the training when told to', async () => {
    await using simulator = await startTimed({ scenario: endless() });
    const inputs = { timeout: '2m', 'on-timeout': 'cancel' };
    const result = await runAgainst(simulator, { inputs });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toEqual([expect.stringContaining('was cancelled.')]);
    expect(leftRunning(simulator)).toEqual([]);
  });

  test.concurrent.each<readonly [string, string, string, number, string]>([
    ['if GitHub withholds secrets', 'push', 'dependabot[bot]', 0, 'skipped'],
    ['not on a schedule', 'schedule', 'dependabot[bot]', 1, 'undecided'],
    ['not if the secret is misspelt', 'push', 'eva', 1, 'undecided'],
  ])('is green without a key, as the workflow says, %s', async (_, event, actor, exitCode, outcome) => {
    await using simulator = await startTimed();
    const inputs = { 'api-key': '', 'on-missing-key': 'skip' };
    const env = { GITHUB_EVENT_NAME: event, GITHUB_ACTOR: actor };
    const result = await runAgainst(simulator, { inputs, env });
    expect(result).toMatchObject({ exitCode, outputs: { outcome } });
    expect(simulator.requests).toEqual([]);
  });
});

describe('a step with a verdict', () => {
  test.concurrent('is green with fail-build: false, with a warning', async () => {
    await using simulator = await startTimed({ scenario: brief('fine-tune-short') });
    const result = await runAgainst(simulator, { inputs: { 'fail-build': 'false' } });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({
      outcome: 'failed',
      verdict: 'Failed (accepted, since fail-build is false): mAP50 73.1 %, wanted 80 % or more',
    });
    expect(errorsOf(result)).toEqual([]);
    expect(warningsOf(result)).toEqual([expect.stringContaining('fail-build is false')]);
  });
});

test.concurrent('wrong inputs are told in one annotation, and no request is made', async () => {
  await using simulator = await startTimed();
  const inputs = {
    'api-key': 'secret key with blanks',
    project: '',
    thresholds: 'map50 >= 0.8',
    timeout: 'x',
  };
  const result = await runAgainst(simulator, { inputs });
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe('undecided');
  expect(errorsOf(result)).toHaveLength(1);
  expect(errorsOf(result)[0]).toMatch(/^Not judged: 4 mistakes in the inputs, so nothing was started:\n- /);
  expect(simulator.requests).toEqual([]);
  expectNoKey(result, simulator, inputs['api-key']);
});
