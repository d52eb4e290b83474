import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type ClockFile, createClockFile } from '../simulator/clock-file.ts';
import { projectRoot, runStep } from '../simulator/runner.ts';
import {
  defaultKey,
  type RoutesMode,
  type ScenarioName,
  type Simulator,
  startSimulator,
} from '../simulator/simulator.ts';
import { type Baseline, decide } from '../src/gate/decide.ts';
import type { AccuracyMetric } from '../src/gate/metric.ts';
import type { Model } from '../src/gate/model.ts';
import { defaultTargets } from '../src/gate/picks.ts';
import { parseRules } from '../src/gate/rules.ts';
import type { TrainingFacts } from '../src/report/conclusion.ts';
import { renderReport } from '../src/report/report.ts';

/** Prints measured figures. Nothing is asserted: a slow machine is no mistake. docs/benchmarks.md tells how to read them. */
const SIZE_GOAL_BYTES = 1_300_000;
const PROCESS_RUNS = 21;
const MODELS = 10_000;
const MODEL_RUNS = 5;

/** What the child process that judges many models measures. */
interface ModelsFigure {
  readonly decideMs: number;
  readonly reportMs: number;
  readonly reportBytes: number;
  readonly emptyPeakMb: number;
  readonly peakMb: number;
}

async function bench(): Promise<void> {
  heading('Machine');
  console.log(`Node ${process.version}, ${cpus().length} cores, ${process.platform} ${process.arch}`);
  heading(`Size of what an entry loads (goal: under ${SIZE_GOAL_BYTES} bytes each, chunks included)`);
  for (const folder of ['dist', 'dist/post']) await sizes(folder);
  heading(`Time until a wrong input is reported (median of ${PROCESS_RUNS}, interleaved)`);
  await startTimes();
  heading('Requests of a run on a finished job (goal: at most 6)');
  await requestsOfFinishedJob();
  heading('Requests of a start, up to and with reading it back');
  await requestsOfStarts();
  heading(`${MODELS} models: decision and report (goal: under 1 s and 250 MB)`);
  manyModels();
}

function heading(text: string): void {
  console.log(`\n${text}`);
}

/** `index.js` is loaded always, every other script only where it is asked for. */
async function sizes(folder: string): Promise<void> {
  const full = path.join(projectRoot, folder);
  const scripts = (await readdir(full)).filter((name) => name.endsWith('.js'));
  for (const name of scripts)
    console.log(`${folder}/${name}: ${(await stat(path.join(full, name))).size} bytes`);
}

/** Both commands by turns, so that whatever else the machine does falls on both alike. */
async function startTimes(): Promise<void> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const files = ['output', 'state', 'summary'].map((name) => path.join(temp, name));
  const [output = '', state = '', summary = ''] = files;
  for (const file of files) await writeFile(file, '');
  const env = {
    'INPUT_API-KEY': 'key',
    INPUT_PROJECT: 'project',
    INPUT_VERSION: 'seven',
    'INPUT_MODEL-TYPE': 'rfdetr-nano',
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: output,
    GITHUB_STATE: state,
    GITHUB_STEP_SUMMARY: summary,
  };
  const wrongInput: number[] = [];
  const coreAlone: number[] = [];
  for (let run = 0; run < PROCESS_RUNS; run += 1) {
    wrongInput.push(await timeOf([path.join(projectRoot, 'dist/index.js')], env, 1));
    coreAlone.push(await timeOf(['-e', "import('@actions/core')"], {}, 0));
  }
  const [action, core] = [median(wrongInput), median(coreAlone)];
  console.log(`dist/index.js with a wrong input: ${action.toFixed(1)} ms`);
  console.log(`node -e "import('@actions/core')": ${core.toFixed(1)} ms`);
  console.log(`ratio: ${(action / core).toFixed(2)} (goal: at most 1.2)`);
}

function timeOf(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  exitCode: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === exitCode) resolve(performance.now() - startMs);
      else reject(new Error(`${args.join(' ')} ended with ${code}, not ${exitCode}`));
    });
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function requestsOfFinishedJob(): Promise<void> {
  await requestsIn('fine-tune', 'metrics in the models list');
  await requestsIn('version-only', 'metrics in the version only');
}

async function requestsIn(scenario: ScenarioName, what: string): Promise<void> {
  await using clock = await createClockFile();
  await using simulator = await startSimulator({ scenario, now: clock.now });
  const finished = simulator.trainings.find(({ seeded, version }) => seeded && version === 6);
  if (finished === undefined) throw new Error('the scenario has no finished run on version 6');
  const inputs = { project: 'hard-hats', 'job-id': finished.jobId, thresholds: 'map50 >= 80' };
  await tellRequests(what, simulator, inputs, clock);
}

