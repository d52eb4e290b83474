import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault, RoutesMode } from '../../../simulator/simulator.ts';
import { fineTune, hour, minute, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

describe('one workflow on every kind of server', () => {
  test.each<{ routes: RoutesMode }>([
    { routes: 'jobs' },
    { routes: 'trainings' },
    { routes: 'annotation-jobs' },
  ])('passes from a new version on: $routes', async ({ routes }) => {
    await using roboflow = await simulateRoboflow({ routes });
    const step = await roboflow.runStep({ version: 'new', thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('version')).toBe('8');
    expect(roboflow.simulator.started()).toMatchObject([{ version: 8 }]);
  });

  test('tells in the log and in the results file which route was taken and why', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs' });
    const step = await roboflow.runStep();
    expect(step.lines).toContain('Route: trainings, which this server has.');
    expect(JSON.parse(step.files.get('results.json') ?? '')).toMatchObject({
      run: { route: 'trainings, which this server has' },
    });
  });
});

describe('a step on a version that is there', () => {
  test.each<{ routes: RoutesMode; given: Readonly<Record<string, string>>; requests: readonly string[] }>([
    {
      routes: 'both',
      given: {},
      requests: [
        'GET /acme/hard-hats',
        'GET /acme/hard-hats/7/v2/trainings',
        'GET /acme/hard-hats/7/v2/trainings/recipe',
        'GET /acme/hard-hats/7',
        'GET /acme/hard-hats/7/v2/trainings',
        'POST /acme/hard-hats/7/v2/trainings',
        'GET /acme/hard-hats/7/v2/trainings/get',
      ],
    },
    {
      routes: 'both',
      given: { route: 'trainings' },
      requests: [
        'GET /acme/hard-hats',
        'GET /acme/hard-hats/7/v2/trainings',
        'GET /acme/hard-hats/7/v2/trainings/recipe',
        'GET /acme/hard-hats/7',
        'GET /acme/hard-hats/7/v2/trainings',
        'POST /acme/hard-hats/7/v2/trainings',
        'GET /acme/hard-hats/7/v2/trainings/get',
      ],
    },
    {
      routes: 'jobs',
      given: { route: 'jobs' },
      requests: [
        'GET /acme/hard-hats',
        'GET /acme/hard-hats/jobs',
        'GET /acme/hard-hats/7',
        'GET /acme/hard-hats/jobs',
        'POST /acme/hard-hats/jobs',
        'GET /acme/hard-hats/jobs/ID',
      ],
    },
    {
      routes: 'jobs',
      given: {},
      requests: [
        'GET /acme/hard-hats',
        'GET /acme/hard-hats/7/v2/trainings',
        'GET /acme/hard-hats/7/v2/trainings',
        'GET /acme/hard-hats/jobs',
        'GET /acme/hard-hats/7',
        'GET /acme/hard-hats/jobs',
        'POST /acme/hard-hats/jobs',
        'GET /acme/hard-hats/jobs/ID',
      ],
    },
  ])(
    'costs no more requests than this until its first look: $routes, $given',
    async ({ routes, given, requests }) => {
      await using roboflow = await simulateRoboflow({ routes });
      const step = await roboflow.runStep(given);
      const id = step.outputs.get('job-id') ?? '';
      const sent = roboflow.requestLines().map((line) => line.replace(id, 'ID'));
      expect(sent.slice(0, requests.length)).toEqual(requests);
    },
  );

  test('reads what the version showed before the start if that can be judged by mistake', async () => {
    const plan = { ...scenarios['fine-tune'].plan, shows: ['results'] as const };
    const older = { version: 7, modelType: 'rfdetr-nano', agoMs: 24 * hour, plan };
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ seeded: [older] }) });
    const { before } = await roboflow.startOrAttach({ route: 'jobs' });
    expect(before?.results).toContain('84.2');
    const sent = roboflow.requestLines();
    expect(sent.slice(-2)).toEqual(['GET /acme/hard-hats/7/training/results', 'POST /acme/hard-hats/jobs']);
  });
});

describe('a training that somebody else started while the version was made ready', () => {
  test.each(['jobs', 'trainings'])('is attached to, and none is started: %s', async (route) => {
    const versions = [4, 5, 6, 7].map((number) =>
      versionSpec(number, number === 7 ? { generatingMs: minute } : {}),
    );
    const theirs = { id: 'theirs', status: 'running', version: 7, modelType: 'rfdetr-nano' };
    const body = { jobs: [theirs], trainings: [theirs] };
    await using roboflow = await simulateRoboflow({
      scenario: fineTune({ versions, seeded: [] }),
      faults: [{ route: 'list', nth: 2, do: { kind: 'json', body } }],
    });
    expect(await roboflow.startOrAttach({ route })).toMatchObject({
      origin: 'attached',
      training: { id: 'theirs' },
    });
    expect(roboflow.requestLines().filter((line) => line.startsWith('POST'))).toEqual([]);
  });
});

