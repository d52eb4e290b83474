import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { existingVersion, projectVersions } from '../../../src/roboflow/dataset/versions.ts';
import type { VersionChoice } from '../../../src/training/training.ts';
import { fineTune, project, simulateRoboflow } from '../simulated-roboflow.ts';

/** The version that `choice` names in a project with these versions. */
async function chosen(choice: VersionChoice, numbers: readonly number[]) {
  const versions = numbers.map((number) => versionSpec(number));
  await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions, seeded: [] }) });
  const startMs = roboflow.clock.now();
  const found = existingVersion(choice, await projectVersions(roboflow.here), project);
  return { number: found?.number, tookMs: roboflow.clock.now() - startMs };
}

describe('a version that the workflow names', () => {
  test.each<{ choice: VersionChoice; expected: number | undefined }>([
    { choice: { kind: 'number', number: 9 }, expected: 9 },
    { choice: { kind: 'latest' }, expected: 10 },
    { choice: { kind: 'new', preprocessing: undefined, augmentation: undefined }, expected: undefined },
  ])('is $expected for $choice', async ({ choice, expected }) => {
    expect((await chosen(choice, [9, 10, 2])).number).toBe(expected);
  });

  const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);
  const twenty = upTo(30).reverse().slice(0, 20).join(', ');
  test.each<[what: string, numbers: readonly number[], has: string]>([
    ['which ones there are', [9, 10, 2], 'versions 10, 9, 2'],
    ['the only one', [4], 'version 4'],
    ['the highest of many', upTo(30), `versions ${twenty} and 10 more`],
  ])('and does not exist is answered with %s', async (_, numbers, has) => {
    await expect(chosen({ kind: 'number', number: 99 }, numbers)).rejects.toMatchObject({
      name: 'TrainGateError',
      message: `There is no version 99 of acme/hard-hats: it has ${has}.`,
      hint: 'Set version to one of these, to "latest" or to "new".',
    });
  });

  test('and does not exist is answered with that there is none at all', async () => {
    await expect(chosen({ kind: 'number', number: 99 }, [])).rejects.toMatchObject({
      message: 'Project acme/hard-hats has no dataset version yet.',
      hint: 'Generate one on Roboflow, or set version to "new".',
    });
  });

  test('and does not exist ends the step at once: it is no flicker', async () => {
    await using roboflow = await simulateRoboflow();
    const startMs = roboflow.clock.now();
    const step = await roboflow.runStep({ version: '99' });
    expect(step.failures).toEqual([
      expect.stringContaining(
        'There is no version 99 of acme/hard-hats: it has versions 7, 6, 5, 4. Set version',
      ),
    ]);
    expect(roboflow.clock.now()).toBe(startMs);
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hats']);
  });
});

describe('a project that does not exist', () => {
  const notThere = expect.stringMatching(
    /^Check project and workspace: slugs .* A scoped key that lacks a permission can get the same answer\.$/,
  );
  const other = { ...project, project: 'hard-hat' };

  test('is told with the nearest of the workspace, and at once', async () => {
    await using roboflow = await simulateRoboflow();
    const startMs = roboflow.clock.now();
    await expect(projectVersions({ ...roboflow.here, project: other })).rejects.toMatchObject({
      name: 'TrainGateError',
      message: 'There is no project acme/hard-hat that the key may see.',
      hint: 'Workspace acme has hard-hats; did you mean "hard-hats"?',
    });
    expect(roboflow.clock.now()).toBe(startMs);
    expect(roboflow.requestLines()).toEqual(['GET /acme/hard-hat', 'GET /acme']);
  });

  test.each<{ name: string; slugs: readonly string[]; hint: unknown }>([
    { name: 'none is near', slugs: ['cats', 'dogs'], hint: 'Workspace acme has cats, dogs.' },
    {
      name: 'there are many',
      slugs: Array.from({ length: 23 }, (_, index) => `site-${index + 1}`),
      hint: `Workspace acme has ${Array.from({ length: 20 }, (_, index) => `site-${index + 1}`).join(', ')} and 3 more.`,
    },
    {
      name: 'there are none',
      slugs: [],
      hint: notThere,
    },
  ])('is told with what there is if $name', async ({ slugs, hint }) => {
    const projects = slugs.map((slug) => ({ id: `acme/${slug}` }));
    const faults: Fault[] = [{ route: 'workspace', do: { kind: 'json', body: { workspace: { projects } } } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(projectVersions({ ...roboflow.here, project: other })).rejects.toMatchObject({ hint });
  });

  test.each([403, 404, 500])('is told also if the projects cannot be listed: %d', async (status) => {
    const faults: Fault[] = [{ route: 'workspace', do: { kind: 'status', status } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(projectVersions({ ...roboflow.here, project: other })).rejects.toMatchObject({
      message: 'There is no project acme/hard-hat that the key may see.',
      hint: notThere,
    });
    expect(roboflow.requestLines()).toHaveLength(2);
  });

  test('is not what a key means that may not read it', async () => {
    const faults: Fault[] = [{ route: 'project', do: { kind: 'status', status: 401 } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(projectVersions(roboflow.here)).rejects.toMatchObject({
      name: 'ApiError',
      message: expect.stringContaining('answered 401'),
    });
  });
});
