import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { type SimulatedRoboflow, simulateRoboflow } from '../roboflow/simulated-roboflow.ts';
import { headOf, openPendingWorld, standingOn } from './pending.ts';
import { brief } from './scenes.ts';
import type { RecordingRunner } from './step.ts';

type Given = Readonly<Record<string, string>>;

const folder = await mkdtemp(path.join(tmpdir(), 'baseline-file-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let files = 0;

/** Keeps a text as a later job would find it. */
async function kept(text: string): Promise<string> {
  files += 1;
  const file = path.join(folder, `results-${files}.json`);
  await writeFile(file, text);
  return file;
}

const readText = (file: string) => readFile(file, 'utf8');
const resultsOf = (step: RecordingRunner) => step.files.get('results.json') ?? '';

/** The results file of the model in production: that of version 6, with 80.9 of mAP50. */
async function production(roboflow: SimulatedRoboflow, given: Given = {}): Promise<string> {
  const step = await roboflow.runStep({ version: '6', reuse: 'only', thresholds: 'map50 >= 10', ...given });
  return kept(resultsOf(step));
}

/** How a step ended, with usual spaces. */
function told(step: RecordingRunner) {
  return {
    outcome: step.outputs.get('outcome'),
    failures: step.failures.join('\n'),
    warnings: step.warnings.join('\n'),
    summary: step.summaryText.replaceAll('\u{a0}', ' '),
  };
}

const scenario = brief('fine-tune');

describe('the results file of an earlier run', () => {
  test.each<[thresholds: string, outcome: string, words: string]>([
    ['map50 >= baseline + 3', 'passed', '(≥ 83.9 %)'],
    ['map50 >= baseline + 4', 'failed', 'version 6: 80.9 %'],
    ['recall[helmet] >= baseline\nrecall[*] >= baseline - 1', 'passed', 'both rules hold'],
    ['map50@test >= baseline + 10', 'failed', 'mAP50 on test'],
    ['recall[helmet] >= baseline - noise', 'passed', 'baseline'],
  ])('is compared with, and Roboflow is asked for nothing of it: %s', async (thresholds, outcome, words) => {
    await using roboflow = await simulateRoboflow({ scenario });
    const baseline = await production(roboflow, { thresholds: 'recall[*] >= 10\nmap50@test >= 10' });
    const before = roboflow.simulator.requests.length;
    const step = await roboflow.runStep({ thresholds, baseline });
    expect(told(step)).toMatchObject({ outcome, summary: expect.stringContaining(words) });
    expect(roboflow.requestLines(before).filter((line) => /hard-hats\/6\b/.test(line))).toEqual([]);
    expect(JSON.parse(resultsOf(step)).baseline).toMatchObject({ kind: 'run', version: 6 });
  });

  test.each(['jobs', 'trainings'])(
    'of the training itself, on a quiet night, lets other rules decide (%s)',
    async (route) => {
      await using roboflow = await simulateRoboflow({ scenario });
      const given = { route, reuse: 'finished', version: 'latest' };
      const first = await roboflow.runStep({ ...given, thresholds: 'map50 >= 80' });
      const baseline = await kept(resultsOf(first));
      const thresholds = 'map50 > baseline + 1\nf1@test >= baseline\nrecall[*] >= baseline';
      const quiet = told(
        await roboflow.runStep({ ...given, baseline, thresholds: `${thresholds}\nmap50 >= 80` }),
      );
      expect(quiet).toMatchObject({ outcome: 'passed', failures: '' });
      expect(quiet.warnings).toBe(
        'The baseline is the very training that is judged, so rules that compare with it are not judged: "map50 > baseline + 1", "f1@test >= baseline", "recall[*] >= baseline". The others decide.',
      );
      expect(quiet.summary).toMatch(/`map50 > baseline \+ 1` +\| +84\.2 % \|/);
      expect(quiet.summary).toContain('- **mAP50** cannot be judged; the baseline is this very training\n');
      const broken = told(
        await roboflow.runStep({ ...given, baseline, thresholds: `${thresholds}\nmap50 >= 90` }),
      );
      expect(broken.outcome).toBe('failed');
      const alone = told(await roboflow.runStep({ ...given, baseline, thresholds }));
      expect(alone).toMatchObject({ outcome: 'passed' });
      expect(alone.summary).toMatch(/^## .*Nothing was judged.*: the baseline is this very training/);
      expect(roboflow.simulator.started()).toHaveLength(1);
    },
  );

  test('of the training itself keeps nobody waiting for what only a comparison needs', async () => {
    await using roboflow = await simulateRoboflow({ scenario: brief('evaluations-absent') });
    const baseline = await kept(resultsOf(await roboflow.runStep({ thresholds: 'map50 >= 10' })));
    const startMs = roboflow.clock.now();
    const thresholds = 'f1@test >= baseline\nrecall[helmet]@test >= baseline - noise\nmap50 >= 10';
    const step = told(await roboflow.runStep({ reuse: 'finished', baseline, thresholds }));
    expect(step.outcome).toBe('passed');
    expect(step.summary).toContain('- **F1 on test** cannot be judged; the baseline is this very training\n');
    expect(roboflow.clock.now() - startMs).toBeLessThan(60_000);
  });

  test('is known again by what the results name, also on the other route', async () => {
    await using roboflow = await simulateRoboflow({ scenario });
    const thresholds = 'map50 > baseline\nmap50 >= 10';
    for (const [one, other] of [
      ['jobs', 'trainings'],
      ['trainings', 'jobs'],
    ] as const) {
      const baseline = await production(roboflow, { route: one });
      const step = await roboflow.runStep({
        route: other,
        version: '6',
        reuse: 'only',
        baseline,
        thresholds,
      });
      expect(told(step)).toMatchObject({
        outcome: 'passed',
        warnings: expect.stringContaining('very training'),
      });
    }
  });

  test('of another training on the same version is compared with', async () => {
    await using roboflow = await simulateRoboflow({ scenario });
    const baseline = await kept(resultsOf(await roboflow.runStep({ thresholds: 'map50 >= 10' })));
    const again = { reuse: 'none', thresholds: 'map50 > baseline', route: 'trainings' };
    const byFile = told(await roboflow.runStep({ ...again, baseline }));
    expect(byFile).toMatchObject({ outcome: 'failed' });
    expect(byFile.summary).toContain('an earlier training of version 7: 84.2 %');
    const byNumber = told(await roboflow.runStep({ ...again, baseline: '7' }));
    expect(byNumber).toMatchObject({ outcome: 'failed' });
    expect(byNumber.summary).toContain('an earlier training of version 7: 84.2 %');
  });

  test('of several types gives each its own, and others its headline', async () => {
    const several = { ...scenarios['two-baselines'], plan: scenario.plan };
    await using roboflow = await simulateRoboflow({ scenario: several });
    const types = 'rfdetr-nano\nyolov11n';
    const baseline = await production(roboflow, { 'model-type': types });
    const thresholds = 'each: map50 >= baseline - 1';
    const step = told(await roboflow.runStep({ 'model-type': types, thresholds, baseline }));
    expect(step.failures).toMatch(/^yolov11n: .*84\.2 .*87\.6 .*\(baseline - 1\)/);
    const one = await roboflow.runStep({
      'model-type': 'rfdetr-small',
      thresholds: 'map50 >= baseline',
      baseline,
    });
    expect(told(one).summary).toContain('version 6 (`yolov11n`): 88.6 %');
  });

  test('of a search has its picks, and latencies', async () => {
    await using roboflow = await simulateRoboflow({ scenario: brief('nas') });
    const given = { 'model-type': 'rfdetr-nas-parent', hardware: 't4 <= 10 ms' };
    const first = await roboflow.runStep({ ...given, thresholds: 'map50@t4 >= 10' });
    const baseline = await kept(resultsOf(first));
    const ms = JSON.parse(first.outputs.get('picks') ?? '').T4.latency;
    const thresholds = 'latency@t4 < baseline\nmap50-95@t4 >= baseline';
    const again = { ...given, baseline, thresholds, reuse: 'none', route: 'trainings' };
    const search = await roboflow.runStep(again);
    const rules = JSON.parse(resultsOf(search)).rules;
    expect(rules).toMatchObject([{ state: 'broken', bound: ms, baseline: ms }, {}]);
  });
});

describe('what is no results file to compare with', () => {
  const compares = { thresholds: 'map50 >= baseline' };

  test.each<[name: string, made: (whole: string) => Promise<string>, words: string]>([
    ['cut', (whole) => kept(whole.slice(0, 400)), 'it is no JSON object, or not all of one'],
    [
      'of a newer schema',
      (whole) => kept(whole.replace('"schemaVersion": 1', '"schemaVersion": 2')),
      'it has schemaVersion 2, and this version of the action reads 1',
    ],
    [
      'of 50 MB',
      async (whole) => {
        const file = await kept(whole);
        await truncate(file, 50_000_000);
        return file;
      },
      'it is larger than 16777216 bytes',
    ],
    [
      'behind a link that leads out of the workspace',
      async () => {
        const link = path.join(folder, 'link.json');
        await symlink('/etc/hosts', link);
        return link;
      },
      'it lies outside of the workspace',
    ],
    [
      'a folder',
      async () => {
        await mkdir(path.join(folder, 'results'));
        return path.join(folder, 'results');
      },
      'it is no regular file',
    ],
    ['outside, where nothing is', async () => '/nowhere/results.json', 'it lies outside of the workspace'],
    [
      'of another project',
      (whole) => kept(whole.replace('"project": "hard-hats"', '"project": "vests"')),
      'whose run was in acme/vests, and this step is about acme/hard-hats.',
    ],
    [
      'of another workspace',
      (whole) => kept(whole.replace('"workspace": "acme"', '"workspace": "other"')),
      'whose run was in other/hard-hats, and this step is about acme/hard-hats.',
    ],
  ])('%s is one clear mistake, whatever on-missing-baseline says', async (_, made, words) => {
    await using roboflow = await simulateRoboflow({ scenario });
    const baseline = await made(await production(roboflow).then((file) => readText(file)));
    const step = told(await roboflow.runStep({ ...compares, baseline, 'on-missing-baseline': 'skip' }));
    expect(step.outcome).toBe('undecided');
    expect(step.failures).toContain(words);
    expect(roboflow.simulator.started()).toEqual([]);
  });

  test.each<[name: string, text: string | undefined, reason: RegExp]>([
    ['is not there yet', undefined, /^there is no file \S+none\.json$/],
    [
      'is of a run without a model',
      '{"schemaVersion":1,"run":null,"headline":null,"models":[]}',
      /^the run that wrote \S+ has no model$/,
    ],
  ])('one that %s is a missing baseline', async (_, text, reason) => {
    await using roboflow = await simulateRoboflow({ scenario });
    const baseline = text === undefined ? path.join(folder, 'none.json') : await kept(text);
    const fails = told(await roboflow.runStep({ ...compares, baseline }));
    expect(fails.failures).toContain('There is no baseline: ');
    expect(roboflow.simulator.started()).toEqual([]);
    const skips = await roboflow.runStep({ ...compares, baseline, 'on-missing-baseline': 'skip' });
    expect(told(skips)).toMatchObject({ outcome: 'passed' });
    expect(JSON.parse(resultsOf(skips)).baseline).toEqual({
      kind: 'skipped',
      reason: expect.stringMatching(reason),
    });
  });

  test('an older one is missing for the rules that need what it lacks', async () => {
    await using roboflow = await simulateRoboflow({ scenario });
    const whole = JSON.parse(await readText(await production(roboflow)));
    const baseline = await kept(
      JSON.stringify({ ...whole, splits: undefined, classes: undefined, picks: undefined }),
    );
    const given = { thresholds: 'map50 >= baseline\nrecall[helmet] >= baseline', baseline };
    const fails = told(await roboflow.runStep(given));
    expect(fails.failures).toContain(
      `There is no baseline for "recall[helmet] >= baseline": ${baseline} does not report what is compared.`,
    );
    const skips = told(await roboflow.runStep({ ...given, 'on-missing-baseline': 'skip' }));
    expect(skips).toMatchObject({ outcome: 'passed', summary: expect.stringContaining('(≥ 80.9 %)') });
  });

  test.each([
    ['recall[*] >= baseline - 30', 'fail', true],
    ['warn: map50[*] >= baseline', 'fail', true],
    ['recall[*] >= baseline - 30', 'skip', false],
    ['recall[*] >= 30', 'fail', false],
    ['recall[helmet] >= baseline - 30', 'fail', false],
    ['recall >= baseline', 'fail', false],
  ])('a class that it does not have is told before a start: %s, %s', async (thresholds, missing, isTold) => {
    await using roboflow = await simulateRoboflow({ scenario });
    const own = { thresholds: 'recall[*] >= 10' };
    const whole = JSON.parse(await readText(await production(roboflow, own)));
    const without = whole.classes.filter(({ name }: { name: string }) => name !== 'vest');
    for (const [classes, told] of [
      [without, isTold],
      [whole.classes, false],
    ]) {
      const baseline = await kept(JSON.stringify({ ...whole, classes }));
      const given = { thresholds, baseline, 'on-missing-baseline': missing, 'dry-run': 'true' };
      const { warnings } = await roboflow.runStep(given);
      expect(warnings.filter((line) => line.includes('does not have: vest.'))).toHaveLength(told ? 1 : 0);
    }
  });
});

describe('settle', () => {
  const thresholds = 'map50 >= 10\nmap50 >= baseline + 3';

  test('compares with the file, but for the training itself', async () => {
    await using roboflow = await simulateRoboflow({ scenario });
    const baseline = await production(roboflow);
    await using world = await openPendingWorld({ count: 2 });
    const [subject] = world.subjects;
    const run = { workspace: 'acme', project: 'hard-hats', version: 7, jobId: subject?.job?.id };
    const own = await kept(JSON.stringify({ ...JSON.parse(await readText(baseline)), run }));
    const step = await world.settle({ thresholds, baseline: own });
    expect(standingOn(world, headOf(1))).toMatch(/^success: Passed: mAP50 84\.2 %, .*1 warning/);
    expect(standingOn(world, headOf(2))).toMatch(/^success: Passed: both rules hold/);
    expect(step.warnings).toEqual([
      expect.stringMatching(/^The baseline is the very training that is judged/),
    ]);
  });

  test('leaves statuses pending if the file is not there, and is red', async () => {
    await using world = await openPendingWorld();
    const baseline = path.join(folder, 'none.json');
    const step = await world.settle({ thresholds, baseline, 'on-missing-baseline': 'skip' });
    expect(step.failures.join()).toMatch(/baseline: there is no file "\S+none\.json"/);
    expect(standingOn(world, headOf(1))).toMatch(/^pending: /);
  });

  test('judges by the rules in a file', async () => {
    const file = await kept('# of the default branch\r\nmap50 >= 90\r\n');
    await using world = await openPendingWorld();
    await world.settle({ thresholds: file });
    expect(standingOn(world, headOf(1))).toMatch(/^failure: Failed: mAP50 .*90/);
  });
});