describe('a training on the route trainings', () => {
  test('is started in camel case, and followed by its training id', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'trainings' });
    const step = await roboflow.runStep({ epochs: '50', checkpoint: 'acme/hard-hats/6', speed: 'accurate' });
    const id = step.outputs.get('job-id');
    const [start] = roboflow.simulator.requests.filter(({ method }) => method === 'POST');
    expect(start).toMatchObject({
      path: '/acme/hard-hats/7/v2/trainings',
      body: { modelType: 'rfdetr-nano', epochs: 50, checkpoint: 'acme/hard-hats/6', speed: 'accurate' },
    });
    const looks = roboflow.simulator.requests.filter(({ route }) => route === 'poll');
    expect(looks.length).toBeGreaterThan(5);
    expect(looks.every(({ path }) => path === '/acme/hard-hats/7/v2/trainings/get')).toBe(true);
    expect(looks.every(({ query }) => query.trainingId === id)).toBe(true);
    expect(roboflow.simulator.started()).toMatchObject([{ id, modelType: 'rfdetr-nano' }]);
  });
});

describe('a training in flight of which the list does not say the model type', () => {
  const listed = { id: 'theirs', status: 'running', version: 7 };
  const list: Fault = { route: 'list', do: { kind: 'json', body: { jobs: [listed], trainings: [listed] } } };

  test.each(['jobs', 'trainings'])('is looked at and attached to if it is the same: %s', async (route) => {
    const seen = { ...listed, modelType: 'rfdetr-nano', models: [] };
    const faults: Fault[] = [list, { route: 'poll', do: { kind: 'json', body: seen } }];
    await using roboflow = await simulateRoboflow({ faults });
    expect(await roboflow.startOrAttach({ route })).toMatchObject({
      origin: 'attached',
      training: { id: 'theirs', modelType: 'rfdetr-nano' },
    });
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test.each(['jobs', 'trainings'])('does not stand in the way if it is another: %s', async (route) => {
    const seen = { ...listed, modelType: 'yolov11n', models: [] };
    const faults: Fault[] = [list, { route: 'poll', do: { kind: 'json', body: seen } }];
    await using roboflow = await simulateRoboflow({ faults });
    expect(await roboflow.startOrAttach({ route })).toMatchObject({ origin: 'started' });
    expect(roboflow.simulator.started()).toHaveLength(1);
  });
});

describe.each(['jobs', 'trainings'])('a search that was started on the route %s', (route) => {
  test.each(['none', 'job'])(
    'has its own page and model type from the first moment: wait: %s',
    async (wait) => {
      await using roboflow = await simulateRoboflow({ scenario: scenarios.nas });
      const inputs = {
        route,
        wait,
        'model-type': 'rfdetr-nas-parent',
        timeout: '20s',
        'poll-interval': '5s',
      };
      const step = await roboflow.runStep(inputs);
      expect(step.outputs.get('url')).toBe('https://app.roboflow.com/acme/hard-hats/nas-runs/7');
      const results = JSON.parse(step.files.get('results.json') ?? '');
      expect(results.run).toMatchObject({ modelType: 'rfdetr-nas-parent', version: 7 });
    },
  );
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
      await using roboflow = await simulateRoboflow({ scenario: { ...nas, plan: { ...nas.plan, refuse } } });
      await expect(
        roboflow.startOrAttach({ route, 'model-type': 'rfdetr-nas-parent' }),
      ).rejects.toMatchObject({ message: expect.stringContaining(`answered 402 "${refuse}: `), hint });
      expect(roboflow.simulator.started()).toEqual([]);
    }
  });

  test.each(['jobs', 'trainings'])(
    'for too few validation images, of which the version said nothing, is told with a cure: %s',
    async (route) => {
      const code = 'insufficient_validation_images_for_nas';
      const body = { error: { type: 'BadRequest', code, message: 'too few' } };
      const faults: Fault[] = [{ route: 'start', do: { kind: 'status', status: 400, body } }];
      await using roboflow = await simulateRoboflow({ scenario: nas, faults });
      await expect(
        roboflow.startOrAttach({ route, 'model-type': 'rfdetr-nas-parent' }),
      ).rejects.toMatchObject({
        message: expect.stringContaining(`answered 400 "${code}: too few"`),
        hint: 'Neural architecture search needs at least 15 validation images: generate a version with a larger valid split.',
      });
      expect(roboflow.simulator.started()).toEqual([]);
    },
  );

  test.each([
    { route: 'jobs', status: 402 },
    { route: 'trainings', status: 402 },
  ])('with a bare $status is told with a cure on the route $route', async ({ route, status }) => {
    const faults: Fault[] = [{ route: 'start', do: { kind: 'status', status, body: 'no' } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(roboflow.startOrAttach({ route })).rejects.toMatchObject({
      message: expect.stringContaining('answered 402'),
      hint: 'The plan does not allow it or a quota is reached: see Plan and Billing on Roboflow.',
    });
  });
});
