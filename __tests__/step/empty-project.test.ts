import { describe, expect, test } from 'vitest';
import { fineTune, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';

const empty = fineTune({ versions: [], seeded: [] });

describe('a project without versions', () => {
  test.each([
    { routes: 'both', taken: 'trainings, which this server has' },
    { routes: 'trainings', taken: 'trainings, which this server has' },
    { routes: 'jobs', taken: 'jobs, since this server has no v2/trainings' },
  ] as const)('gets its first version, and the route is chosen by it: $routes', async ({ routes, taken }) => {
    await using roboflow = await simulateRoboflow({ scenario: empty, routes });
    const step = await roboflow.runStep({ version: 'new', route: 'auto', thresholds: 'map50 >= 80' });
    expect(step.failures).toEqual([]);
    expect(step.given).toMatchObject({ outcome: 'passed', version: '1', map50: '84.2' });
    expect(roboflow.simulator.started()).toMatchObject([{ version: 1, modelType: 'rfdetr-nano' }]);
    expect(roboflow.simulator.requests.filter(({ route }) => route === 'generate')).toMatchObject([
      { body: { preprocessing: {}, augmentation: {} } },
    ]);
    expect(JSON.parse(step.files.get('results.json') ?? '')).toMatchObject({ run: { route: taken } });
  });

  test.each(['latest', '7'])('has no version to train if version is %s', async (version) => {
    await using roboflow = await simulateRoboflow({ scenario: empty });
    const step = await roboflow.runStep({ version });
    expect(step.failures).toEqual([
      expect.stringContaining(
        'Project acme/hard-hats has no dataset version yet. Generate one on Roboflow, or set version to "new".',
      ),
    ]);
    expect(roboflow.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test.each(['fail', 'skip'])(
    'has no baseline, told before the first version is generated: %s',
    async (missing) => {
      await using roboflow = await simulateRoboflow({ scenario: empty });
      const step = await roboflow.runStep({
        ...{ version: 'new', baseline: 'previous', 'on-missing-baseline': missing },
        thresholds: 'map50 >= baseline\nmap50 >= 80',
      });
      const none = 'the project has no version yet.';
      const posts = roboflow.simulator.requests.filter(({ method }) => method === 'POST');
      if (missing === 'fail') {
        expect(step.failures).toEqual([
          expect.stringContaining(`${none} Nothing was started. For a first training`),
        ]);
        expect(posts).toEqual([]);
      } else {
        expect(step.failures).toEqual([]);
        expect(step.given).toMatchObject({ outcome: 'passed', version: '1' });
        const told = `${none} As on-missing-baseline says, rules that need it are not judged.`;
        expect(step.warnings).toContainEqual(expect.stringContaining(told));
      }
    },
  );
});
