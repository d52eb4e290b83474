import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../simulator/runner.ts';
import { ordinaryScenarios, type ScenarioName } from '../../simulator/scenarios.ts';
import { runInProcess } from './in-process.ts';
import { comments, reports } from './situations.ts';

/**
 * The report of each ordinary scenario, as a file to open and read. After a wanted change of the report,
 * `UPDATE_GOLDEN=1 npx vitest run __tests__/report/golden.test.ts` writes them anew, and a second time those beside another; the difference
 * is then to be read.
 */
const folder = path.join(projectRoot, '__tests__', 'report', 'golden');
const updating = process.env.UPDATE_GOLDEN === '1';

type Inputs = Readonly<Record<string, string>>;

// A third of the looks that the schedule of a step has over hours; they see the same times.
const fineTune: Inputs = {
  'poll-interval': '79s',
  version: '7',
  'model-type': 'rfdetr-nano',
  thresholds: 'map50 >= 80\nwarn: recall >= 85',
};
const search: Inputs = {
  'poll-interval': '158s',
  version: '7',
  'model-type': 'rfdetr-nas-parent',
  hardware: 't4 <= 5 ms\nJetson Orin NX',
  baseline: 'previous',
  thresholds:
    'latency@Jetson Orin NX <= 20 ms\nmap50-95@Jetson Orin NX >= 74\nmap50-95 >= baseline - 0.5\nmap50@t4 >= baseline',
};

/** File to scenario, inputs and the outcome that the report is about. */
const cases: Readonly<Record<string, readonly [ScenarioName, Inputs, string]>> = {
  'fine-tune': ['fine-tune', fineTune, 'passed'],
  'fine-tune-against-previous': [
    'fine-tune',
    { ...fineTune, baseline: 'previous', thresholds: 'map50-95 >= baseline\nrecall >= baseline + 5' },
    'failed',
  ],
  'fine-tune-short': ['fine-tune-short', fineTune, 'failed'],
  'fine-tune-timeout': ['fine-tune', { ...fineTune, timeout: '30m' }, 'undecided'],
  'fine-tune-not-waited-for': ['fine-tune', { ...fineTune, wait: 'none' }, 'started'],
  'fine-tune-without-rules': ['fine-tune', { ...fineTune, thresholds: '' }, 'passed'],
  compare: [
    'compare',
    {
      ...fineTune,
      'model-type': 'rfdetr-nano\nrfdetr-small\nyolov11n',
      thresholds: 'map50 >= 80\nrecall[vest] >= 72',
    },
    'passed',
  ],
  'inputs-wrong': ['fine-tune', { ...fineTune, thresholds: 'mapp50 >= 0.8', timeout: 'soon' }, 'undecided'],
  nas: ['nas', search, 'failed'],
  'nas-without-rules': ['nas', { ...search, hardware: '', baseline: '', thresholds: '' }, 'passed'],
  'nas-too-slow': [
    'nas',
    { ...search, thresholds: 'map50-95 >= 76\nlatency@Jetson Orin NX <= 20 ms' },
    'failed',
  ],
  'nas-too-inaccurate': ['nas', { ...search, baseline: '', thresholds: 'map50-95@t4 >= 74' }, 'failed'],
  'nas-out-of-reach': ['nas', { ...search, baseline: '', thresholds: 'map50-95@t4 >= 90' }, 'failed'],
  'nas-no-model-holds-all': [
    'nas',
    { ...search, hardware: '', baseline: '', thresholds: 'map50-95 >= 75\nlatency <= 20 ms\nmap50 >= 85' },
    'failed',
  ],
  'nas-passed-over': [
    'nas',
    { ...search, hardware: '', baseline: '', thresholds: 'map50-95 >= 70\nlatency <= 20 ms' },
    'passed',
  ],
  'nas-passed': [
    'nas',
    { ...search, thresholds: 'map50-95 >= baseline - 0.5\nmap50@t4 >= 80\nmap50-95@t4 >= 70' },
    'passed',
  ],
  'nas-without-a-baseline': ['nas', { ...search, baseline: '4' }, 'undecided'],
  'nas-over-budget': ['nas', { ...search, hardware: 't4 <= 1 ms', thresholds: '' }, 'failed'],
  'nas-older': [
    'nas-older',
    { ...search, hardware: '', baseline: '', thresholds: 'map50-95 >= 55' },
    'passed',
  ],
  failed: ['failed', fineTune, 'undecided'],
  cancelled: ['cancelled', fineTune, 'undecided'],
  'version-only': ['version-only', fineTune, 'passed'],
  'no-metrics': ['no-metrics', fineTune, 'undecided'],
  'late-metrics': ['late-metrics', fineTune, 'passed'],
  'unknown-status': ['unknown-status', fineTune, 'passed'],
  'stopped-early': ['stopped-early', fineTune, 'passed'],
  hostile: ['hostile', { ...search, hardware: '', thresholds: 'map50 >= 50' }, 'passed'],
  trainings: ['trainings', { ...fineTune, version: 'new' }, 'passed'],
};

