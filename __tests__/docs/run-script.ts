import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getOctokit } from '@actions/github';
import { workflowToken } from '../../simulator/github.ts';
import type { StepCall, StepEnd } from './run-jobs.ts';

/** What a script for `actions/github-script` sees beside its environment. */
export interface ScriptSurroundings {
  /** The address of GitHub's API. */
  readonly url: string;
  /** The content of the event. */
  readonly payload?: object;
  /** The folder that its files are in. */
  readonly workspace?: string;
}

/** How a script ended, and what it told: warnings, notices and lines for the summary. */
export interface ScriptEnd extends StepEnd {
  readonly told: readonly string[];
}

const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => {}).constructor;

/** Runs the script of a step as `actions/github-script` does, with the workflow's token. */
export async function runScript(
  { given, env }: StepCall,
  { url, payload = {}, workspace = '' }: ScriptSurroundings,
): Promise<ScriptEnd> {
  const outputs = new Map<string, string>();
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  const summary = { addRaw: (text: string) => ({ write: async () => tell(text) }) };
  const setOutput = (name: string, value: unknown) => void outputs.set(name, String(value ?? ''));
  const seen = {
    github: getOctokit(workflowToken, { baseUrl: url }),
    context: { repo: { owner: 'acme', repo: 'site-safety' }, ref: 'refs/heads/main', payload },
    core: { setOutput, warning: tell, notice: tell, summary },
    process: { env },
    require: () => ({
      existsSync: (file: string) => existsSync(path.join(workspace, file)),
      readFileSync: (file: string) => readFileSync(path.join(workspace, file), 'utf8'),
    }),
  };
  const run = new AsyncFunction(...Object.keys(seen), given.script ?? '');
  const conclusion = await run(...Object.values(seen)).then(
    () => 'success',
    (error: unknown) => {
      tell(String(error));
      return 'failure';
    },
  );
  return { conclusion, outputs: Object.fromEntries(outputs), told };
}
