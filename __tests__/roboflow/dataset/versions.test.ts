import { describe, expect, test } from 'vitest';
import { versionSpec } from '../../../simulator/scenarios/base.ts';
import type { Fault, FaultAction } from '../../../simulator/simulator.ts';
import { existingVersion, generateVersion, projectVersions } from '../../../src/roboflow/dataset/versions.ts';
import { getProjectVersions } from '../../../src/roboflow/endpoints/project.ts';
import type { VersionChoice } from '../../../src/training/training.ts';
import {
  fineTune,
  minute,
  project,
  type SimulatedRoboflow,
  simulateRoboflow,
} from '../simulated-roboflow.ts';

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

/** Which versions there are in the end, whatever was answered. */
async function versionsOf(roboflow: SimulatedRoboflow): Promise<readonly number[]> {
  roboflow.clock.pass(minute);
  return (await getProjectVersions(roboflow.here)).map(({ number }) => number);
}

describe('a new version', () => {
  const highest = versionSpec(10, {
    preprocessing: { resize: { width: 640, height: 640 } },
    augmentation: { noise: { percent: 2 } },
  });
  const scenario = fineTune({ versions: [versionSpec(9), highest, versionSpec(2)], seeded: [] });

  test.each<{ name: string; given: object; expected: object }>([
    {
      name: 'takes over everything from the highest version',
      given: {},
      expected: { preprocessing: highest.preprocessing, augmentation: highest.augmentation },
    },
    {
      name: 'takes over the augmentation if only the preprocessing is given',
      given: { preprocessing: { resize: { width: 320 } } },
      expected: { preprocessing: { resize: { width: 320 } }, augmentation: highest.augmentation },
    },
    {
      name: 'takes over the preprocessing if only the augmentation is given, if empty',
      given: { augmentation: {} },
      expected: { preprocessing: highest.preprocessing, augmentation: {} },
    },
    {
      name: 'takes over nothing if both are given',
      given: { preprocessing: {}, augmentation: { flip: { horizontal: true } } },
      expected: { preprocessing: {}, augmentation: { flip: { horizontal: true } } },
    },
  ])('$name', async ({ given, expected }) => {
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

const lost: readonly { readonly name: string; readonly action: FaultAction }[] = (
  ['before', 'after'] as const
).flatMap((effect) =>
  (
    [
      { name: 'a reset', action: { kind: 'reset', effect } },
      { name: 'a cut body', action: { kind: 'cut', effect } },
      { name: 'an empty body', action: { kind: 'empty', effect } },
      { name: 'garbage', action: { kind: 'garbage', effect } },
      { name: 'a page of HTML', action: { kind: 'html', status: 200, effect } },
      { name: 'a 500', action: { kind: 'status', status: 500, effect } },
      { name: 'a 504', action: { kind: 'status', status: 504, effect } },
      { name: 'a 408', action: { kind: 'status', status: 408, effect } },
      { name: 'JSON without a number', action: { kind: 'json', body: { message: 'ok' }, effect } },
    ] as const
  ).map(({ name, action }) => ({ name: `${name} ${effect} it had its effect`, action })),
);

describe('an unclear answer to generate', () => {
  test.each(lost)('makes no second version: $name', async ({ action }) => {
    await using roboflow = await simulateRoboflow({ faults: [{ route: 'generate', nth: 1, do: action }] });
    expect(await generate(roboflow)).toBe(8);
    expect(await versionsOf(roboflow)).toEqual([8, 7, 6, 5, 4]);
  });

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

describe('a clear answer to generate', () => {
  test.each([400, 401, 402, 403, 404, 409, 422, 423])('that is a refusal ends it: %d', async (status) => {
    await using roboflow = await simulateRoboflow({
      faults: [{ route: 'generate', do: { kind: 'status', status } }],
    });
    await expect(generate(roboflow)).rejects.toThrow(`answered ${status}`);
    expect(generations(roboflow)).toHaveLength(1);
    expect(await versionsOf(roboflow)).toEqual([7, 6, 5, 4]);
  });

  test('that turns it away for now is followed by another try, since it made nothing', async () => {
    const faults: Fault[] = [{ route: 'generate', nth: [1, 2], do: { kind: 'status', status: 429 } }];
    await using roboflow = await simulateRoboflow({ faults });
    expect(await generate(roboflow)).toBe(8);
    expect(generations(roboflow)).toHaveLength(3);
    expect(await versionsOf(roboflow)).toEqual([8, 7, 6, 5, 4]);
  });
});

test('no training is started on a version that could not be made', async () => {
  await using roboflow = await simulateRoboflow({ faults: [{ route: 'generate', do: { kind: 'reset' } }] });
  const step = await roboflow.runStep({ version: 'new' });
  expect(step.outputs.get('outcome')).toBe('undecided');
  expect(step.failures).toHaveLength(1);
  expect(roboflow.simulator.started()).toEqual([]);
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
