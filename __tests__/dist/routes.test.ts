import { describe, expect, test } from 'vitest';
import { type Fault, type RoutesMode, startSimulator } from '../../simulator/simulator.ts';
import { errorsOf, expectNoKey, routeOf, runAgainst } from './run.ts';
import { brief, endless, leftRunning } from './scenes.ts';
import { ROUTES } from './stages.ts';

const SPEED = 300;

describe('the same workflow', () => {
  test.concurrent.for<{ routes: RoutesMode; origin: string; reason: string }>([
    { routes: 'jobs', origin: 'jobs', reason: 'jobs, the jobs of this project are trainings' },
    { routes: 'trainings', origin: 'trainings', reason: 'trainings, there is no list of jobs' },
    {
      routes: 'annotation-jobs',
      origin: 'trainings',
      reason: 'trainings, the jobs of this project are labelling jobs',
    },
    { routes: 'both', origin: 'jobs', reason: 'jobs, the jobs of this project are trainings' },
  ])('passes with exactly one training on a server with $routes', async ({ routes, origin, reason }) => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), routes, speed: SPEED });
    const result = await runAgainst(simulator, { speed: SPEED });
    expect(errorsOf(result)).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'passed', version: '7', map50: '84.2' });
    expect(result.stdout).toContain(`Route: ${reason}.\n`);
    expect(simulator.started()).toMatchObject([{ origin, version: 7, modelType: 'rfdetr-nano' }]);
    expect(simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expectNoKey(result, simulator);
  });
});

/** A project in which nobody has trained yet, so that the list of jobs tells nothing. */
const UNTRAINED = { ...brief('fine-tune'), seeded: [] };

describe('an empty list of jobs', () => {
  test.concurrent.for<{ name: string; routes: RoutesMode; faults: readonly Fault[]; origin: string }>([
    { name: 'there are jobs', routes: 'both', faults: [], origin: 'jobs' },
    {
      name: 'the start is unknown (404)',
      routes: 'both',
      faults: [{ route: 'start', nth: 1, do: { kind: 'status', status: 404 } }],
      origin: 'trainings',
    },
    {
      name: 'the start is not allowed (405)',
      routes: 'both',
      faults: [{ route: 'start', nth: 1, do: { kind: 'status', status: 405 } }],
      origin: 'trainings',
    },
    {
      name: 'the start is taken for that of a labelling job',
      routes: 'annotation-jobs',
      faults: [{ route: 'list', nth: [1, 2], do: { kind: 'json', body: { jobs: [] } } }],
      origin: 'trainings',
    },
    {
      name: 'an answer was lost after the start took effect',
      routes: 'both',
      faults: [{ route: 'start', nth: 1, do: { kind: 'reset', effect: 'after' } }],
      origin: 'jobs',
    },
    {
      name: 'an answer was lost before the start took effect',
      routes: 'both',
      faults: [{ route: 'start', nth: 1, do: { kind: 'status', status: 502 } }],
      origin: 'jobs',
    },
  ])('leads to exactly one training on $origin where $name', async ({ routes, faults, origin }) => {
    await using simulator = await startSimulator({ scenario: UNTRAINED, routes, faults, speed: SPEED });
    const result = await runAgainst(simulator, { speed: SPEED });
    expect(errorsOf(result)).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(simulator.started()).toMatchObject([{ origin, version: 7, modelType: 'rfdetr-nano' }]);
  });
});

describe.each(ROUTES)('the route $route', ({ route, id }) => {
  test.concurrent.for(['job', 'none'])(
    'cancels a training of another type than was asked for, and names both: wait: %s',
    async (wait) => {
      const job = { id, status: 'queued', version: 7, model_type: 'rfdetr-base' };
      const training = { trainingId: id, status: 'queued', modelType: 'rfdetr-base' };
      const body = route === 'jobs' ? job : training;
      const faults: Fault[] = [{ route: 'poll', do: { kind: 'json', body } }];
      await using simulator = await startSimulator({
        scenario: endless(),
        routes: route,
        faults,
        speed: SPEED,
      });
      const result = await runAgainst(simulator, { inputs: { route, wait }, speed: SPEED });
      expect(result.exitCode).toBe(1);
      expect(result.outputs).toMatchObject({ outcome: 'undecided', 'job-id': id });
      expect(errorsOf(result)).toEqual([
        `Undecided: Asked to train rfdetr-nano, Roboflow trains rfdetr-base. Training ${id} was cancelled. Check model-type and version against what Roboflow offers for this project.`,
      ]);
      expect(simulator.started()).toHaveLength(1);
      expect(leftRunning(simulator)).toEqual([]);
      expect(result.state).toEqual({ run: '{"phase":"settled"}' });
      expectNoKey(result, simulator);
    },
  );

  test.concurrent('judges a finished job with at most six requests, and starts nothing', async () => {
    await using simulator = await startSimulator({
      scenario: brief('fine-tune'),
      routes: route,
      speed: SPEED,
    });
    const older = simulator.trainings.find(({ version }) => version === 6);
    const jobId = (route === 'jobs' ? older?.jobId : older?.id) ?? '';
    const inputs = { route, 'job-id': jobId, version: '', 'model-type': '' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(errorsOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(simulator.requests.length).toBeLessThanOrEqual(6);
    expect(simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a finished training', () => {
  test.concurrent.for([
    { name: 'with its version', inputs: { version: '6' } },
    { name: 'by an id that names its version', inputs: { 'job-id': 'acme/hard-hats/6', version: '' } },
  ])('is judged with at most six requests where the route is looked for, $name', async ({ inputs }) => {
    const [legacy, scenario] = [brief('version-only'), brief('fine-tune')];
    await using simulator = await startSimulator({
      scenario: 'job-id' in inputs ? legacy : scenario,
      routes: 'trainings',
      speed: SPEED,
    });
    const older = simulator.trainings.find(({ version }) => version === 6);
    const result = await runAgainst(simulator, {
      inputs: { 'job-id': older?.id ?? '', ...inputs },
      speed: SPEED,
    });
    expect(errorsOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ outcome: 'passed', version: '6', map50: '80.9' });
    expect(simulator.requests.length).toBeLessThanOrEqual(6);
    expect(simulator.started()).toEqual([]);
  });
});

describe('a plain start on the route jobs', () => {
  test.concurrent('costs two requests more than list, start, looks and results', async () => {
    await using simulator = await startSimulator({
      scenario: brief('fine-tune'),
      routes: 'jobs',
      speed: SPEED,
    });
    const result = await runAgainst(simulator, { inputs: { project: 'acme/hard-hats' }, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(routeOf(simulator)).toEqual([
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/ID',
      'GET /acme/hard-hats/7/training/results',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/models',
    ]);
    const looks = simulator.requests.filter(({ route }) => route === 'poll').length;
    expect(simulator.requests).toHaveLength(looks + 7);
  });
});
