import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../simulator/scenario.ts';
import { base, versionSpec } from '../../../simulator/scenarios/base.ts';
import { isScenarioName, scenarios } from '../../../simulator/scenarios.ts';
import { stateOf } from '../../../simulator/simulator.ts';
import type { Log } from '../../../src/lib/context.ts';
import type { Checked } from '../../../src/report/conclusion.ts';
import { dryRun } from '../../../src/step/before/dry-run.ts';
import { prepareAll } from '../../../src/step/before/prepare.ts';
import { stepProgress } from '../../../src/step/follow/step-progress.ts';
import { RecordingRunner } from '../../flow/step.ts';
import { inputs } from '../../inputs/given.ts';
import { fineTune, type SimulatedRoboflow, simulateRoboflow } from '../../roboflow/simulated-roboflow.ts';

/** The trainings of the server: a dry run must not change them. */
function trainingsOf({ simulator, clock }: SimulatedRoboflow) {
  return simulator.trainings.map((training) => ({
    id: training.id,
    cancelledAtMs: training.cancelledAtMs,
    stopRequestedAtMs: training.stopRequestedAtMs,
    phase: stateOf(training, clock.now()).phase,
  }));
}

const everyScenario = [
  ...Object.keys(scenarios).map((name) => ({ name, routes: 'both' as const })),
  ...['fine-tune', 'nas', 'compare'].map((name) => ({ name, routes: 'jobs' as const })),
];

