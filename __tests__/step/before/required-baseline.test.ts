import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../simulator/scenarios.ts';
import type { Fault } from '../../../simulator/simulator.ts';
import { prepare } from '../../../src/step/before/prepare.ts';
import { inputs } from '../../inputs/given.ts';
import {
  type SimulatedRoboflow,
  type SimulationOptions,
  simulateRoboflow,
} from '../../roboflow/simulated-roboflow.ts';

type Given = Readonly<Record<string, string>>;

const compares = { thresholds: 'map50 >= baseline' };

/** The baseline that the step compares with. */
async function baselineWith(roboflow: SimulatedRoboflow, given: Given) {
  const asked = inputs({ project: 'acme/hard-hats', ...compares, ...given });
  const { baseline } = await prepare(asked, roboflow.here, undefined);
  if (baseline.kind !== 'training') return baseline;
  const { version, modelType, results } = baseline;
  return { version, modelType, map50: results.models[0]?.metrics.get('map50') };
}

const both = (['jobs', 'trainings'] as const).map((route) => ({ route }));

describe.each(both)('the baseline, on the route $route', ({ route }) => {
  test.each<{ name: string; options?: SimulationOptions; given: Given; expected: object }>([
    {
      name: 'of the version before',
      given: { baseline: 'previous' },
      expected: { version: 6, modelType: 'rfdetr-nano', map50: 80.9 },
    },
    {
      name: 'of the version that is named',
      given: { baseline: '5' },
      expected: { version: 5, modelType: 'rfdetr-nano', map50: 77.5 },
    },
    {
      name: 'of the highest version, if a new one is to be generated',
      given: { baseline: 'previous', version: 'new' },
      expected: { version: 6, modelType: 'rfdetr-nano', map50: 80.9 },
    },
    {
      name: 'of another model type, if there is none of the same',
      given: { baseline: '6', 'model-type': 'rfdetr-small' },
      expected: { version: 6, modelType: 'rfdetr-nano', map50: 80.9 },
    },
    {
      name: 'that no list has, from the version itself',
      options: { scenario: scenarios['unlisted-baseline'] },
      given: { baseline: '6' },
      expected: { version: 6, map50: 80.9 },
    },
    {
      name: 'that no list has, on the version before',
      options: { scenario: scenarios['unlisted-baseline'] },
      given: { baseline: '6', version: 'new' },
      expected: { version: 6, map50: 80.9 },
    },
  ])('is that $name', async ({ options, given, expected }) => {
    await using roboflow = await simulateRoboflow(options);
    expect(await baselineWith(roboflow, { route, ...given })).toMatchObject(expected);
  });

  test.each<{ name: string; given: Given; lack: string }>([
    {
      name: 'its version has no training that succeeded',
      given: { baseline: '4' },
      lack: 'no training has succeeded on version 4',
    },
    {
      name: 'no version before has one',
      given: { baseline: 'previous', version: '5' },
      lack: 'no training has succeeded on a version below 5',
    },
    {
      name: 'it does not report what a rule needs',
      given: { baseline: '6', thresholds: 'map50 >= baseline\nf1 >= baseline - 1' },
      lack: 'version 6 does not report what "f1 >= baseline - 1" needs',
    },
  ])('is missing if $name: an error before the start, or skipped', async ({ given, lack }) => {
    await using roboflow = await simulateRoboflow();
    const wanted = { route, ...compares, ...given };
    await expect(roboflow.startOrAttach(wanted)).rejects.toMatchObject({
      name: 'TrainGateError',
      message: `There is no baseline: ${lack}. Nothing was started.`,
      hint: expect.stringMatching(/^For a first training, set on-missing-baseline to "skip"/),
    });
    expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    const skipping = { ...wanted, 'on-missing-baseline': 'skip' };
    expect(await baselineWith(roboflow, skipping)).toEqual({ kind: 'skipped', reason: lack });
    expect(roboflow.log).toContain(
      `There is no baseline: ${lack}. As on-missing-baseline says, rules that need it are not judged.`,
    );
  });

  test('is no condition of a start if no rule compares with it', async () => {
    await using roboflow = await simulateRoboflow();
    const given = { route, baseline: '4', thresholds: 'map50 >= 80' };
    expect(await baselineWith(roboflow, given)).toEqual({
      kind: 'missing',
      reason: 'no training has succeeded on version 4',
    });
    expect(await roboflow.startOrAttach(given)).toMatchObject({ origin: 'started' });
  });

  test('of a version that does not exist is a mistake, also with skip', async () => {
    await using roboflow = await simulateRoboflow();
    const startMs = roboflow.clock.now();
    for (const onMissing of ['fail', 'skip'])
      await expect(
        roboflow.startOrAttach({ route, ...compares, baseline: '99', 'on-missing-baseline': onMissing }),
      ).rejects.toMatchObject({
        message: 'baseline is version 99, which does not exist. Nothing was started.',
        hint: 'The project has versions up to 7: set baseline to one of them, or to "previous".',
      });
    expect(roboflow.clock.now()).toBe(startMs);
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test.each(['only', 'running'])(
    'of a version that does not exist is told at once, also if nothing is started (reuse: %s)',
    async (reuse) => {
      await using roboflow = await simulateRoboflow();
      const { training } = await roboflow.startOrAttach({ route });
      const given = { route, ...compares, baseline: '99', reuse };
      const named = { ...given, reuse: '', 'job-id': training.id };
      const startMs = roboflow.clock.now();
      for (const each of [given, named])
        await expect(roboflow.startOrAttach(each)).rejects.toMatchObject({
          message: 'baseline is version 99, which does not exist. Nothing was started.',
        });
      expect(roboflow.clock.now()).toBe(startMs);
    },
  );

  test('that is missing names the training that could be judged without it', async () => {
    await using roboflow = await simulateRoboflow();
    const { training } = await roboflow.startOrAttach({ route });
    await expect(roboflow.startOrAttach({ route, ...compares, baseline: '4' })).rejects.toMatchObject({
      message: `There is no baseline: no training has succeeded on version 4. Training ${training.id} was not judged, and was left as it is.`,
      hint: expect.stringMatching(
        new RegExp(`^To judge it, set job-id to ${training.id}, and on-missing-baseline to "skip"`),
      ),
    });
  });

  test('cannot be the version that is judged, also if that is the latest', async () => {
    await using roboflow = await simulateRoboflow();
    const given = { route, ...compares, version: 'latest', baseline: '7' };
    await expect(roboflow.startOrAttach(given)).rejects.toMatchObject({
      message: expect.stringContaining('baseline is version 7, which is the one to judge'),
      hint: 'Set baseline to another version, or to "previous".',
    });
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test('that cannot be read is an error, not a missing one', async () => {
    const reads = route === 'jobs' ? 'results' : 'poll';
    const faults: Fault[] = [{ route: reads, do: { kind: 'status', status: 403 } }];
    await using roboflow = await simulateRoboflow({ faults });
    await expect(
      roboflow.startOrAttach({ route, ...compares, baseline: '6', 'on-missing-baseline': 'skip' }),
    ).rejects.toMatchObject({ name: 'ApiError', message: expect.stringContaining('answered 403') });
    expect(roboflow.simulator.started()).toEqual([]);
  });
});

test('of several rules on classes reads its evaluation once', async () => {
  await using roboflow = await simulateRoboflow();
  const thresholds = 'recall[helmet] >= baseline\nf1[vest]@test >= baseline - 1\nmap75@test >= baseline';
  expect(await baselineWith(roboflow, { baseline: '6', thresholds })).toMatchObject({ version: 6 });
  for (const part of ['/model-evals', '/confidence-sweep', '/map-results'])
    expect(roboflow.requestLines().filter((line) => line.endsWith(part))).toHaveLength(1);
});

describe('of two trainings on the version to compare with', () => {
  test.each([
    { modelType: 'rfdetr-nano', map50: 80.9 },
    { modelType: 'yolov11n', map50: 88.6 },
    { modelType: 'yolov11', shown: 'yolov11n', map50: 88.6 },
    { modelType: 'rfdetr-medium', shown: 'yolov11n', map50: 88.6 },
  ])('the one of the same model type is the baseline: $modelType', async ({ modelType, shown, map50 }) => {
    const scenario = {
      ...scenarios['two-baselines'],
      modelTypes: ['rfdetr-nano', 'rfdetr-medium', 'yolov11', 'yolov11n'],
    };
    await using roboflow = await simulateRoboflow({ scenario });
    expect(await baselineWith(roboflow, { baseline: '6', 'model-type': modelType })).toMatchObject({
      version: 6,
      modelType: shown ?? modelType,
      map50,
    });
  });

  test('the report names the type if it is another one', async () => {
    await using roboflow = await simulateRoboflow({ scenario: scenarios['two-baselines'] });
    const step = await roboflow.runStep({ baseline: '6', ...compares, 'model-type': 'rfdetr-medium' });
    expect(step.summaryText).toContain('yolov11n');
  });
});
