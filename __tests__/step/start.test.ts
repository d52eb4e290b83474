import { describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import type { Fault, RoutesMode } from '../../simulator/simulator.ts';
import { openBench } from '../roboflow/bench.ts';

describe('one workflow on every kind of server', () => {
  test.each<{ routes: RoutesMode; origin: string; version: string }>([
    { routes: 'jobs', origin: 'jobs', version: '7' },
    { routes: 'trainings', origin: 'trainings', version: '7' },
    { routes: 'annotation-jobs', origin: 'trainings', version: '7' },
    { routes: 'both', origin: 'jobs', version: '7' },
    { routes: 'jobs', origin: 'jobs', version: 'latest' },
    { routes: 'trainings', origin: 'trainings', version: 'latest' },
  ])('passes with exactly one training: $routes, version $version', async ({ routes, origin, version }) => {
    await using bench = await openBench({ routes });
    const step = await bench.main({ version, thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('outcome')).toBe('passed');
    expect(step.outputs.get('version')).toBe('7');
    expect(step.outputs.get('map50')).toBe('84.2');
    expect(bench.simulator.started()).toMatchObject([{ origin, version: 7, modelType: 'rfdetr-nano' }]);
  });

  test.each<{ routes: RoutesMode }>([
    { routes: 'jobs' },
    { routes: 'trainings' },
    { routes: 'annotation-jobs' },
  ])('passes from a new version on: $routes', async ({ routes }) => {
    await using bench = await openBench({ routes });
    const step = await bench.main({ version: 'new', thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('version')).toBe('8');
    expect(bench.simulator.started()).toMatchObject([{ version: 8 }]);
  });

  test('tells in the log and in the results file which route was taken and why', async () => {
    await using bench = await openBench({ routes: 'annotation-jobs' });
    const step = await bench.main();
    expect(step.lines).toContain('Route: trainings, the jobs of this project are labelling jobs.');
    expect(JSON.parse(step.files.get('results.json') ?? '')).toMatchObject({
      run: { route: 'trainings, the jobs of this project are labelling jobs' },
    });
  });
});

describe('a run on the jobs route with a version that is there', () => {
  test('costs two requests more than list, start and looks: one for the route and one for the data', async () => {
    await using bench = await openBench({ routes: 'jobs' });
    const step = await bench.main();
    expect(bench.asked().slice(0, 5)).toEqual([
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      `GET /acme/hard-hats/jobs/${step.outputs.get('job-id')}`,
    ]);
  });
});

describe('a run on the trainings route', () => {
  test('is started in camel case, and followed by its training id', async () => {
    await using bench = await openBench({ routes: 'trainings' });
    const step = await bench.main({ epochs: '50', checkpoint: 'acme/hard-hats/6', speed: 'accurate' });
    const id = step.outputs.get('job-id');
    const [start] = bench.simulator.requests.filter(({ method }) => method === 'POST');
    expect(start).toMatchObject({
      path: '/acme/hard-hats/7/v2/trainings',
      body: { modelType: 'rfdetr-nano', epochs: 50, checkpoint: 'acme/hard-hats/6', speed: 'accurate' },
    });
    const looks = bench.simulator.requests.filter(({ route }) => route === 'poll');
    expect(looks.length).toBeGreaterThan(5);
    expect(looks.every(({ path }) => path === '/acme/hard-hats/7/v2/trainings/get')).toBe(true);
    expect(looks.every(({ query }) => query.trainingId === id)).toBe(true);
    expect(bench.simulator.started()).toMatchObject([{ id, modelType: 'rfdetr-nano' }]);
  });

  test.each<{ name: string; version: string; expected: object }>([
    { name: 'of the version that is named', version: '6', expected: { version: 6 } },
    { name: 'of a version that is looked for', version: '', expected: { version: 6 } },
  ])('is attached to by its id, $name', async ({ version, expected }) => {
    await using bench = await openBench({ routes: 'trainings' });
    const [older] = bench.simulator.trainings.filter((training) => training.version === 6);
    const begun = await bench.begin({ 'job-id': older?.id ?? '', version });
    expect(begun).toMatchObject({ origin: 'attached', training: { id: older?.id, ...expected } });
    expect(bench.simulator.started()).toEqual([]);
  });

  test('is not attached to where there is none of that id, and the hint says what to check', async () => {
    await using bench = await openBench({ routes: 'trainings' });
    await expect(bench.begin({ 'job-id': 'nobody', version: '' })).rejects.toMatchObject({
      message: 'There is no training nobody on the newest 30 versions of acme/hard-hats.',
      hint: 'Check job-id, or set version to the one that it trains on.',
    });
    await expect(bench.begin({ 'job-id': 'nobody', version: '6' })).rejects.toMatchObject({
      message: expect.stringMatching(/^There is no training nobody in this project: /),
    });
  });
});

describe('a run that was started before', () => {
  test('with a recipe, and so on the other route, is found there by its id', async () => {
    await using bench = await openBench({ routes: 'both' });
    const started = await bench.begin({ 'train-recipe': '{"hyperparameters":{"epochs":20}}' });
    const begun = await bench.begin({ 'job-id': started.training.id });
    expect(begun).toMatchObject({
      origin: 'attached',
      routeReason: 'trainings, the training that job-id names is there',
      training: { id: started.training.id },
    });
    expect(bench.log.at(-1)).toBe('Route: trainings, the training that job-id names is there.');
    expect(bench.simulator.started()).toHaveLength(1);
  });

  test.each([
    { name: 'not found', status: 404 },
    { name: 'an id that it cannot make out', status: 400 },
  ])('where the list of jobs is empty is found by its id, although jobs says $name', async ({ status }) => {
    const faults: Fault[] = [
      { route: 'list', nth: 2, do: { kind: 'json', body: { jobs: [] } } },
      { route: 'poll', nth: 1, do: { kind: 'status', status } },
    ];
    await using bench = await openBench({ routes: 'both', faults });
    const started = await bench.begin({ route: 'trainings' });
    const { id } = started.training;
    expect(await bench.begin({ 'job-id': id })).toMatchObject({
      origin: 'attached',
      training: { id, version: 7 },
    });
    expect(bench.simulator.started()).toHaveLength(1);
  });

  test('is told to be nowhere where neither route has it, with what to check', async () => {
    await using bench = await openBench({ routes: 'both' });
    await expect(bench.begin({ 'job-id': 'nobody', version: '' })).rejects.toMatchObject({
      message: expect.stringMatching(/^There is no training nobody in this project: Roboflow answered 404/),
      hint: 'Check job-id, that project is the one that it was started in, and route where it is set.',
    });
  });

  test.each([401, 403])(
    'is not looked for on the other route where the key may not ask: %d',
    async (status) => {
      const faults: Fault[] = [{ route: 'poll', do: { kind: 'status', status } }];
      await using bench = await openBench({ routes: 'both', faults });
      await expect(bench.begin({ 'job-id': 'any' })).rejects.toThrow(`answered ${status}`);
      expect(bench.asked().filter((each) => each.includes('v2/trainings'))).toEqual([]);
    },
  );
});

describe.each(['jobs', 'trainings'])('a search that was started on the route %s', (route) => {
  test.each(['none', 'job'])(
    'has its own page and model type from the first moment: wait: %s',
    async (wait) => {
      await using bench = await openBench({ scenario: scenarios.nas });
      const step = await bench.main({ route, wait, 'model-type': 'rfdetr-nas-parent', timeout: '20s' });
      expect(step.outputs.get('url')).toBe('https://app.roboflow.com/acme/hard-hats/nas-runs/7');
      const results = JSON.parse(step.files.get('results.json') ?? '');
      expect(results.run).toMatchObject({ modelType: 'rfdetr-nas-parent', version: 7 });
    },
  );
});

describe('a run that is over and not waited for', () => {
  test.each([
    {
      phase: 'succeeded',
      status: 'complete',
      outcome: 'started',
      report: /^## ⏳ Started: over already, not judged yet/,
    },
    {
      phase: 'failed',
      status: 'failed',
      outcome: 'undecided',
      report: /^## ⚠️ Not judged: training .* failed/,
    },
    {
      phase: 'cancelled',
      status: 'cancelled',
      outcome: 'undecided',
      report: /^## ⚠️ Not judged: training .* was cancelled on Roboflow/,
    },
  ])('is not said to run on: $phase', async ({ status, outcome, report }) => {
    await using bench = await openBench();
    const job = bench.simulator.trainings.find(({ version }) => version === 6);
    const body = { id: job?.jobId, status, version: 6, model_type: 'rfdetr-nano' };
    await using told = await openBench({ faults: [{ route: 'poll', do: { kind: 'json', body } }] });
    const step = await told.main({ 'job-id': job?.jobId ?? '', version: '6', wait: 'none' });
    expect(step.outputs.get('outcome')).toBe(outcome);
    expect(step.summaryText).toMatch(report);
    expect(step.failures).toHaveLength(outcome === 'started' ? 0 : 1);
  });
});

describe('a start that Roboflow refuses', () => {
  const nas = scenarios.nas;
  test.each<{ name: string; refuse: 'nas_not_available_for_plan' | 'credit_cap_exceeded'; hint: string }>([
    {
      name: 'because the plan has no search',
      refuse: 'nas_not_available_for_plan',
      hint: 'The plan of this workspace has no neural architecture search: choose another model-type, or upgrade the plan.',
    },
    {
      name: 'because the credit cap is reached',
      refuse: 'credit_cap_exceeded',
      hint: "The workspace's credit cap is reached: raise it on Roboflow, or wait for the next period.",
    },
  ])('$name is told with code and cure on either route', async ({ refuse, hint }) => {
    for (const route of ['jobs', 'trainings']) {
      await using bench = await openBench({ scenario: { ...nas, plan: { ...nas.plan, refuse } } });
      await expect(bench.begin({ route, 'model-type': 'rfdetr-nas-parent' })).rejects.toMatchObject({
        message: expect.stringContaining(`answered 402 "${refuse}: `),
        hint,
      });
      expect(bench.simulator.started()).toEqual([]);
    }
  });

  test.each(['jobs', 'trainings'])(
    'for too few validation images, of which the version said nothing, is told with a cure: %s',
    async (route) => {
      const code = 'insufficient_validation_images_for_nas';
      const body = { error: { type: 'BadRequest', code, message: 'too few' } };
      const faults: Fault[] = [{ route: 'start', do: { kind: 'status', status: 400, body } }];
      await using bench = await openBench({ scenario: nas, faults });
      await expect(bench.begin({ route, 'model-type': 'rfdetr-nas-parent' })).rejects.toMatchObject({
        message: expect.stringContaining(`answered 400 "${code}: too few"`),
        hint: 'Neural architecture search needs at least 15 validation images: generate a version with a larger valid split.',
      });
      expect(bench.simulator.started()).toEqual([]);
    },
  );

  test.each([
    { route: 'jobs', status: 402 },
    { route: 'trainings', status: 402 },
  ])('with a bare $status is told with a cure on the route $route', async ({ route, status }) => {
    const faults: Fault[] = [{ route: 'start', do: { kind: 'status', status, body: 'no' } }];
    await using bench = await openBench({ faults });
    await expect(bench.begin({ route })).rejects.toMatchObject({
      message: expect.stringContaining('answered 402'),
      hint: 'The plan does not allow it or a quota is reached: see Plan and Billing on Roboflow.',
    });
  });
});
