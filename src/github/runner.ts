import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as core from '@actions/core';
import type { Log } from '../lib/context.ts';
import { messageOf, reasonOf, TrainGateError } from '../lib/errors.ts';
import { clipped } from '../lib/fit-text.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { keyForms } from '../lib/redact.ts';
import type { Rights } from './event.ts';
import type { WorkflowRun } from './workflow-run.ts';
import { findWorkspaceFolder, readInputFile, type WorkspaceFolder } from './workspace.ts';

/** The step of the workflow that this process runs: what it can read, and where it can write. */
export interface Runner {
  readonly log: Log;
  input(name: string): string;
  withheldFrom(): Exclude<Rights, 'full'> | undefined;
  /** How long GitHub lets a job run here, in ms; undefined if that is not known (docs/internals/github.md#limits). */
  readonly longestJobMs: number | undefined;
  inputFile(path: string, mostBytes: number): string | undefined;
  workspaceFolder(path: string): WorkspaceFolder;
  /** What the main step saved for its post step; empty if it saved nothing, as GitHub has it. */
  savedState(name: string): string;
  /** Saves something for the post step. Throws TrainGateError if that is not possible. */
  saveState(name: string, value: string): void;
  output(name: string, value: string): void;
  /** Keeps a secret out of the log, in each form in which it can travel. */
  mask(secret: string): void;
  summary(markdown: string): Promise<void>;
  file(name: 'results.json' | 'report.md', content: string): Promise<string | undefined>;
  /** Which state, outputs and files could not be written so far, and why: what the step has to fail for in the end. */
  unwritten(): readonly string[];
}

const LONGEST_HOSTED_JOB_MS = 6 * 60 * 60_000;

/** The runner that started this process, by its environment and what the event says. */
export function openRunner(env: NodeJS.ProcessEnv, { rights }: Pick<WorkflowRun, 'rights'>): Runner {
  const log = runnerLog();
  const workspace = env.GITHUB_WORKSPACE || process.cwd();
  let folder: Promise<string> | undefined;
  const unwritten = new Map<string, string>();
  const failed = (what: string, error: unknown, hint = FULL): TrainGateError => {
    const trouble = new TrainGateError(`${what} could not be written: ${reasonOf(error)}`, {
      hint,
      cause: error,
    });
    if (!unwritten.has(what)) unwritten.set(what, messageOf(trouble));
    return trouble;
  };
  return {
    log,
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    withheldFrom: () => (rights === 'full' ? undefined : rights),
    longestJobMs: env.RUNNER_ENVIRONMENT === 'github-hosted' ? LONGEST_HOSTED_JOB_MS : undefined,
    inputFile: (file, mostBytes) =>
      readInputFile(file, [workspace, ...(env.RUNNER_TEMP ? [env.RUNNER_TEMP] : [])], mostBytes),
    workspaceFolder: (folder) => findWorkspaceFolder(folder, workspace),
    savedState: (name) => core.getState(name),
    saveState: (name, value) => {
      try {
        core.saveState(name, value);
      } catch (error) {
        throw failed('The state for the post step (GITHUB_STATE)', error);
      }
    },
    output: (name, value) => {
      try {
        core.setOutput(name, value);
      } catch (error) {
        failed('The outputs of the step (GITHUB_OUTPUT)', error);
      }
    },
    mask: (secret) => {
      for (const form of keyForms(secret)) core.setSecret(form);
    },
    summary: async (markdown) => {
      try {
        await core.summary.addRaw(markdown, true).write();
      } catch (error) {
        // Local tools that run actions may have no summary. The verdict must be told all the same.
        log.warning(`The job summary could not be written: ${reasonOf(error)}`);
      }
    },
    file: async (name, content) => {
      try {
        folder ??= createFolder(env.RUNNER_TEMP || tmpdir());
        const file = path.join(await folder, name);
        await writeFile(file, content);
        return file;
      } catch (error) {
        failed(name, error, UNWRITABLE);
        return undefined;
      }
    },
    unwritten: () => [...unwritten.values()],
  };
}

const FULL = 'Check that the disk of the runner is not full.';
const UNWRITABLE =
  'Check that the temporary folder of the runner (RUNNER_TEMP) is writable and its disk is not full.';

/** One folder per step, so that two steps of a job do not overwrite each other's files. */
async function createFolder(parent: string): Promise<string> {
  await makeFolder(parent);
  return mkdtemp(path.join(parent, 'train-gate-'));
}

/** The log of the running step. This is the only place that makes texts harmless for the runner. */
function runnerLog(): Log {
  return {
    info: (text) => core.info(logText(text)),
    debug: (text) => core.debug(logText(text)),
    notice: (text) => core.notice(logText(text)),
    warning: (text) => core.warning(logText(text)),
    failure: (text) => core.setFailed(logText(text)),
  };
}

/** `text` made safe for the log: no workflow command, no control, ANSI or bidirectional characters (docs/internals/github.md#text-and-secrets). */
export function logText(text: string): string {
  return clipped(text, LONGEST_TEXT)
    .replace(/\r\n?/g, '\n')
    .replace(ANSI, '')
    .replace(INVISIBLE, '\u{FFFD}')
    .replace(/##\[/g, '#\u{200B}#[')
    .replace(/^([^\S\n]*):(?=:)/gmu, '$1:\u{200B}');
}

/** A longer text is no message but the body of an answer inside one. */
const LONGEST_TEXT = 20_000;

/** Escape sequences of terminals, such as colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with a control character.
const ANSI = /\u{1B}(?:\[[0-?]*[ -/]*[@-~]|\][^\n\u{7}\u{1B}]*(?:\u{7}|\u{1B}\\)?|[@-Z\\-_])/gu;

/** All characters of the categories Cc and Cf, except newline and tab. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\u{2028}\u{2029}]/gu;
