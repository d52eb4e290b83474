import { describe, expect, test } from 'vitest';
import type { MetricsPlace } from '../../../simulator/scenario.ts';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { fineTune, minute, simulateRoboflow } from '../simulated-roboflow.ts';

const noScope = { error: { message: 'missing scope model:infer' } };
const refusedModels: Fault = { route: 'models', do: { kind: 'status', status: 403, body: noScope } };

/** A fine-tune on a version of the older kind, whose metrics only these places show. */
function shownIn(...shows: readonly MetricsPlace[]) {
  const versions = [4, 5, 6, 7].map((number) => versionSpec(number, { kind: 'smpv' }));
  return fineTune({ versions, plan: { ...scenarios['fine-tune'].plan, shows } });
}

describe.each([{ route: 'jobs' }, { route: 'trainings' }] as const)('on the route $route', ({ route }) => {
  const own: Fault['route'] = route === 'jobs' ? 'results' : 'poll';
  /** The first look, then one at the end; what follows on `trainings` are the results. */
  const times = { 'poll-interval': '100m', timeout: '5h' };
  const nth = route === 'jobs' ? ([1, 999] as const) : ([3, 999] as const);

  test('a models list that is refused leaves the metrics that stand in the version', async () => {
    await using roboflow = await simulateRoboflow({ scenario: shownIn('version'), faults: [refusedModels] });
    const step = await roboflow.runStep({ route, thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('map50')).toBe('84.2');
  });

  test('a models list that is refused is the reason if nothing else has metrics', async () => {
    await using roboflow = await simulateRoboflow({ scenario: shownIn('models'), faults: [refusedModels] });
    const step = await roboflow.runStep({ route, thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([
      expect.stringMatching(
        /^Not judged: Roboflow answered 403 "missing scope model:infer": GET \/acme\/hard-hats\/models\. The key is valid but may not do this: .*model:infer/,
      ),
    ]);
  });

  const final = [400, 401, 402, 403, 422];
  test.each(final)(
    'results that are refused with %d end it at once, whatever stands elsewhere, and say how to judge it later',
    async (status) => {
      const faults: Fault[] = [{ route: own, nth, do: { kind: 'status', status } }];
      await using roboflow = await simulateRoboflow({ scenario: shownIn('models'), faults });
      const step = await roboflow.runStep({ ...times, route, thresholds: 'map50 >= 80' });
      const path = route === 'jobs' ? '/training/results' : '/v2/trainings/get';
      const id = step.outputs.get('job-id');
      expect(step.failures).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Not judged: Roboflow answered ${status} .*: GET /acme/hard-hats/7${path}\\. .* To judge it without paying again, set job-id to ${id}\\.$`,
          ),
        ),
      ]);
      expect(roboflow.requestLines().filter((each) => each.endsWith('/models'))).toEqual([]);
    },
  );

  test('results that stay away are waited for at least two minutes', async () => {
    const faults: Fault[] = [{ route: own, nth, do: { kind: 'status', status: 404 } }];
    await using roboflow = await simulateRoboflow({ scenario: shownIn('models'), faults });
    const step = await roboflow.runStep({ ...times, route, thresholds: 'map50 >= 80' });
    const reads = roboflow.simulator.requests.filter(({ route: to }) => to === own).slice(nth[0] - 1);
    expect((reads.at(-1)?.atMs ?? 0) - (reads[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(2 * minute);
    // On jobs they are of the version, and the models list may have what they do not; on v2 they are the training itself.
    expect(step.failures).toEqual(route === 'jobs' ? [] : [expect.stringContaining('answered 404')]);
  });

  test('a source that is out of order for good is no reason to go by the others', async () => {
    const faults: Fault[] = [{ route: 'models', do: { kind: 'status', status: 502 } }];
    await using roboflow = await simulateRoboflow({ scenario: shownIn('version'), faults });
    const step = await roboflow.runStep({ route, thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([expect.stringContaining('answered 502')]);
  });
});

test.each([404, 405, 501])(
  'results that a version does not have leave the models list to be read on the route jobs: %d',
  async (status) => {
    const faults: Fault[] = [{ route: 'results', do: { kind: 'status', status } }];
    await using roboflow = await simulateRoboflow({ scenario: shownIn('models'), faults });
    const step = await roboflow.runStep({
      route: 'jobs',
      'poll-interval': '100m',
      thresholds: 'map50 >= 80',
    });
    expect(step.failures).toEqual([]);
    expect(step.outputs.get('map50')).toBe('84.2');
  },
);

test('of a baseline, what a refused source says is told', async () => {
  const scenario = shownIn('version');
  const seeded = scenario.seeded.map((run) => ({
    ...run,
    plan: { ...run.plan, shows: ['models'] as const },
  }));
  await using roboflow = await simulateRoboflow({
    scenario: { ...scenario, seeded },
    faults: [refusedModels],
  });
  const step = await roboflow.runStep({ baseline: '6', thresholds: 'map50 >= 80\nmap50 >= baseline' });
  expect(step.failures).toEqual([expect.stringContaining('missing scope model:infer')]);
});

// Among them what the report shows of its classes and its evaluation, which is done by then.
describe('a finished training that job-id names is judged with few requests', () => {
  const plan = { ...scenarios['fine-tune'].plan, shows: ['models'] as const };
  const finished = { version: 7, modelType: 'rfdetr-nano', agoMs: 300 * minute, plan };
  const alone = [finished];
  const besideOlder = [{ ...finished, agoMs: 600 * minute }, finished];

  test.each<{ route: string; version: string; seeded: typeof alone; by: 'id' | 'jobId'; most: number }>([
    { route: 'trainings', version: '7', seeded: alone, by: 'id', most: 13 },
    { route: 'trainings', version: '7', seeded: besideOlder, by: 'id', most: 13 },
    { route: 'jobs', version: '', seeded: alone, by: 'jobId', most: 12 },
    { route: 'jobs', version: '', seeded: besideOlder, by: 'jobId', most: 12 },
    { route: 'auto', version: '7', seeded: alone, by: 'jobId', most: 14 },
    // Every version's list is read to look for the id on v2/trainings.
    { route: 'auto', version: '', seeded: alone, by: 'jobId', most: 17 },
  ])(
    'on route $route, by its $by and version "$version": at most $most',
    async ({ route, version, seeded, by, most }) => {
      await using roboflow = await simulateRoboflow({ scenario: fineTune({ seeded }) });
      const jobId = roboflow.simulator.trainings.at(-1)?.[by] ?? '';
      const step = await roboflow.runStep({ route, version, 'job-id': jobId, project: 'hard-hats' });
      expect(step.failures).toEqual([]);
      expect(step.outputs.get('map50')).toBe('84.2');
      expect(roboflow.requestLines().length).toBeLessThanOrEqual(most);
      expect(roboflow.requestLines().filter((line) => !line.startsWith('GET '))).toEqual([]);
      expect(step.state).toEqual(new Map());
    },
  );
});
