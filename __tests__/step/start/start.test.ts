import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { fineTune, hour, minute, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

describe('a step on a version that is there', () => {
  // With v2/trainings: flow/connection.test.ts; where the route is looked for in vain: flow/routes.test.ts.
  test('costs no more requests than this until its first look on the route jobs', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'jobs' });
    const step = await roboflow.runStep({ route: 'jobs' });
    const id = step.outputs.get('job-id') ?? '';
    expect(roboflow.requestLines().slice(0, 6)).toEqual([
      'GET /acme/hard-hats',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      `GET /acme/hard-hats/jobs/${id}`,
    ]);
  });

  test('reads what the version showed before the start if that can be judged by mistake', async () => {
    const plan = { ...scenarios['fine-tune'].plan, shows: ['results'] as const };
    const older = { version: 7, modelType: 'rfdetr-nano', agoMs: 24 * hour, plan };
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ seeded: [older] }) });
    const { before } = await roboflow.startOrAttach({ route: 'jobs' });
    expect(before?.results?.text).toContain('84.2');
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

  test.each([
    ['jobs', 'rfdetr-nano', 'attached'],
    ['trainings', 'rfdetr-nano', 'attached'],
    ['jobs', 'yolov11n', 'started'],
    ['trainings', 'yolov11n', 'started'],
  ])(
    'is looked at on the route %s, and if it is a %s the training is %s',
    async (route, modelType, origin) => {
      const seen = { ...listed, modelType, models: [] };
      const faults: Fault[] = [list, { route: 'poll', do: { kind: 'json', body: seen } }];
      await using roboflow = await simulateRoboflow({ faults });
      const followed = await roboflow.startOrAttach({ route });
      expect(followed.origin).toBe(origin);
      expect(roboflow.simulator.started()).toHaveLength(origin === 'started' ? 1 : 0);
      if (origin === 'attached') expect(followed.training).toMatchObject({ id: 'theirs', modelType });
    },
  );
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

describe.each(['jobs', 'trainings'])('a start that Roboflow refuses on the route %s', (route) => {
  const few = 'insufficient_validation_images_for_nas';
  test.each<[code: string, status: number, hint: string]>([
    [
      'nas_not_available_for_plan',
      402,
      'The plan of this workspace has no neural architecture search: choose another model-type, or upgrade the plan.',
    ],
    [
      'credit_cap_exceeded',
      402,
      "The workspace's credit cap is reached: raise it on Roboflow, or wait for the next period.",
    ],
    // The version said nothing of them.
    [
      few,
      400,
      'Neural architecture search needs at least 15 validation images: generate a version with a larger valid split.',
    ],
    ['', 402, 'The plan does not allow it or a quota is reached: see Plan and Billing on Roboflow.'],
  ])('is told with code and cure: %s, %i', async (code, status, hint) => {
    const { nas } = scenarios;
    const refuse = code === 'credit_cap_exceeded' || code === 'nas_not_available_for_plan' ? code : undefined;
    const body = code === '' ? 'no' : { error: { type: 'BadRequest', code, message: 'too few' } };
    await using roboflow = await simulateRoboflow({
      scenario: refuse === undefined ? nas : { ...nas, plan: { ...nas.plan, refuse } },
      faults: refuse === undefined ? [{ route: 'start', do: { kind: 'status', status, body } }] : [],
    });
    await expect(roboflow.startOrAttach({ route, 'model-type': 'rfdetr-nas-parent' })).rejects.toMatchObject({
      message: expect.stringContaining(`answered ${status}${code === '' ? '' : ` "${code}: `}`),
      hint,
    });
    expect(roboflow.simulator.started()).toEqual([]);
  });
});

describe('a second training on a version that takes one', () => {
  test.each(['jobs', 'trainings'])('is refused with what can be done instead: %s', async (route) => {
    const versions = [4, 5, 6, 7].map((number) => versionSpec(number, { kind: 'smpv' }));
    const there = {
      version: 7,
      modelType: 'rfdetr-nano',
      agoMs: 24 * hour,
      plan: scenarios['fine-tune'].plan,
    };
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions, seeded: [there] }) });
    const step = await roboflow.runStep({ route });
    expect(step.outputs.get('outcome')).toBe('undecided');
    expect(step.failures).toEqual([
      expect.stringMatching(
        /answered 409 .* takes one training only, and this one has it.* set reuse to "finished" .* set version to "new"/,
      ),
    ]);
    expect(roboflow.simulator.started()).toEqual([]);
    const reused = await roboflow.runStep({ route, reuse: 'finished' });
    expect(reused.outputs.get('map50')).toBe('84.2');
  });
});
