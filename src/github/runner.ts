import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import type { InputSource } from '../inputs/reader.ts';
import { reasonOf, TrainGateError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { runnerLog } from './log.ts';

/** The step of the workflow that this process runs: where it reads from and writes to. */
export interface Runner extends InputSource {
  readonly log: Log;
  /** What this step's main process saved for its post process. */
  savedState(name: string): string;
  saveState(name: string, value: string): void;
  output(name: string, value: string): void;
  /** Keeps `secret` out of the log from now on. */
  mask(secret: string): void;
  /** Appends to the job summary; warns where there is none. */
  summary(markdown: string): Promise<void>;
  /**
   * Writes a file for later steps and returns its path.
   * @throws TrainGateError where that is not possible
   */
  file(name: 'results.json' | 'report.md', content: string): Promise<string>;
}

/** The step that the runner started this process for. */
export function openRunner(env: NodeJS.ProcessEnv): Runner {
  const log = runnerLog();
  let folder: Promise<string> | undefined;
  return {
    log,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    workspaceFile: (file) => readWorkspaceFile(file, env.GITHUB_WORKSPACE || process.cwd()),
    savedState: (name) => core.getState(name),
    saveState: (name, value) => core.saveState(name, value),
    output: (name, value) => core.setOutput(name, value),
    mask: (secret) => core.setSecret(secret),
    summary: (markdown) => appendSummary(markdown, log),
    file: async (name, content) => {
      try {
        folder ??= ownFolder(env.RUNNER_TEMP);
        const file = path.join(await folder, name);
        await writeFile(file, content);
        return file;
      } catch (error) {
        throw new TrainGateError(`${name} could not be written: ${reasonOf(error)}`, {
          hint: 'Check the temporary folder of the runner (RUNNER_TEMP) and its disk.',
          cause: error,
        });
      }
    },
  };
}

const LARGEST_FILE_BYTES = 1024 * 1024;

/** Links are followed before it is checked, so that a pull request cannot point at a file of the runner. */
function readWorkspaceFile(file: string, workspace: string): string {
  const root = realpathSync(workspace);
  const resolved = path.resolve(root, file);
  if (!existsSync(resolved)) throw new Error('there is no such file');
  const real = realpathSync(resolved);
  if (!real.startsWith(root + path.sep)) throw new Error('it lies outside of the workspace');
  const { size } = statSync(real);
  if (size > LARGEST_FILE_BYTES) throw new Error(`it is larger than ${LARGEST_FILE_BYTES} bytes`);
  return readFileSync(real, 'utf8');
}

/** A folder of this step's own, so that several steps of a job keep their files apart. */
async function ownFolder(runnerTemp: string | undefined): Promise<string> {
  const parent = runnerTemp || tmpdir();
  await mkdir(parent, { recursive: true });
  return mkdtemp(path.join(parent, 'train-gate-'));
}

/** Local tools that run actions may have no summary; that must not cost the verdict. */
async function appendSummary(markdown: string, log: Log): Promise<void> {
  try {
    await core.summary.addRaw(markdown, true).write();
  } catch (error) {
    log.warning(`The job summary could not be written: ${reasonOf(error)}`);
  }
}