/** What servers that speak one dialect, or mean labelling jobs by `/jobs`, are asked until a training is read back. */
async function requestsOfStarts(): Promise<void> {
  const starts: readonly (readonly [RoutesMode, Readonly<Record<string, string>>])[] = [
    ['jobs', { version: '7' }],
    ['trainings', { version: '7' }],
    ['trainings', { version: '7', route: 'trainings' }],
    ['annotation-jobs', { version: '7' }],
    ['jobs', { version: 'latest' }],
    ['trainings', { version: 'new' }],
  ];
  for (const [routes, given] of starts) {
    await using clock = await createClockFile();
    await using simulator = await startSimulator({ scenario: 'fine-tune', routes, now: clock.now });
    const pairs = Object.entries(given).map((pair) => pair.join(': '));
    const inputs = { project: 'acme/hard-hats', 'model-type': 'rfdetr-nano', wait: 'none', ...given };
    await tellRequests(`a server with ${routes}, ${pairs.join(', ')}`, simulator, inputs, clock);
  }
}

/** The same requests one after another are told once, with their count. */
async function tellRequests(
  what: string,
  { url, requests }: Pick<Simulator, 'url' | 'requests'>,
  inputs: Readonly<Record<string, string>>,
  { file }: ClockFile,
): Promise<void> {
  const { outputs } = await runStep({
    inputs: { 'api-key': defaultKey, 'api-url': url, ...inputs },
    env: { TRAIN_GATE_CLOCK: file },
  });
  console.log(`${what}: ${requests.length} (outcome ${outputs.outcome})`);
  const lines = requests.map(({ method, path: target }) => `${method} ${target}`);
  for (const [index, line] of lines.entries()) {
    if (line === lines[index - 1]) continue;
    const next = lines.findIndex((each, at) => at > index && each !== line);
    const count = (next === -1 ? lines.length : next) - index;
    console.log(count === 1 ? `  ${line}` : `  ${line} (${count} times)`);
  }
}

/** Each run in a process of its own, since the peak of memory is that of a whole process. */
function manyModels(): void {
  const figures = Array.from({ length: MODEL_RUNS }, () => {
    const script = fileURLToPath(import.meta.url);
    const figure: ModelsFigure = JSON.parse(
      execFileSync(process.execPath, [script, '--models'], { encoding: 'utf8' }),
    );
    return figure;
  });
  const middle = (value: (figure: ModelsFigure) => number) => median(figures.map(value)).toFixed(0);
  console.log(`decision: ${middle(({ decideMs }) => decideMs)} ms`);
  console.log(`report: ${middle(({ reportMs }) => reportMs)} ms`);
  console.log(`report's size: ${middle(({ reportBytes }) => reportBytes)} bytes`);
  console.log(
    `peak memory of the process: ${middle(({ peakMb }) => peakMb)} MB (before there was any model: ${middle(({ emptyPeakMb }) => emptyPeakMb)} MB)`,
  );
}

function judgeManyModels(): ModelsFigure {
  const emptyPeakMb = peakMb();
  const pool = { models: Array.from({ length: MODELS }, (_, index) => model(index)), recommended: new Map() };
  const { rules } = parseRules('map50-95 >= baseline\nmap50@T4 >= 60\nlatency <= 40 ms\nwarn: recall >= 99');
  const baseline: Baseline = { kind: 'run', version: 6, pool };
  const startMs = performance.now();
  const targetsAsked = false;
  const verdict = decide({ pool, rules, targets: defaultTargets(pool), targetsAsked, baseline });
  const decidedMs = performance.now();
  const report = renderReport(
    { kind: 'judged', verdict, models: pool.models, targetsAsked, baseline },
    FACTS,
  );
  return {
    decideMs: decidedMs - startMs,
    reportMs: performance.now() - decidedMs,
    reportBytes: Buffer.byteLength(report),
    emptyPeakMb,
    peakMb: peakMb(),
  };
}

/** Kilobytes, as the system counts them, to megabytes. */
function peakMb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1_000_000;
}

const HARDWARE = ['T4', 'Jetson Orin NX', 'AI1', 'L4'];

/** Figures that differ from model to model without chance, so that every run judges the same. */
function model(index: number): Model {
  const share = ((index * 7919) % MODELS) / MODELS;
  const accuracy: readonly (readonly [AccuracyMetric, number])[] = [
    ['map50-95', 40 + 40 * share],
    ['map50', 50 + 45 * share],
    ['precision', 60 + 35 * share],
    ['recall', 55 + 35 * share],
    ['f1', 57 + 35 * share],
  ];
  return {
    id: `workspace/project-7-nas-gpu-${index.toString(16).padStart(6, '0')}`,
    type: 'rfdetr-nas',
    family: 'child',
    finished: true,
    metrics: new Map(accuracy),
    latencyMs: new Map(HARDWARE.map((name, at) => [name, 1 + (at + 1) * 10 * share])),
    unreadable: [],
  };
}

const FACTS: TrainingFacts = {
  workspace: 'workspace',
  project: 'project',
  version: 7,
  jobId: 'job',
  trainingId: 'training',
  modelType: 'rfdetr-nas-parent',
  status: 'complete',
  inFlight: false,
  origin: 'started',
  route: 'jobs, the jobs of this project are trainings',
  queuedMs: 60_000,
  trainedMs: 3_600_000,
  url: 'https://app.roboflow.com/workspace/project/nas-runs/7',
  source: 'the training results',
};

if (process.argv.includes('--models')) console.log(JSON.stringify(judgeManyModels()));
else await bench();
