import { describe, expect, test } from 'vitest';
import type { Fault, RoutesMode } from '../../simulator/simulator.ts';
import { expectNoKey } from './no-key.ts';
import { routeOf } from './requests.ts';
import { brief } from './scenes.ts';
import { openWorld } from './world.ts';

describe('the same workflow', () => {
  test.for<{ routes: RoutesMode; origin: string; reason: string }>([
    { routes: 'jobs', origin: 'jobs', reason: 'jobs, since this server has no v2/trainings' },
    { routes: 'trainings', origin: 'trainings', reason: 'trainings, which this server has' },
    { routes: 'annotation-jobs', origin: 'trainings', reason: 'trainings, which this server has' },
    { routes: 'both', origin: 'trainings', reason: 'trainings, which this server has' },
  ])('passes with exactly one training on a server with $routes', async ({ routes, origin, reason }) => {
    await using world = await openWorld({ scenario: brief('fine-tune'), routes });
    const result = await world.main();
    expect(result.failures).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.given).toMatchObject({ outcome: 'passed', version: '7', map50: '84.2' });
    expect(result.stdout).toContain(`Route: ${reason}.\n`);
    expect(world.simulator.started()).toMatchObject([{ origin, version: 7, modelType: 'rfdetr-nano' }]);
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expectNoKey(world, result);
  });
});

describe('a start that the server does not know', () => {
  test('since its jobs are labelling jobs is not sent on the other route too', async () => {
    const faults: Fault[] = [{ route: 'list', do: { kind: 'json', body: { jobs: [] } } }];
    await using world = await openWorld({ scenario: brief('fine-tune'), routes: 'annotation-jobs', faults });
    const result = await world.main({ route: 'jobs' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringContaining('answered 400 "Missing required fields: name')]);
    expect(world.simulator.started()).toEqual([]);
    expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('a project for action recognition', () => {
  const modelType = 'cosmos3-edge';
  const videos = { ...brief('fine-tune'), projectType: 'action-recognition', modelTypes: [modelType] };
  test.each<[string, RoutesMode, object, boolean]>([
    ['is not trained on the route jobs', 'both', { route: 'jobs' }, false],
    ['is not trained on a server that has no other', 'jobs', {}, false],
    ['has no version generated for that either', 'jobs', { version: 'new' }, false],
    ['is trained on the route trainings', 'both', { route: 'trainings' }, true],
    ['is trained where both are there', 'both', {}, true],
  ])('%s', async (_, routes, given, isTrained) => {
    await using world = await openWorld({ scenario: videos, routes });
    const result = await world.main({ 'model-type': modelType, ...given });
    expect(world.simulator.started()).toHaveLength(isTrained ? 1 : 0);
    const lines = world.simulator.requests.map(({ method, path }) => `${method} ${path}`);
    expect(lines.some((line) => line.endsWith('/video-coco'))).toBe(isTrained);
    if (isTrained) return;
    expect(result.failures.join()).toContain(
      "A project for action recognition needs Roboflow's v2/trainings",
    );
    expect(lines.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('is the only kind that the route jobs does not train', async () => {
    await using world = await openWorld({ scenario: { ...videos, projectType: 'object-detection' } });
    await world.main({ 'model-type': modelType, route: 'jobs' });
    expect(world.simulator.started()).toHaveLength(1);
  });
});

describe('a plain start on the route jobs', () => {
  test('costs fourteen requests besides the looks if the route is looked for', async () => {
    await using world = await openWorld({ scenario: brief('fine-tune'), routes: 'jobs' });
    const result = await world.main({ project: 'acme/hard-hats' });
    expect(result.exitCode).toBe(0);
    expect(routeOf(world.simulator)).toEqual([
      'GET /acme/hard-hats',
      'GET /acme/hard-hats/7/v2/trainings',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/ID',
      'GET /acme/hard-hats/7/training/results',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/models',
      'GET /acme/hard-hats/7',
      'GET /acme/model-evals/compare',
      'GET /acme/model-evals',
      'GET /acme/hard-hats/models',
    ]);
    // Read more than once: v2, which is denied, the jobs, and the models, for the results and for the history of the project.
    const looks = world.simulator.requests.filter(({ route }) => route === 'poll').length;
    expect(world.simulator.requests).toHaveLength(looks + 14);
  });
});
