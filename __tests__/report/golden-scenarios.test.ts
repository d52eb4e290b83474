import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ordinaryScenarios, type ScenarioName, scenarios } from '../../simulator/scenarios.ts';
import { expectGolden, fileOf, folder } from './golden.ts';
import { runInProcess } from './in-process.ts';
import { rendered } from './situations.ts';

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
      ...scenarios.compare.inputs,
    },
    'passed',
  ],
  'fine-tune-latency': ['fine-tune', { ...fineTune, ...scenarios['fine-tune'].inputs }, 'passed'],
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
  'changed-dataset': [
    'changed-dataset',
    { ...fineTune, baseline: '6', thresholds: 'map50 >= baseline - 0.5\nmap50 >= 75' },
    'failed',
  ],
  hostile: ['hostile', { ...search, hardware: '', thresholds: 'map50 >= 50' }, 'passed'],
  trainings: ['trainings', { ...fineTune, version: 'new' }, 'passed'],
};

test.each(Object.entries(cases))(
  'the report of %s is the golden one',
  async (name, [scenario, inputs, outcome]) => {
    const { summaryText: report, outputs } = await runInProcess(scenario, inputs);
    expect(outputs.get('outcome')).toBe(outcome);
    await expectGolden(name, report);
  },
);

test('every ordinary scenario has a golden report', () => {
  const shown = new Set<string>(Object.values(cases).map(([scenario]) => scenario));
  expect(Object.keys(ordinaryScenarios).filter((name) => !shown.has(name))).toEqual([]);
});

test('no golden report is left over', async () => {
  expect((await readdir(folder)).toSorted()).toEqual(
    [...Object.keys(cases), ...Object.keys(rendered)].map(fileOf).toSorted(),
  );
});
