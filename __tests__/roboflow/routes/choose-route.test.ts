import { describe, expect, test } from 'vitest';
import type { Fault, RoutesMode } from '../../../simulator/simulator.ts';
import { chooseRoute } from '../../../src/roboflow/routes/choose-route.ts';
import type { RouteName } from '../../../src/training/route.ts';
import { fineTune, project, simulateRoboflow } from '../simulated-roboflow.ts';

/** Read once to decide and once before the start. */
const emptyList: Fault = { route: 'list', nth: [1, 2], do: { kind: 'json', body: { jobs: [] } } };

describe('the route', () => {
  test.each<{
    name: string;
    routes: RoutesMode;
    faults?: readonly Fault[];
    asked?: RouteName;
    needsRecipe?: boolean;
    expected: { route: string; reason: string; other?: string; isSure: boolean };
    requests: readonly string[];
  }>([
    {
      name: 'is jobs where the jobs of the project are trainings',
      routes: 'both',
      expected: {
        route: 'jobs',
        reason: 'the jobs of this project are trainings',
        other: 'trainings',
        isSure: true,
      },
      requests: ['GET /acme/hard-hats/jobs'],
    },
    {
      name: 'is jobs where there is nothing but jobs',
      routes: 'jobs',
      expected: {
        route: 'jobs',
        reason: 'the jobs of this project are trainings',
        other: 'trainings',
        isSure: true,
      },
      requests: ['GET /acme/hard-hats/jobs'],
    },
    {
      name: 'is trainings where the jobs of the project are labelling jobs',
      routes: 'annotation-jobs',
      expected: {
        route: 'trainings',
        reason: 'the jobs of this project are labelling jobs',
        isSure: true,
      },
      requests: ['GET /acme/hard-hats/jobs'],
    },
    {
      name: 'is trainings where there is no list of jobs',
      routes: 'trainings',
      expected: { route: 'trainings', reason: 'there is no list of jobs', isSure: true },
      requests: ['GET /acme/hard-hats/jobs'],
    },
    {
      name: 'is jobs for now where the list is empty',
      routes: 'both',
      faults: [emptyList],
      expected: { route: 'jobs', reason: 'the list of jobs is empty', other: 'trainings', isSure: false },
      requests: ['GET /acme/hard-hats/jobs'],
    },
    {
      name: 'is jobs where the input says so, and nothing is read for it',
      routes: 'annotation-jobs',
      asked: 'jobs',
      expected: { route: 'jobs', reason: 'as the input says', isSure: true },
      requests: [],
    },
    {
      name: 'is trainings where the input says so, and nothing is read for it',
      routes: 'both',
      asked: 'trainings',
      expected: { route: 'trainings', reason: 'as the input says', isSure: true },
      requests: [],
    },
    {
      name: 'is trainings where there is a recipe, and nothing is read for it',
      routes: 'both',
      needsRecipe: true,
      expected: { route: 'trainings', reason: 'only this route takes a train-recipe', isSure: true },
      requests: [],
    },
  ])(
    '$name',
    async ({ routes, faults = [], asked = 'auto' as const, needsRecipe = false, expected, requests }) => {
      await using roboflow = await simulateRoboflow({ routes, faults });
      const { route, reason, other, isSure } = await chooseRoute(asked, needsRecipe, roboflow.api, project);
      expect({ route: route.name, reason, other: other?.name, isSure }).toEqual(expected);
      expect(roboflow.requestLines()).toEqual(requests);
      expect(roboflow.simulator.started()).toEqual([]);
    },
  );

  test.each([
    { name: 'a 502', action: { kind: 'status', status: 502 } },
    { name: 'a reset', action: { kind: 'reset' } },
    { name: 'a cut body', action: { kind: 'cut' } },
    { name: 'a page of HTML', action: { kind: 'html', status: 200 } },
    { name: 'JSON that is no list of jobs', action: { kind: 'json', body: { jobs: 'many' } } },
  ] as const)('is not guessed from $name, but from the next good answer', async ({ action }) => {
    const faults: Fault[] = [{ route: 'list', nth: [1, 2], do: action }];
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs', faults });
    const { route } = await chooseRoute('auto', false, roboflow.api, project);
    expect(route.name).toBe('trainings');
    expect(roboflow.requestLines()).toHaveLength(3);
  });

  test.each([401, 402, 403, 423])('is not guessed from a list that is refused with %d', async (status) => {
    const faults: Fault[] = [{ route: 'list', do: { kind: 'status', status } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(chooseRoute('auto', false, roboflow.api, project)).rejects.toThrow(`answered ${status}`);
    expect(roboflow.requestLines()).toHaveLength(1);
  });
});

describe('a start where the list of jobs was empty', () => {
  test('is a job where the server takes it for one', async () => {
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ seeded: [] }), routes: 'both' });
    const begun = await roboflow.startOrAttach();
    expect(begun).toMatchObject({
      origin: 'started',
      routeReason: 'jobs, the list of jobs is empty',
      training: { id: expect.stringMatching(/^job_/), version: 7 },
    });
    expect(roboflow.simulator.started()).toMatchObject([{ origin: 'jobs', modelType: 'rfdetr-nano' }]);
  });

  test('is a training where the server takes the job for a labelling job and refuses it', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs', faults: [emptyList] });
    const begun = await roboflow.startOrAttach();
    expect(begun.routeReason).toBe('trainings, a start showed that the project has no training jobs');
    expect(begun.route.name).toBe('trainings');
    expect(roboflow.simulator.started()).toMatchObject([{ origin: 'trainings', modelType: 'rfdetr-nano' }]);
    expect(roboflow.requestLines().filter((request) => request.startsWith('POST'))).toEqual([
      'POST /acme/hard-hats/jobs',
      'POST /acme/hard-hats/7/v2/trainings',
    ]);
    expect(roboflow.log).toContain('Route: jobs, the list of jobs is empty.');
    expect(roboflow.log).toContain('Route: trainings, a start showed that the project has no training jobs.');
    expect(JSON.parse(roboflow.steps[0]?.savedState('run') ?? '')).toMatchObject({
      phase: 'started',
      route: 'trainings',
      id: begun.training.id,
    });
  });

  test('is a training where the labelling jobs show only by the time of the start', async () => {
    const faults: Fault[] = [{ route: 'list', nth: 1, do: { kind: 'json', body: { jobs: [] } } }];
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs', faults });
    const begun = await roboflow.startOrAttach();
    expect(begun.route.name).toBe('trainings');
    expect(roboflow.simulator.started()).toMatchObject([{ origin: 'trainings' }]);
  });

  test.each([404, 405])('is a training where no such route is there (%d)', async (status) => {
    const faults: Fault[] = [emptyList, { route: 'start', nth: 1, do: { kind: 'status', status } }];
    await using roboflow = await simulateRoboflow({ routes: 'both', faults });
    const begun = await roboflow.startOrAttach();
    expect(begun.route.name).toBe('trainings');
    expect(roboflow.simulator.started()).toMatchObject([{ origin: 'trainings' }]);
  });

  test.each([
    { status: 400, code: 'insufficient_validation_images_for_nas', message: 'too few' },
    { status: 402, code: 'credit_cap_exceeded', message: 'the cap is reached' },
    { status: 403, code: 'forbidden', message: 'not yours' },
    { status: 422, code: 'invalid', message: 'model_type is not valid' },
  ])('that is refused for its own sake is not tried on the other route ($status $code)', async (refusal) => {
    const body = { error: { type: 'x', code: refusal.code, message: refusal.message } };
    const faults: Fault[] = [
      emptyList,
      { route: 'start', nth: 1, do: { kind: 'status', status: refusal.status, body } },
    ];
    await using roboflow = await simulateRoboflow({ routes: 'both', faults });
    await expect(roboflow.startOrAttach()).rejects.toThrow(`"${refusal.code}: ${refusal.message}"`);
    expect(roboflow.simulator.started()).toEqual([]);
    expect(roboflow.requestLines().filter((request) => request.startsWith('POST'))).toEqual([
      'POST /acme/hard-hats/jobs',
    ]);
  });

  test.each([
    { name: 'lost', action: { kind: 'reset' } },
    { name: 'a server error', action: { kind: 'status', status: 503 } },
    { name: 'unreadable', action: { kind: 'empty' } },
  ] as const)('never goes on to the other route after an answer that is $name', async ({ action }) => {
    const faults: Fault[] = [
      { route: 'list', nth: [1, 999], do: { kind: 'json', body: { jobs: [] } } },
      { route: 'start', nth: 1, do: action },
      { route: 'start', nth: 2, do: { kind: 'status', status: 404 } },
    ];
    await using roboflow = await simulateRoboflow({ routes: 'both', faults });
    await expect(roboflow.startOrAttach()).rejects.toMatchObject({ name: 'UnclearError' });
    expect(roboflow.simulator.started()).toEqual([]);
    expect(roboflow.requestLines().filter((request) => request.startsWith('POST'))).toEqual([
      'POST /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
    ]);
  });

  test('goes nowhere else where the route was asked for', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs', faults: [emptyList] });
    await expect(roboflow.startOrAttach({ route: 'jobs' })).rejects.toMatchObject({
      hint: expect.stringMatching(/ set route to trainings\.$/),
    });
    expect(roboflow.simulator.started()).toEqual([]);
  });
});

test('a route of jobs that was asked for where the jobs are labelling jobs is told so', async () => {
  await using roboflow = await simulateRoboflow({ routes: 'annotation-jobs' });
  await expect(roboflow.startOrAttach({ route: 'jobs' })).rejects.toMatchObject({
    message: 'The jobs of this project are labelling jobs, not trainings.',
    hint: 'Set route to trainings.',
  });
  expect(roboflow.simulator.started()).toEqual([]);
});
