import { describe, expect, test } from 'vitest';
import type { SeededTraining } from '../../simulator/scenario.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import type { Fault, FaultAction } from '../../simulator/simulator.ts';
import { type SimulationOptions, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';
import { standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import { HEAD, openStatusWorld } from './status-world.ts';

type Given = Readonly<Record<string, string>>;

const fineTune = brief('fine-tune');
const [, oldest, older] = scenarios['fine-tune'].seeded as readonly SeededTraining[];
const NBSP = '\u{a0}';

/** Runs the step, and tells how it ended, with usual spaces. */
async function stepWith(given: Given, options: SimulationOptions = {}) {
  await using roboflow = await simulateRoboflow({ scenario: fineTune, ...options });
  const startMs = roboflow.clock.now();
  const step = await roboflow.runStep({ baseline: 'previous', 'poll-interval': '', ...given });
  return {
    outcome: step.outputs.get('outcome'),
    failures: step.failures.join('\n'),
    warnings: step.warnings.join('\n'),
    summary: step.summaryText.replaceAll(NBSP, ' '),
    started: roboflow.simulator.started().length,
    tookMs: roboflow.clock.now() - startMs,
  };
}

const refused: FaultAction = { kind: 'status', status: 403 };
const conflict: FaultAction = { kind: 'status', status: 409 };
const outage: FaultAction = { kind: 'status', status: 503 };

describe('a rule that only warns decides nothing, before the start either', () => {
  test.each<{ rule: string; faults?: readonly Fault[] }>([
    { rule: 'recall[zebra] >= 60' },
    { rule: 'recall[zebra] >= baseline' },
    { rule: 'map75 >= baseline' },
    { rule: 'f1@test >= baseline', faults: [{ route: 'evals', do: refused }] },
    { rule: 'f1@test >= baseline', faults: [{ route: 'eval', do: conflict }] },
    { rule: 'f1[helmet] >= 60', faults: [{ route: 'eval', do: conflict }] },
    { rule: 'accuracy >= 60', faults: [{ route: 'version', nth: [3, 99], do: refused }] },
  ])('$rule', async ({ rule, faults = [] }) => {
    const plain = await stepWith({ thresholds: 'map50 >= baseline' });
    const warns = await stepWith({ thresholds: `map50 >= baseline\nwarn: ${rule}` }, { faults });
    expect(warns).toMatchObject({ outcome: 'passed', failures: '', started: 1 });
    expect(warns.tookMs - plain.tookMs).toBeLessThan(60_000);
    const broken = await stepWith({ thresholds: `map50 >= baseline + 50\nwarn: ${rule}` }, { faults });
    expect(broken).toMatchObject({ outcome: 'failed', started: 1 });
  });

  test('nor does a part of the evaluation that it asks for keep another rule waiting', async () => {
    // The third answer is the panel of test, which only the warning asks for.
    const thresholds = 'f1[helmet] >= 60\nwarn: f1[vest]@test >= 60';
    const faults: Fault[] = [{ route: 'eval', nth: [3, 99], do: conflict }];
    expect(await stepWith({ thresholds, baseline: '' }, { faults })).toMatchObject({ outcome: 'passed' });
  });

  test('nor does a baseline that cannot be read, which only it needs', async () => {
    const faults: Fault[] = [{ route: 'list', nth: 2, do: refused }];
    const given = { thresholds: 'map50 >= 80\nwarn: map50 >= baseline', route: 'trainings' };
    const warns = await stepWith(given, { faults });
    expect(warns).toMatchObject({ outcome: 'passed', started: 1 });
    expect(warns.summary).toContain('the baseline could not be read: Roboflow answered 403');
    const binds = await stepWith({ ...given, thresholds: 'map50 >= baseline' }, { faults });
    expect(binds).toMatchObject({ outcome: 'undecided', started: 0 });
  });
});

describe('each rule has its own baseline, and with "skip" one that is missing touches no other rule', () => {
  /** The new training reaches 84.2 of mAP50, that of version 6 reached 80.9. Neither says anything of mAP75. */
  test.each([
    ['map50 >= baseline + 50', 'failed'],
    ['map50 >= baseline + 50\nwarn: map75 >= baseline', 'failed'],
    ['map50 >= baseline + 50\nf1[helmet] >= baseline', 'failed'],
    ['map50 >= 90\nf1[helmet] >= baseline', 'failed'],
    ['map50 >= baseline + 3\nf1[helmet] >= baseline', 'passed'],
    ['map50 >= baseline + 3\nmap75 >= baseline', 'undecided'],
  ])('%s: %s', async (thresholds, outcome) => {
    // The first list only tells that the key may read evaluations.
    const notEvaluated: Fault = { route: 'evals', nth: 2, do: { kind: 'json', body: { evals: [] } } };
    const faults = thresholds.includes('f1') ? [notEvaluated] : [];
    const step = await stepWith({ thresholds, 'on-missing-baseline': 'skip' }, { faults });
    expect(step).toMatchObject({ outcome, started: 1 });
  });
});

test('a baseline that may be of another training is not missing, whatever on-missing-baseline says', async () => {
  const seeded = [older, { ...older, agoMs: (older?.agoMs ?? 0) - 600_000 }] as readonly SeededTraining[];
  const thresholds = 'map50 >= baseline + 50\nmap50 >= 10';
  const given = { thresholds, 'on-missing-baseline': 'skip' };
  const scenario = { ...fineTune, seeded };
  const byVersion = await stepWith(given, { scenario, routes: 'jobs' });
  expect(byVersion).toMatchObject({ outcome: 'undecided', started: 0 });
  expect(byVersion.failures).toMatch(
    /of version 6 cannot be compared with: What Roboflow shows .* may be of job_/,
  );
  const byId = await stepWith(given, { scenario, routes: 'trainings' });
  expect(byId).toMatchObject({ outcome: 'failed', started: 1 });
});

describe('what is compared with is told of rightly', () => {
  const yolo = { ...older, modelType: 'yolov11n' } as SeededTraining;

  test.each<{
    name: string;
    seeded: readonly (SeededTraining | undefined)[];
    words: RegExp;
    differs: boolean;
  }>([
    {
      name: 'of the same type',
      seeded: [oldest, older],
      words: /compared with version 6, other validation images/,
      differs: true,
    },
    {
      name: 'of another type, on the newest version',
      seeded: [oldest, yolo],
      words: /compared with version 6 \(`yolov11n`\)/,
      differs: false,
    },
    {
      name: 'of the same type, beside a newer one of another',
      seeded: [older, { ...yolo, agoMs: 1_000_000 }],
      words: /compared with version 6,/,
      differs: true,
    },
  ])('previous is that $name', async ({ seeded, words, differs }) => {
    const trainings = seeded.flatMap((each) => each ?? []);
    const scenario = { ...fineTune, seeded: trainings };
    const step = await stepWith({ thresholds: 'map50 >= baseline' }, { scenario });
    expect(step).toMatchObject({ outcome: 'passed', failures: '' });
    expect(step.summary).toMatch(words);
    expect(/\*\*mAP50(?:-95)? [\d.]+ %\*\* \(\+/.test(step.summary)).toBe(differs);
    const value = differs ? 'version 6: 80.9 %' : 'version 6 (`yolov11n`): 80.9 %';
    expect(step.summary).toContain(value);
  });

  test('of two types each has its own', async () => {
    const scenario = { ...scenarios['two-baselines'], plan: fineTune.plan };
    const given = { 'model-type': 'rfdetr-nano\nyolov11n', thresholds: 'each: map50 >= baseline - 1' };
    const step = await stepWith(given, { scenario });
    expect(step.outcome).toBe('failed');
    expect(step.failures).toContain(
      'yolov11n: mAP50 84.2 %, wanted 87.6 % or more (baseline - 1): 3.4 points short',
    );
    expect(step.summary).toMatch(/\(≥ 79\.9 %\), `rfdetr-nano` +\| 84\.2 % \|/);
    expect(step.summary).toContain('- **mAP50 of `rfdetr-nano`**: 4.3 points to spare; version 6: 80.9 %\n');
    expect(step.summary).toContain('- **mAP50 of `yolov11n`**: 3.4 points short; version 6: 88.6 %\n');
  });
});

describe('settle', () => {
  const thresholds = 'map50 >= baseline - 1\nf1[helmet] >= baseline - 50';
  /** The first list is that of the baseline. */
  const lists = (action: FaultAction): Fault => ({ route: 'evals', nth: [1, 40], do: action });

  test.each<{ name: string; fault: Fault; isRed: boolean }>([
    { name: 'may not be read', fault: lists(refused), isRed: true },
    { name: 'is kept back by an outage', fault: lists(outage), isRed: true },
    {
      name: 'still runs',
      fault: lists({ kind: 'json', body: { evals: [{ evalId: 'e', status: 'running', versionId: '6' }] } }),
      isRed: false,
    },
  ])('leaves pending what has a baseline whose evaluation $name', async ({ fault, isRed }) => {
    await using world = await openStatusWorld({ scenario: fineTune, roboflowFaults: [fault] });
    await world.start();
    world.clock.pass(20 * 60_000);
    const given = { baseline: 'previous', 'on-missing-baseline': 'skip' };
    const step = await world.settle({ ...given, thresholds });
    expect(step.failures.length > 0).toBe(isRed);
    expect(standingOn(world, HEAD)).toMatch(/^pending: /);
    await world.settle({
      ...given,
      thresholds: `map50 >= baseline + 50\nwarn: ${thresholds.split('\n')[1]}`,
    });
    expect(standingOn(world, HEAD)).toMatch(/^failure: Failed: mAP50/);
  });

  test('judges the others by what is certainly missing', async () => {
    const none = lists({ kind: 'json', body: { evals: [] } });
    const fault: Fault = { ...none, nth: 1 };
    await using world = await openStatusWorld({ scenario: fineTune, roboflowFaults: [fault] });
    await world.start();
    world.clock.pass(20 * 60_000);
    await world.settle({ baseline: 'previous', 'on-missing-baseline': 'skip', thresholds });
    expect(standingOn(world, HEAD)).toMatch(/^success: /);
  });
});