describe('a dry run', () => {
  test.each(everyScenario)(
    'only reads, and takes no time: $name, routes $routes',
    async ({ name, routes }) => {
      if (!isScenarioName(name)) throw new Error(`there is no scenario ${name}`);
      const scenario: Scenario = scenarios[name];
      await using roboflow = await simulateRoboflow({ scenario, routes });
      const before = trainingsOf(roboflow);
      const startMs = roboflow.clock.now();
      const given = { thresholds: 'map50 >= 80', ...scenario.inputs, route: 'auto', 'dry-run': 'true' };
      const step = await roboflow.runStep(given);
      expect(step.failures).toEqual([]);
      expect(step.outputs.get('outcome')).toBe('checked');
      const { requests } = roboflow.simulator;
      expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      // To read an export would start it.
      expect(requests.filter(({ route }) => route === 'export')).toEqual([]);
      expect(trainingsOf(roboflow)).toEqual(before);
      expect(roboflow.clock.now()).toBe(startMs);
      // Neither a later step nor the post step has anything to go by.
      expect(step.outputs.has('job-id')).toBe(false);
      expect(step.state.size).toBe(0);
      expect(JSON.parse(step.files.get('results.json') ?? '')).toMatchObject({
        outcome: 'checked',
        run: null,
      });
    },
  );

  test.each<[name: string, given: Readonly<Record<string, string>>]>([
    ['a rule', { thresholds: 'map51 >= 80' }],
    ['the model type', { 'model-type': 'rfdetr-naon' }],
    ['the version', { version: '99' }],
    ['the project', { project: 'acme/hard-hat' }],
    ['the recipe', { 'train-recipe': '{"hyperparameters":{"epohcs":20}}' }],
    ['a rule on latency', { thresholds: 'latency@gpu <= 6 ms' }],
    ['the baseline', { baseline: '99', thresholds: 'map50 >= baseline' }],
  ])('fails if %s is wrong', async (_, given) => {
    await using roboflow = await simulateRoboflow();
    const step = await roboflow.runStep({ ...given, 'dry-run': 'true' });
    expect(step.exitCode).toBe(1);
    expect(step.outputs.get('outcome')).toBe('undecided');
    expect(roboflow.simulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

/** What a dry run with these inputs concludes. */
async function checked(
  roboflow: SimulatedRoboflow,
  given: Readonly<Record<string, string>> = {},
): Promise<Checked> {
  const asked = inputs({ project: 'acme/hard-hats', ...given, 'dry-run': 'true' });
  const { trainings } = stepProgress(asked, new RecordingRunner({}));
  const open = (log: Log) => ({ ...roboflow.here, log });
  return dryRun(await prepareAll(trainings, asked, roboflow.here, open, undefined), asked, roboflow.here);
}

describe('a dry run tells by its outputs and its heading', () => {
  test.each([
    ['7', '7'],
    ['latest', '7'],
    ['new', undefined],
  ])('the version that would be trained: %s', async (version, output) => {
    await using roboflow = await simulateRoboflow();
    const step = await roboflow.runStep({ version, 'dry-run': 'true' });
    expect(step.outputs.get('version')).toBe(output);
  });

  test.each(['jobs', 'trainings'])('the training that it would wait for, or judge: %s', async (route) => {
    await using roboflow = await simulateRoboflow();
    const { training } = await roboflow.startOrAttach({ route });
    const given = { route, 'dry-run': 'true', version: '', 'model-type': '', 'job-id': training.id };
    for (const words of ['would wait for training', 'would judge training']) {
      const step = await roboflow.runStep(given);
      expect(step.outputs.get('version')).toBe('7');
      expect(step.notices).toEqual([expect.stringContaining(`${words} ${training.id}`)]);
      expect(step.summaryText).toContain(`${words} \`${training.id}\``);
      roboflow.clock.pass(10 * 3_600_000);
    }
  });
});

describe('what a dry run says', () => {
  test('a new version has no number, page or images yet', async () => {
    await using roboflow = await simulateRoboflow();
    expect(await checked(roboflow, { version: 'new' })).toMatchObject({
      action: { kind: 'start', modelType: 'rfdetr-nano' },
      version: { kind: 'new' },
      images: undefined,
      url: undefined,
      unchecked: ['whether the new version has enough images'],
    });
  });

  test('nothing can be asked of a project without a version', async () => {
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions: [], seeded: [] }) });
    expect(await checked(roboflow, { version: 'new' })).toMatchObject({
      version: { kind: 'new' },
      unchecked: ['whether the server knows the model type', 'whether the new version has enough images'],
    });
  });

  test('a version that exists is told with its page and its images', async () => {
    await using roboflow = await simulateRoboflow();
    expect(await checked(roboflow, { version: 'latest' })).toMatchObject({
      action: { kind: 'start', modelType: 'rfdetr-nano' },
      version: { kind: 'existing', version: 7 },
      url: 'https://app.roboflow.com/acme/hard-hats/7',
      images: { train: 1894, validation: 369, test: 197 },
      unchecked: [],
    });
  });

  test('a version that is still generated is not checked', async () => {
    const versions = [versionSpec(7, { generatingMs: 60_000 })];
    await using roboflow = await simulateRoboflow({ scenario: fineTune({ versions, seeded: [] }) });
    expect((await checked(roboflow)).unchecked).toEqual(['version 7 itself, which is still being generated']);
  });

  test('on a server without v2/trainings, the model type is not checked', async () => {
    await using roboflow = await simulateRoboflow({ routes: 'jobs' });
    expect((await checked(roboflow)).unchecked).toEqual(['whether the server knows the model type']);
  });

  test('rules come with the numbers that they will be judged by', async () => {
    await using roboflow = await simulateRoboflow();
    const thresholds = 'map50 >= baseline - 0.5\nmap50-95 >= 60\nwarn: recall >= baseline';
    const conclusion = await checked(roboflow, { baseline: 'previous', thresholds });
    expect(conclusion.rules.map(({ bound }) => bound)).toEqual([80.4, 60, 76.2]);
    expect(conclusion.baselines).toMatchObject([{ kind: 'training', version: 6 }]);
  });

  test('a baseline that is missing and skipped is told with the reason', async () => {
    await using roboflow = await simulateRoboflow();
    const conclusion = await checked(roboflow, {
      baseline: '4',
      thresholds: 'map50 >= baseline',
      'on-missing-baseline': 'skip',
    });
    expect(conclusion.baselines).toEqual([
      { kind: 'missing', reason: 'no training has succeeded on version 4' },
    ]);
    expect(conclusion.rules).toMatchObject([{ bound: undefined }]);
  });
});

describe('what a dry run teaches', () => {
  const listedVersions: Scenario = {
    ...scenarios['version-only'],
    seeded: scenarios['version-only'].seeded.map((each) => ({
      ...each,
      plan: { ...each.plan, shows: ['models', 'version'] },
    })),
  };
  const search = { 'model-type': 'rfdetr-nas-parent' };
  const untested = base.versions.map((each) => ({ ...each, splits: { ...each.splits, test: 0 } }));
  test.each<
    [
      name: string,
      scenario: Scenario,
      given: Readonly<Record<string, string>>,
      says: readonly RegExp[],
      not?: RegExp,
    ]
  >([
    [
      'what the rules would have said before',
      scenarios['fine-tune'],
      { thresholds: 'map50 >= 80\nmap50-95 >= 58.3\nrecall[vest]@test >= 70' },
      [
        /\| Rule +\| +v5 \| +v6 \|/,
        /\| `map50 >= 80` +\| 77\.5\s✗ \| 80\.9\s✓ \|/,
        /\| `map50-95 >= 58\.3` +\| 54\.9\s✗ \| 58\.3\s✓ \|/,
        /\| `recall\[vest\]@test >= 70` +\| +– \| +– \|/,
        /Rules on classes and splits are not shown\./,
      ],
      /needs?\. Free plans/,
    ],
    [
      'the same of several types',
      scenarios.compare,
      { 'model-type': 'rfdetr-nano\nrfdetr-small', thresholds: 'map50 >= 80' },
      [/by the best `rfdetr-nano` of each version:/, /by the best `rfdetr-small` of each version:/],
    ],
    [
      'what was reached, where there are no rules yet',
      scenarios['fine-tune'],
      {},
      [
        /What the best `rfdetr-nano` of each version reached, to choose bounds by:/,
        /\| Metric +\| +v5 \| +v6 \|/,
        /\| mAP50 +\| 77\.5\s% \| 80\.9\s% \|/,
      ],
      /before, by the best|not shown/,
    ],
    [
      'that the models list did not come',
      fineTune({ faults: [{ route: 'models', do: { kind: 'status', status: 403 } }] }),
      { thresholds: 'map50 >= 80' },
      [/- how the rules would have judged before, as no list of models came/],
    ],
    [
      'how long the last one took and what it cost',
      scenarios['version-only'],
      { thresholds: 'map50 >= 80' },
      [/the last training took 1\sh\s12\smin on version\s6, about 2\.4\scredits/],
    ],
    [
      'the type of that, where the models list tells it',
      listedVersions,
      {},
      [/the last `rfdetr-nano` took 1\sh\s12\smin on version\s6/],
    ],
    ['nothing of it of another type', listedVersions, { 'model-type': 'yolov11n' }, [], /took/],
    [
      'what changed since the baseline',
      scenarios['changed-dataset'],
      { baseline: '6', thresholds: 'map50 >= baseline' },
      [/Changed since version\s6: images: .* · class vest new · preprocessing: .* · augmentation: /],
    ],
    [
      'nothing of it for a new version',
      scenarios['changed-dataset'],
      { version: 'new', baseline: '6', thresholds: 'map50 >= baseline' },
      [/new version, of the images as they are now/],
      /Changed since/,
    ],
    [
      'hardware that no search was measured on',
      scenarios.nas,
      { ...search, hardware: 'Jetson Orin, t4', thresholds: 'latency@jetson orin <= 9 ms\nmap50@t4 >= 1.5' },
      [
        /- whether jetson orin is measured; earlier searches had T4, Jetson Orin NX, AI1/,
        /- how the rules would have judged earlier searches, of whose models the list names no version/,
      ],
      /whether t4/i,
    ],
    [
      'that no search tells of hardware',
      scenarios['fine-tune'],
      { ...search, thresholds: 'latency@T4 <= 9 ms' },
      [/- whether T4 is measured; no earlier search of this project tells/],
    ],
    [
      'rules that only an evaluation can tell of',
      scenarios['fine-tune'],
      { thresholds: 'f1@test >= 60\nlatency@serverless <= 60 ms\nrecall@test >= 60' },
      [/Only Roboflow's evaluation .* what `f1@test >= 60`, `latency@serverless <= 60 ms` need\. Free plans/],
    ],
    [
      'a target that no rule judges',
      scenarios.nas,
      { ...search, hardware: 'AI1', thresholds: 'map50 >= 60' },
      [/No rule judges the model picked for AI1/],
    ],
    [
      'that a training to judge has no test images',
      fineTune({ versions: untested }),
      { reuse: 'finished', version: '6' },
      [/Version 6 has no test images: nothing can be judged on them\./, /would judge training/],
    ],
  ])('%s', async (_, scenario, given, says, not = undefined) => {
    await using roboflow = await simulateRoboflow({ scenario });
    const step = await roboflow.runStep({ ...given, 'dry-run': 'true' });
    expect(step.failures).toEqual([]);
    const told = [step.summaryText, ...step.warnings].join('\n');
    for (const words of says) expect(told).toMatch(words);
    if (not !== undefined) expect(told).not.toMatch(not);
    const lines = roboflow.requestLines();
    expect(lines.filter((line) => !line.startsWith('GET '))).toEqual([]);
    expect(lines.filter((line) => line.endsWith('/models')).length).toBeLessThanOrEqual(2);
  });
});

test('what changed is told of a training that job-id names, from the versions that its baseline was checked by', async () => {
  await using roboflow = await simulateRoboflow({ scenario: scenarios['changed-dataset'] });
  const { training } = await roboflow.startOrAttach();
  const given = { version: '7', 'model-type': '', 'job-id': training.id, baseline: '6' };
  const dry = await roboflow.runStep({ ...given, thresholds: 'map50 >= baseline', 'dry-run': 'true' });
  const step = await roboflow.runStep({ ...given, thresholds: 'map50 >= baseline' });
  for (const { summaryText } of [dry, step])
    expect(summaryText).toMatch(/Changed since version\s6: images: .* · class vest new/);
});
