import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { runStep, type StepOptions, type StepResult } from '../../simulator/runner.ts';
import { defaultKey, type Simulator } from '../../simulator/simulator.ts';
import type { TimedSimulator } from './timed.ts';

// A step's process hardly waits: a few at a time keep the cores busy.
vi.setConfig({ maxConcurrency: 3 });

/** One annotation as GitHub would show it. */
export interface Annotation {
  readonly level: string;
  readonly text: string;
}

/** What a run of the bundle left behind; its temporary folder is read and then removed. */
export interface RunResult extends StepResult {
  readonly annotations: readonly Annotation[];
  /** Every file under the runner's temporary folder, by its path there. */
  readonly files: ReadonlyMap<string, string>;
}

/** What differs from a run on version 7 of the simulated project. */
export interface RunOptions extends Omit<Partial<StepOptions>, 'inputs'> {
  readonly inputs?: Readonly<Record<string, string>>;
}

/** A net for a run that never ends: it is killed, and so has no exit code. No run comes near it. */
const LONGEST_RUN_MS = 100_000;

/** Runs the bundle as a workflow step would, against `simulator`, on its virtual time if it has one. */
export async function runAgainst(
  simulator: Pick<Simulator, 'url'> & Partial<Pick<TimedSimulator, 'clock'>>,
  { inputs = {}, env = {}, onStart, ...rest }: RunOptions = {},
): Promise<RunResult> {
  let guard: NodeJS.Timeout | undefined;
  const result = await runStep({
    ...rest,
    inputs: {
      'api-key': defaultKey,
      'api-url': simulator.url,
      project: 'hard-hats',
      version: '7',
      'model-type': 'rfdetr-nano',
      thresholds: 'map50 >= 80',
      ...inputs,
    },
    env: { ...(simulator.clock && { TRAIN_GATE_CLOCK: simulator.clock.file }), ...env },
    onStart: (child) => {
      guard = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
      onStart?.(child);
    },
  });
  clearTimeout(guard);
  const files = await filesIn(result.temp);
  await rm(result.temp, { recursive: true, force: true });
  return { ...result, files, annotations: annotationsIn(result.stdout) };
}

/** The annotations in a log, in their order. */
export function annotationsIn(log: string): readonly Annotation[] {
  return log.split('\n').flatMap((line) => {
    const [, level, text] = /^::(error|warning|notice)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    return level === undefined || text === undefined ? [] : [{ level, text: unescaped(text) }];
  });
}

/** Gives the texts of one level that a run annotated. */
const textsOf =
  (wanted: string) =>
  ({ annotations }: Pick<RunResult, 'annotations'>): readonly string[] =>
    annotations.filter(({ level }) => level === wanted).map(({ text }) => text);

export const errorsOf = textsOf('error');
export const warningsOf = textsOf('warning');
export const noticesOf = textsOf('notice');

/** Fails if `key`, plain or as it looks in a URL, shows anywhere but in the lines that mask it. */
export function expectNoKey(
  result: RunResult,
  simulator: Pick<Simulator, 'requests'>,
  key: string = defaultKey,
): void {
  const log = result.stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
  const places = {
    stdout: log,
    stderr: result.stderr,
    summary: result.summary,
    outputs: JSON.stringify(result.outputs),
    state: JSON.stringify(result.state),
    files: [...result.files.values()].join('\n'),
    urls: simulator.requests.map(({ path: asked, query }) => `${asked} ${JSON.stringify(query)}`).join('\n'),
  };
  const leaks = Object.entries(places)
    .filter(([, text]) => [key, encodeURIComponent(key)].some((form) => text.includes(form)))
    .map(([place]) => place);
  expect(leaks, 'places that show the key').toEqual([]);
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), await readFile(file, 'utf8')] as const;
    });
  return new Map(await Promise.all(read));
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
