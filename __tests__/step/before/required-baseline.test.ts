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

/** What the step would do. */
function prepared(roboflow: SimulatedRoboflow, given: Given) {
  return prepare(inputs({ project: 'acme/hard-hats', ...given }), roboflow.here, undefined);
}

/** The baseline that the step compares with. */
async function baselineWith(roboflow: SimulatedRoboflow, given: Given) {
  const { baseline } = await prepared(roboflow, { ...compares, ...given });
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

  test.each<{ name: string; given: Given; words: string }>([
    {
      name: 'its version has no training that succeeded',
      given: { baseline: '4' },
      words: 'There is no baseline: no training has succeeded on version 4',
    },
    {
      name: 'no version before has one',
      given: { baseline: 'previous', version: '5' },
      words: 'There is no baseline: no training has succeeded on a version below 5',
    },
    {
      name: 'it does not report what a rule needs',
      given: { baseline: '6', thresholds: 'map50 >= baseline\nf1 >= baseline - 1' },
      words: 'There is no baseline for "f1 >= baseline - 1": version 6 does not report what is compared',
    },
    {
      name: 'it does not report what several rules need',
      given: { baseline: '6', thresholds: 'f1 >= baseline\nmap75 >= baseline' },
      words:
        'There is no baseline for "f1 >= baseline" and "map75 >= baseline": version 6 does not report what is compared',
    },
    {
      name: 'it has no such class',
      given: { baseline: '6', thresholds: 'recall[zebra] >= baseline' },
      words:
        'There is no baseline for "recall[zebra] >= baseline": version 6 does not report what is compared',
    },
  ])('is missing if $name: an error before the start, or skipped', async ({ given, words }) => {
    await using roboflow = await simulateRoboflow();
    const wanted = { route, ...compares, ...given };
    await expect(prepared(roboflow, wanted)).rejects.toMatchObject({
      name: 'TrainGateError',
      message: `${words}. Nothing was started.`,
      hint: expect.stringMatching(/^For a first training, set on-missing-baseline to "skip"/),
    });
    const skipped = words.includes('zebra') ? /names the class "zebra"/ : undefined;
    const skipping = prepared(roboflow, { ...wanted, 'on-missing-baseline': 'skip' });
    await (skipped === undefined
      ? expect(skipping).resolves.toBeDefined()
      : expect(skipping).rejects.toThrow(skipped));
    expect(roboflow.log).toContain(
      `${words}. As on-missing-baseline says, rules that need it are not judged.`,
    );
    expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test.each([
    'warn: map50 >= baseline',
    'map50 >= 80\nwarn: f1 >= baseline',
    'warn: recall[zebra] >= baseline',
  ])('that is missing for a rule that only warns is no error: %s', async (thresholds) => {
    await using roboflow = await simulateRoboflow();
    const baseline = thresholds.startsWith('warn: map50') ? '4' : '6';
    expect(await prepared(roboflow, { route, baseline, thresholds })).toBeDefined();
  });

  test('is none if none is named, and nothing is read for it', async () => {
    await using roboflow = await simulateRoboflow();
    const plain = await prepared(roboflow, { route, thresholds: 'map50 >= 80' });
    expect(plain.baseline).toEqual({ kind: 'none' });
    expect(roboflow.requestLines().filter((line) => /\/[456]\b/.test(line))).toEqual([]);
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

  test.each<{ name: string; do: Fault['do']; message: RegExp }>([
    { name: 'a refusal', do: { kind: 'status', status: 403 }, message: /answered 403/ },
    { name: 'a conflict', do: { kind: 'status', status: 409 }, message: /answered 409/ },
    { name: 'an outage', do: { kind: 'status', status: 503 }, message: /answered 503/ },
    { name: 'a reset connection', do: { kind: 'reset' }, message: /GET / },
    { name: 'a page of a proxy', do: { kind: 'html', status: 502 }, message: /GET / },
  ])(
    'that cannot be read is an error with its cause, also with skip: $name',
    async ({ do: action, message }) => {
      const faults: Fault[] = [{ route: route === 'jobs' ? 'results' : 'poll', do: action }];
      await using roboflow = await simulateRoboflow({ faults });
      const given = { route, baseline: '6', 'on-missing-baseline': 'skip' };
      await expect(prepared(roboflow, { ...compares, ...given })).rejects.toMatchObject({
        name: 'ApiError',
        message: expect.stringMatching(message),
      });
      expect(roboflow.simulator.started()).toEqual([]);
      for (const thresholds of ['map50 >= 80', 'map50 >= 80\nwarn: map50 >= baseline'])
        expect(await prepared(roboflow, { ...given, thresholds })).toMatchObject({
          baseline: { kind: 'unread' },
        });
    },
  );
});

describe('a figure of the baseline that an evaluation has', () => {
  const rule = 'f1[helmet] >= baseline - 1';
  const faulty: readonly { name: string; fault: Fault; cause: RegExp; hint: RegExp | undefined }[] = [
    {
      name: 'the list is refused',
      fault: { route: 'evals', do: { kind: 'status', status: 403 } },
      cause: /the key may not read Roboflow's evaluations \(Roboflow answered 403.*GET/,
      hint: /model-eval:read/,
    },
    {
      name: 'the plan has none',
      fault: { route: 'evals', do: { kind: 'status', status: 402 } },
      cause: /the plan of this workspace has no evaluations \(Roboflow answered 402.*GET/,
      hint: /[Uu]pgrade/,
    },
    {
      name: 'there is an outage',
      fault: { route: 'evals', do: { kind: 'status', status: 503 } },
      cause: /could not be read \(Roboflow answered 503.*GET/,
      hint: /again later/,
    },
    {
      name: 'a panel is refused',
      fault: { route: 'eval', do: { kind: 'status', status: 403 } },
      cause: /the key may not read Roboflow's evaluations \(Roboflow answered 403.*GET/,
      hint: /model-eval:read/,
    },
    {
      name: 'a panel is not done',
      fault: { route: 'eval', do: { kind: 'status', status: 409 } },
      cause: /evaluation of this model is still running/,
      hint: /wait/i,
    },
    {
      name: 'it still runs',
      fault: {
        route: 'evals',
        do: { kind: 'json', body: { evals: [{ evalId: 'e1', status: 'running', versionId: '6' }] } },
      },
      cause: /evaluation of this model is still running/,
      hint: /wait/i,
    },
  ];

  test.each(faulty)('is never missing if $name', async ({ fault, cause, hint }) => {
    await using roboflow = await simulateRoboflow({ faults: [fault] });
    const given = { baseline: 'previous', 'on-missing-baseline': 'skip' };
    await expect(prepared(roboflow, { ...given, thresholds: `map50 >= 80\n${rule}` })).rejects.toMatchObject({
      message: expect.stringMatching(cause),
      hint: expect.stringMatching(hint ?? /./),
    });
    expect(roboflow.simulator.started()).toEqual([]);
    const startMs = roboflow.clock.now();
    const other = 'map50 >= baseline - 1';
    const { baseline } = await prepared(roboflow, { ...given, thresholds: `${other}\nwarn: ${rule}` });
    expect(baseline).toMatchObject({ kind: 'training', version: 6 });
    expect(roboflow.clock.now() - startMs).toBeLessThan(60_000);
  });

  test.each<{ name: string; evals: readonly object[] }>([
    { name: 'Roboflow made none', evals: [] },
    { name: 'it failed', evals: [{ evalId: 'e1', status: 'failed', versionId: '6' }] },
  ])('is missing if $name', async ({ evals }) => {
    const faults: Fault[] = [{ route: 'evals', do: { kind: 'json', body: { evals } } }];
    await using roboflow = await simulateRoboflow({ faults });
    const given = { baseline: 'previous', thresholds: `map50 >= 80\n${rule}` };
    await expect(prepared(roboflow, given)).rejects.toThrow(`There is no baseline for "${rule}"`);
    expect(await prepared(roboflow, { ...given, 'on-missing-baseline': 'skip' })).toBeDefined();
  });
});

test('of several rules on classes reads its evaluation once', async () => {
  await using roboflow = await simulateRoboflow();
  const thresholds = 'recall[helmet] >= baseline\nf1[vest]@test >= baseline - 1\nmap75@test >= baseline';
  expect(await baselineWith(roboflow, { baseline: '6', thresholds })).toMatchObject({ version: 6 });
  const times = (part: string) => roboflow.requestLines().filter((line) => line.endsWith(part)).length;
  // The list is also what tells before a start that the key may read evaluations.
  expect(['/model-evals', '/confidence-sweep', '/map-results'].map(times)).toEqual([2, 1, 1]);
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
