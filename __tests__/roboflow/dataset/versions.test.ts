import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { existingVersion, generateVersion, projectVersions } from '../../../src/roboflow/dataset/versions.ts';
import type { VersionChoice } from '../../../src/training/training.ts';
import { fineTune, project, type SimulatedRoboflow, simulateRoboflow } from '../simulated-roboflow.ts';

const fresh = { kind: 'new', preprocessing: undefined, augmentation: undefined } as const;

/** The number of the existing version that `choice` names. */
async function existing(roboflow: SimulatedRoboflow, choice: VersionChoice): Promise<number | undefined> {
  return existingVersion(choice, await projectVersions(roboflow.here), project)?.number;
}

async function generate(roboflow: SimulatedRoboflow, changes: object = {}): Promise<number> {
  const { here, timeoutAtMs } = roboflow;
  const versions = await projectVersions(here);
  return generateVersion({ ...fresh, ...changes }, versions, here, timeoutAtMs);
}

function generations(roboflow: SimulatedRoboflow): readonly unknown[] {
  return roboflow.simulator.requests.filter(({ route }) => route === 'generate').map(({ body }) => body);
}

describe('a new version', () => {
  const highest = versionSpec(10, {
    preprocessing: { resize: { width: 640, height: 640 } },
    augmentation: { noise: { percent: 2 } },
  });
  const scenario = fineTune({ versions: [versionSpec(9), highest, versionSpec(2)], seeded: [] });

  const { preprocessing, augmentation } = highest;
  const resize = { resize: { width: 320 } };
  const both = { preprocessing: {}, augmentation: { flip: { horizontal: true } } };
  test.each<[name: string, given: object, expected: object]>([
    ['takes over everything from the highest version', {}, { preprocessing, augmentation }],
    ['takes over the augmentation alone', { preprocessing: resize }, { preprocessing: resize, augmentation }],
    ['takes over the preprocessing alone', { augmentation: {} }, { preprocessing, augmentation: {} }],
    ['takes over nothing if both are given', both, both],
  ])('%s', async (_, given, expected) => {
    await using roboflow = await simulateRoboflow({ scenario });
    expect(await generate(roboflow, given)).toBe(11);
    expect(generations(roboflow)).toEqual([expected]);
    expect(roboflow.log).toEqual(['Generating version 11.']);
  });

  test('is the first of a project that has none, with both objects in the body', async () => {
    const faults: Fault[] = [{ route: 'project', nth: 1, do: { kind: 'json', body: { versions: [] } } }];
    await using roboflow = await simulateRoboflow({ faults });
    await generate(roboflow);
    expect(generations(roboflow)).toEqual([{ preprocessing: {}, augmentation: {} }]);
  });

  test('may be named by a number in a string', async () => {
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ versionAsString: true }) });
    expect(await generate(roboflow)).toBe(8);
  });
});

// That no answer to generate makes a second version, and no refusal a training: flow/generate.test.ts.
describe('an unclear answer to generate', () => {
  const flip = { flip: { horizontal: true } };
  test.each<[name: string, asked: object, shown: Readonly<Record<string, unknown>>, isOurs: boolean]>([
    ['of the same settings', flip, flip, true],
    [
      'whose settings are written otherwise',
      { bounding_box_blur: { percent: '2' } },
      { 'Bounding-Box-Blur': { percent: 2 } },
      true,
    ],
    ['with settings of its own', flip, { ...flip, image: { versions: 3 } }, true],
    ['of another value', flip, { flip: { horizontal: false } }, false],
    ['that lacks a setting', flip, { noise: { percent: 2 } }, false],
    ['of another form', flip, { flip: 'horizontal' }, false],
  ])(
    'leaves it open whose a version is only if it cannot be ours: one %s',
    async (_, augmentation, shown, isOurs) => {
      const scenario = fineTune({ otherVersions: [{ afterGenerate: 1, augmentation: shown }] });
      const faults: Fault[] = [{ route: 'generate', nth: 1, do: { kind: 'reset' } }];
      await using roboflow = await simulateRoboflow({ scenario, faults });
      const made = generate(roboflow, { augmentation });
      if (isOurs) expect(await made).toBe(8);
      else
        await expect(made).rejects.toThrow(
          'version 8 is new, but its augmentation is not what was asked for',
        );
      expect(generations(roboflow)).toHaveLength(1);
    },
  );
});

describe('the latest version', () => {
  const latest = { kind: 'latest' } as const;

  test('is the highest that exists, whatever the order of the list', async () => {
    const versions = [versionSpec(9), versionSpec(10), versionSpec(2)];
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions, seeded: [] }) });
    expect(await existing(roboflow, latest)).toBe(10);
  });

  test('does not exist in a project without versions', async () => {
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions: [], seeded: [] }) });
    await expect(existing(roboflow, latest)).rejects.toMatchObject({
      message: 'Project acme/hard-hats has no dataset version yet.',
      hint: 'Generate one on Roboflow, or set version to "new".',
    });
  });

  test('is not guessed from a list that cannot be read', async () => {
    const faults: Fault[] = [{ route: 'project', nth: [1, 3], do: { kind: 'json', body: { versions: 4 } } }];
    await using roboflow = await simulateRoboflow({ faults });
    expect(await existing(roboflow, latest)).toBe(7);
  });
});