/** Reports that nearly repeat another: of each only what one of the two has and the other not is kept. */
const BESIDE: Readonly<Record<string, string>> = {
  'fine-tune-without-rules': 'fine-tune',
  'late-metrics': 'fine-tune',
  'unknown-status': 'fine-tune',
  'stopped-early': 'fine-tune',
  trainings: 'fine-tune',
  'nas-too-slow': 'nas-without-rules',
  'nas-over-budget': 'nas-without-rules',
  'nas-passed-over': 'nas-without-rules',
  'nas-no-model-holds-all': 'nas-without-rules',
  'nas-passed': 'nas',
  'nas-too-inaccurate': 'nas',
  'nas-out-of-reach': 'nas',
  'metric-missing': 'failed-beside-previous',
  'class-unknown': 'classes-passed',
  'classes-failed': 'classes-passed',
  'classes-weakest-failed': 'classes-passed',
  'class-without-objects': 'classes-passed',
  'classes-not-evaluated': 'passed-beside-previous',
  'several-classes': 'several-passed',
  'several-none-holds': 'several-passed',
  'several-each-without-model': 'several-one-without-model',
  'several-search-too-slow': 'several-with-search',
  'comment-checked': 'checked',
};

/** The lines that `other` lacks, and those that only `other` has. */
function differences(report: string, other: string): string {
  const lines = (text: string, sign: string, beside: readonly string[]) =>
    text
      .split('\n')
      .filter((line) => !beside.includes(line))
      .map((line) => `${sign} ${line}\n`);
  const gone = lines(other, '-', report.split('\n'));
  return [...gone, ...lines(report, '+', other.split('\n'))].join('');
}

function fileOf(name: string): string {
  return `${name}${BESIDE[name] === undefined ? '.md' : '.diff'}`;
}

async function expectGolden(name: string, report: string): Promise<void> {
  const read = (file: string) => readFile(path.join(folder, file), 'utf8');
  const other = BESIDE[name];
  const text = other === undefined ? report : differences(report, await read(fileOf(other)));
  if (updating) await writeFile(path.join(folder, fileOf(name)), text);
  expect(text).toBe(await read(fileOf(name)));
}

test.each(Object.entries(cases))(
  'the report of %s is the golden one',
  async (name, [scenario, inputs, outcome]) => {
    const { summaryText: report, outputs } = await runInProcess(scenario, inputs);
    expect(outputs.get('outcome')).toBe(outcome);
    await expectGolden(name, report);
  },
);

const made = { ...reports, ...comments };

test.each(Object.entries(made))('%s is the golden one', async (name, report) => {
  await expectGolden(name, report);
});

test('every ordinary scenario has a golden report', () => {
  const shown = new Set<string>(Object.values(cases).map(([scenario]) => scenario));
  expect(Object.keys(ordinaryScenarios).filter((name) => !shown.has(name))).toEqual([]);
});

test('no golden report is left over', async () => {
  expect((await readdir(folder)).toSorted()).toEqual(
    [...Object.keys(cases), ...Object.keys(made)].map(fileOf).toSorted(),
  );
});
