import { describe, expect, test } from 'vitest';
import { routeOf } from './requests.ts';
import { alreadyRunning, brief, endless } from './scenes.ts';
import { openWorld } from './world.ts';

describe('wait: none', () => {
  test('starts the training, says so, and is green at once', async () => {
    await using world = await openWorld({ scenario: endless() });
    const result = await world.main({ wait: 'none' });
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({
      outcome: 'started',
      'job-id': 'job_4c2aab22506c',
      'job-status': 'queued',
      url: 'https://app.roboflow.com/acme/hard-hats/7',
      version: '7',
    });
    expect(result.given).not.toHaveProperty('map50');
    expect(result.summaryText.split('\n')[0]).toBe(
      '## ⏳ Started: the training runs on, and nothing is judged yet',
    );
    expect(routeOf(world.simulator)).toEqual([
      'GET /',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/ID',
    ]);
  });

  test('leaves nothing to its post step', async () => {
    await using world = await openWorld({ scenario: endless() });
    const main = await world.main({ wait: 'none' });
    const asked = world.simulator.requests.length;
    const post = await world.post(main);
    expect(post.exitCode).toBe(0);
    expect(world.simulator.requests).toHaveLength(asked);
  });

  test('fails where the start is refused', async () => {
    await using world = await openWorld({
      scenario: endless({ refuse: 'credit_cap_exceeded' }),
    });
    const result = await world.main({ wait: 'none' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
  });
});

describe('job-id', () => {
  test('judges a finished run with at most six requests, and starts nothing', async () => {
    await using world = await openWorld({});
    const finished = world.simulator.trainings.find(({ version }) => version === 6);
    const result = await world.main({ 'job-id': finished?.jobId ?? '', version: '', 'model-type': '' });
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(world.simulator.requests.length).toBeLessThanOrEqual(6);
    expect(world.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(result.state).toEqual(new Map([['run', '{"phase":"settled"}']]));
  });

  test('of no job ends undecided at once', async () => {
    await using world = await openWorld({});
    const result = await world.main({ 'job-id': 'job_nobody' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([
      expect.stringMatching(
        /^Not judged: There is no training job_nobody in this project: .* Check job-id, that project is the one that it was started in, and route where it is set\.$/,
      ),
    ]);
    expect(world.simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/job_nobody',
      'GET /acme/hard-hats/7/v2/trainings/get',
    ]);
    expect(world.simulator.started()).toEqual([]);
  });

  test('of another version than the one given is refused', async () => {
    await using world = await openWorld({});
    const finished = world.simulator.trainings.find(({ version }) => version === 6);
    const jobId = finished?.jobId ?? '';
    const result = await world.main({ 'job-id': jobId });
    expect(result.exitCode).toBe(1);
    expect(result.failures).toEqual([
      `Not judged: Training ${jobId} is on version 6, but version is 7. Leave version out, or set it to the one that the training is on.`,
    ]);
  });

  test('of a failed run is not green', async () => {
    await using world = await openWorld({});
    const failed = world.simulator.trainings.find(({ version }) => version === 4);
    const result = await world.main({ 'job-id': failed?.jobId ?? '', version: '', thresholds: '' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringContaining('The training machine was lost.')]);
  });
});

describe('reuse', () => {
  test.for([
    { reuse: 'none', running: true, started: 1, log: 'Started training job_' },
    { reuse: 'running', running: true, started: 0, log: 'Attached to training job_' },
    { reuse: 'running', running: false, started: 1, log: 'Started training job_' },
    { reuse: 'finished', running: true, started: 0, log: 'Attached to training job_' },
    { reuse: 'finished', running: false, started: 1, log: 'Started training job_' },
  ])('$reuse with a run in flight ($running) starts $started', async ({ reuse, running, started, log }) => {
    const scenario = running ? alreadyRunning(endless()) : endless();
    await using world = await openWorld({ scenario });
    const result = await world.main({ reuse, wait: 'none' });
    expect(result.outputs.get('outcome')).toBe('started');
    expect(world.simulator.started()).toHaveLength(started);
    expect(result.stdout).toContain(log);
  });

  test('finished takes a run that succeeded', async () => {
    await using world = await openWorld({});
    const inputs = { reuse: 'finished', version: '6' };
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(world.simulator.started()).toEqual([]);
  });

  test.for([
    { name: 'a run that failed', inputs: { version: '4' } },
    { name: 'a run of another model type', inputs: { version: '6', 'model-type': 'rfdetr-small' } },
    { name: 'a run of another version', inputs: { version: '7' } },
  ])('finished does not take $name', async ({ inputs }) => {
    await using world = await openWorld({ scenario: endless() });
    const result = await world.main({ ...inputs, reuse: 'finished', wait: 'none' });
    expect(result.outputs.get('outcome')).toBe('started');
    expect(world.simulator.started()).toHaveLength(1);
  });

  test('running does not take a run in flight of another model type', async () => {
    await using world = await openWorld({ scenario: alreadyRunning(endless()) });
    const inputs = { 'model-type': 'rfdetr-small', wait: 'none' };
    const result = await world.main(inputs);
    expect(result.outputs.get('outcome')).toBe('started');
    expect(world.simulator.started()).toHaveLength(1);
  });
});

describe('fail-build: false', () => {
  test('turns a broken rule into a warning and a green step, and the outcome stays failed', async () => {
    await using world = await openWorld({ scenario: brief('fine-tune-short') });
    const result = await world.main({ 'fail-build': 'false' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('outcome')).toBe('failed');
    expect(result.failures).toEqual([]);
    expect(result.warnings).toEqual([
      'map50 73.1, wanted >= 80 (short by 6.9) (fail-build is false, so the build goes on)',
    ]);
  });

  test('does not make a failed training green', async () => {
    await using world = await openWorld({ scenario: brief('failed') });
    const result = await world.main({ 'fail-build': 'false' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
  });
});

describe('an empty api-key', () => {
  test('is skipped where the workflow says so, without a request', async () => {
    await using world = await openWorld();
    const inputs = { 'api-key': '', 'on-missing-key': 'skip' };
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('outcome')).toBe('skipped');
    expect([...result.failures, ...result.warnings]).toEqual([]);
    expect(result.summaryText).toBe('## ⏭️ Skipped: there is no api-key, and on-missing-key is "skip"\n');
    expect(world.simulator.requests).toEqual([]);
  });

  test('does not hide that another input is wrong', async () => {
    await using world = await openWorld();
    const inputs = { 'api-key': '', 'on-missing-key': 'skip', timeout: '5' };
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(1);
    expect(result.failures).toEqual([expect.stringContaining('timeout: "5" is not a duration')]);
  });
});
