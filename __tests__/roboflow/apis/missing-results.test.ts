import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../simulator/simulator.ts';
import { jobsRoute } from '../../../src/roboflow/apis/jobs-api.ts';
import { training } from '../../training/fake-route.ts';
import { noWishes, simulateRoboflow } from '../simulated-roboflow.ts';

const ours = training({ id: 'job_own', status: 'complete', phase: 'succeeded' });

describe('results that are not there', () => {
  test('since the server cannot tell several trainings apart are told with code and cure', async () => {
    const error = { code: 'MULTIPLE_TRAININGS', message: 'This version has several trainings.' };
    const faults: Fault[] = [{ route: 'results', do: { kind: 'status', status: 409, body: { error } } }];
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    const route = jobsRoute(roboflow.here);
    await expect(route.results(ours, undefined, noWishes)).rejects.toMatchObject({
      message: expect.stringContaining('answered 409 "MULTIPLE_TRAININGS: '),
      hint: expect.stringContaining('Several trainings belong to this version'),
    });
  });
});

describe('results of a training that no list shows', () => {
  const withModel = (id: number, map: string | undefined) => ({
    id: `acme/hard-hats/${id}`,
    ...(map !== undefined && { model: { id: `hard-hats/${id}`, map } }),
  });
  const versions = [withModel(4, '61.5'), withModel(5, '70'), withModel(6, undefined), withModel(7, '91')];
  const faults: Fault[] = [
    { route: 'project', do: { kind: 'json', body: { versions } } },
    { route: 'list', do: { kind: 'json', body: { jobs: [] } } },
  ];

  test.each([
    { place: { below: 7 }, version: 5, map50: 70 },
    { place: { below: 5 }, version: 4, map50: 61.5 },
    { place: { version: 7 }, version: 7, map50: 91 },
    { place: { version: 6 }, version: undefined, map50: undefined },
    { place: { below: 4 }, version: undefined, map50: undefined },
  ])('at $place are those of version $version', async ({ place, version, map50 }) => {
    await using roboflow = await simulateRoboflow({ routes: 'jobs', faults });
    const found = await jobsRoute(roboflow.here).trainedVersion(place);
    expect(found?.version).toBe(version);
    expect(found?.unlisted?.models[0]?.metrics.get('map50')).toBe(map50);
  });
});
