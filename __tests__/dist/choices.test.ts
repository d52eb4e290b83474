import { describe, expect, test } from 'vitest';
import { startSimulator } from '../../simulator/simulator.ts';
import { errorsOf, routeOf, runAgainst, warningsOf } from './run.ts';
import { alreadyRunning, brief, endless } from './scenes.ts';

const SPEED = 300;

describe('wait: none', () => {
  test.concurrent('starts the training, says so, and is green at once', async () => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { wait: 'none' }, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({
      outcome: 'started',
      'job-id': 'job_4c2aab22506c',
      'job-status': 'queued',
      url: 'https://app.roboflow.com/acme/hard-hats/7',
      version: '7',
    });
    expect(result.outputs).not.toHaveProperty('map50');
    expect(result.summary.split('\n')[0]).toBe('## ⏳ Started: not judged yet');
    expect(routeOf(simulator)).toEqual([
      'GET /',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/ID',
    ]);
  });

  test.concurrent('leaves nothing to its post step', async () => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const { state } = await runAgainst(simulator, { inputs: { wait: 'none' }, speed: SPEED });
    const asked = simulator.requests.length;
    const post = await runAgainst(simulator, { entry: 'post', state, speed: SPEED });
    expect(post.exitCode).toBe(0);
    expect(simulator.requests).toHaveLength(asked);
  });

  test.concurrent('fails where the start is refused', async () => {
    await using simulator = await startSimulator({
      scenario: endless({ refuse: 'credit_cap_exceeded' }),
      speed: SPEED,
    });
    const result = await runAgainst(simulator, { inputs: { wait: 'none' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
  });
});

describe('job-id', () => {
  test.concurrent('judges a finished run with at most six requests, and starts nothing', async () => {
    await using simulator = await startSimulator({ speed: SPEED });
    const finished = simulator.trainings.find(({ version }) => version === 6);
    const result = await runAgainst(simulator, {
      inputs: { 'job-id': finished?.jobId ?? '', version: '', 'model-type': '' },
      speed: SPEED,
    });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(simulator.requests.length).toBeLessThanOrEqual(6);
    expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(result.state).toEqual({ run: '{"phase":"settled"}' });
  });

  test.concurrent('of no job ends undecided at once', async () => {
    await using simulator = await startSimulator({ speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { 'job-id': 'job_nobody' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toEqual([
      expect.stringMatching(
        /^Undecided: There is no training job_nobody in this project: .* Check job-id, that project is the one that it was started in, and route where it is set\.$/,
      ),
    ]);
    expect(simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/job_nobody',
      'GET /acme/hard-hats/7/v2/trainings/get',
    ]);
    expect(simulator.started()).toEqual([]);
  });

  test.concurrent('of another version than the one given is refused', async () => {
    await using simulator = await startSimulator({ speed: SPEED });
    const finished = simulator.trainings.find(({ version }) => version === 6);
    const jobId = finished?.jobId ?? '';
    const result = await runAgainst(simulator, { inputs: { 'job-id': jobId }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(errorsOf(result)).toEqual([
      `Undecided: Training ${jobId} is on version 6, but version is 7. Leave version out, or set it to the one that the training is on.`,
    ]);
  });

  test.concurrent('of a failed run is not green', async () => {
    await using simulator = await startSimulator({ speed: SPEED });
    const failed = simulator.trainings.find(({ version }) => version === 4);
    const result = await runAgainst(simulator, {
      inputs: { 'job-id': failed?.jobId ?? '', version: '', thresholds: '' },
      speed: SPEED,
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
    expect(errorsOf(result)).toEqual([expect.stringContaining('The training machine was lost.')]);
  });
});

describe('reuse', () => {
  test.concurrent.for([
    { reuse: 'none', running: true, started: 1, log: 'Started training job_' },
    { reuse: 'running', running: true, started: 0, log: 'Attached to training job_' },
    { reuse: 'running', running: false, started: 1, log: 'Started training job_' },
    { reuse: 'finished', running: true, started: 0, log: 'Attached to training job_' },
    { reuse: 'finished', running: false, started: 1, log: 'Started training job_' },
  ])('$reuse with a run in flight ($running) starts $started', async ({ reuse, running, started, log }) => {
    const scenario = running ? alreadyRunning(endless()) : endless();
    await using simulator = await startSimulator({ scenario, speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { reuse, wait: 'none' }, speed: SPEED });
    expect(result.outputs.outcome).toBe('started');
    expect(simulator.started()).toHaveLength(started);
    expect(result.stdout).toContain(log);
  });

  test.concurrent('finished takes a run that succeeded', async () => {
    await using simulator = await startSimulator({ speed: SPEED });
    const inputs = { reuse: 'finished', version: '6' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(simulator.started()).toEqual([]);
  });

  test.concurrent.for([
    { name: 'a run that failed', inputs: { version: '4' } },
    { name: 'a run of another model type', inputs: { version: '6', 'model-type': 'rfdetr-small' } },
    { name: 'a run of another version', inputs: { version: '7' } },
  ])('finished does not take $name', async ({ inputs }) => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const result = await runAgainst(simulator, {
      inputs: { ...inputs, reuse: 'finished', wait: 'none' },
      speed: SPEED,
    });
    expect(result.outputs.outcome).toBe('started');
    expect(simulator.started()).toHaveLength(1);
  });

  test.concurrent('running does not take a run in flight of another model type', async () => {
    await using simulator = await startSimulator({ scenario: alreadyRunning(endless()), speed: SPEED });
    const inputs = { 'model-type': 'rfdetr-small', wait: 'none' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.outputs.outcome).toBe('started');
    expect(simulator.started()).toHaveLength(1);
  });
});

describe('fail-build: false', () => {
  test.concurrent('turns a broken rule into a warning and a green step, and the outcome stays failed', async () => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune-short'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { 'fail-build': 'false' }, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.outcome).toBe('failed');
    expect(errorsOf(result)).toEqual([]);
    expect(warningsOf(result)).toEqual([
      'map50 73.1, wanted >= 80 (short by 6.9) (fail-build is false, so this does not fail the build)',
    ]);
  });

  test.concurrent('does not make a failed training green', async () => {
    await using simulator = await startSimulator({ scenario: brief('failed'), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { 'fail-build': 'false' }, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.outcome).toBe('undecided');
  });
});

describe('an empty api-key', () => {
  test.concurrent('is skipped where the workflow says so, without a request', async () => {
    await using simulator = await startSimulator();
    const inputs = { 'api-key': '', 'on-missing-key': 'skip' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.outcome).toBe('skipped');
    expect(result.annotations).toEqual([]);
    expect(result.summary).toBe('## ⏭️ Skipped: there is no api-key, and on-missing-key is "skip"\n\n');
    expect(simulator.requests).toEqual([]);
  });

  test.concurrent('does not hide that another input is wrong', async () => {
    await using simulator = await startSimulator();
    const inputs = { 'api-key': '', 'on-missing-key': 'skip', timeout: '5' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(1);
    expect(errorsOf(result)).toEqual([expect.stringContaining('timeout: "5" is not a duration')]);
  });
});
