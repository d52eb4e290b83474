import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The project's root folder. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What a step is run with. */
export interface StepOptions {
  /** The value of each input in the workflow's `with:`; the rest get their defaults from action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Further environment, e.g. `GITHUB_EVENT_PATH`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly entry?: 'main' | 'post';
  /** State that the main process saved, for `entry: 'post'`. */
  readonly state?: Readonly<Record<string, string>>;
  /** Folder of the action, for its manifest and bundles; the project's own by default. */
  readonly action?: string;
  /** Told of every line of the log as it comes. */
  readonly onLine?: (line: string) => void;
  /** Given the process once it runs, e.g. to send signals. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** What a step wrote, and how it ended. */
export interface StepResult {
  /** Null if a signal ended the process. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The runner's temporary folder of this step. */
  readonly temp: string;
}

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly runs: { readonly main: string; readonly post?: string };
}

/** Reads action.yml of the action in `folder`. */
export async function readManifest(folder: string = projectRoot): Promise<Manifest> {
  return parse(await readFile(path.join(folder, 'action.yml'), 'utf8'));
}

/**
 * Runs a bundle of the action in a process of its own, the way GitHub's runner does: inputs from the environment, file
 * commands for outputs, state and summary, the runner's temporary folder (docs/internals/github.md#where-a-step-runs, #hosts-and-proxies).
 */
export async function runStep(options: StepOptions): Promise<StepResult> {
  const folder = options.action ?? projectRoot;
  const manifest = await readManifest(folder);
  const temp = await mkdtemp(path.join(tmpdir(), 'runner-'));
  const files = await commandFiles(temp);
  const script = options.entry === 'post' ? (manifest.runs.post ?? manifest.runs.main) : manifest.runs.main;
  const child = spawn(process.execPath, [path.join(folder, script)], {
    cwd: temp,
    env: {
      ...inputVariables(manifest, options.inputs),
      ...Object.fromEntries(
        Object.entries(options.state ?? {}).map(([name, value]) => [`STATE_${name}`, value]),
      ),
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: temp,
      RUNNER_TEMP: path.join(temp, 'temp'),
      GITHUB_OUTPUT: files.output,
      GITHUB_STATE: files.state,
      GITHUB_STEP_SUMMARY: files.summary,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  options.onStart?.(child);
  const stdout = collect(child.stdout, options.onLine);
  const stderr = collect(child.stderr, options.onLine);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return {
    exitCode,
    stdout: stdout(),
    stderr: stderr(),
    outputs: readFileCommands(await readFile(files.output, 'utf8')),
    state: readFileCommands(await readFile(files.state, 'utf8')),
    summary: await readFile(files.summary, 'utf8'),
    temp,
  };
}

async function commandFiles(temp: string): Promise<Readonly<Record<'output' | 'state' | 'summary', string>>> {
  await mkdir(path.join(temp, 'temp'));
  const files = {
    output: path.join(temp, 'output'),
    state: path.join(temp, 'state'),
    summary: path.join(temp, 'summary'),
  };
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
  return files;
}

/** Every declared input is there, by the runner's rule for its name: blanks become `_`, dashes stay. */
function inputVariables(
  manifest: Manifest,
  inputs: Readonly<Record<string, string>>,
): Record<string, string> {
  const defaults = Object.entries(manifest.inputs).map(
    ([name, input]) => [name, String(input.default ?? '')] as const,
  );
  return Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value.startsWith('${{') ? '' : value,
    ]),
  );
}

/** Collects a stream's text, and hands on each whole line. */
function collect(stream: NodeJS.ReadableStream, onLine: ((line: string) => void) | undefined): () => string {
  let text = '';
  let pending = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  });
  return () => text;
}

/** Reads a file of commands as the runner does: `name=value`, or `name<<delimiter` up to that delimiter; the last wins. */
function readFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const heredoc = /^(.+?)<<(.+)$/.exec(lines[at] ?? '');
    if (heredoc?.[1] === undefined) continue;
    const end = lines.indexOf(heredoc[2] ?? '', at + 1);
    if (end === -1) throw new Error(`no end of the value of ${heredoc[1]}`);
    values[heredoc[1]] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}
