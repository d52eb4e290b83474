import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../simulator/runner.ts';

/** One text of the documentation, by its path from the root. */
export interface Page {
  readonly name: string;
  readonly text: string;
}

/** One workflow that people paste or GitHub runs: an example in a page, or a file. */
export interface Workflow {
  readonly where: string;
  readonly text: string;
}

/** One step of a workflow, as far as tests look at it. */
export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** One job of a workflow, as far as tests look at it. */
export interface WorkflowJob {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly WorkflowStep[];
  readonly strategy?: { readonly matrix?: string | Readonly<Record<string, readonly string[]>> };
  readonly with?: Readonly<Record<string, string>>;
  readonly 'runs-on'?: string | readonly string[];
  readonly 'timeout-minutes'?: number;
}

interface WorkflowInputs {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** A workflow that was read from its YAML. */
export interface WorkflowBody {
  readonly on: {
    readonly workflow_dispatch?: WorkflowInputs | null;
    readonly workflow_call?: WorkflowInputs | null;
  };
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
  readonly permissions?: unknown;
}

/** The text of a file, by its path from the root. */
export function readText(name: string): Promise<string> {
  return readFile(path.join(projectRoot, name), 'utf8');
}

async function filesIn(folder: string, ending: string): Promise<readonly string[]> {
  const names = await readdir(path.join(projectRoot, folder));
  return names.filter((name) => name.endsWith(ending)).map((name) => path.posix.join(folder, name));
}

/** Every page of Markdown at the root and in docs. */
export async function readPages(): Promise<readonly Page[]> {
  const names = [...(await filesIn('.', '.md')), ...(await filesIn('docs', '.md'))];
  return Promise.all(names.map(async (name) => ({ name, text: await readText(name) })));
}

/** The workflows that people paste: the recipes, and the examples in pages. */
export async function readRecipes(): Promise<readonly Workflow[]> {
  const recipes = (await filesIn('docs/recipes', '.yml')).map(async (name) => ({
    where: name,
    text: await readText(name),
  }));
  return [...(await readPages()).flatMap(wholeWorkflows), ...(await Promise.all(recipes))];
}

/** The workflows of this repository. */
export async function readOwnWorkflows(): Promise<readonly Workflow[]> {
  const names = await filesIn('.github/workflows', '.yml');
  return Promise.all(names.map(async (name) => ({ where: name, text: await readText(name) })));
}

/** The examples of a page that are whole workflows; others are parts of one. */
function wholeWorkflows({ name, text }: Page): readonly Workflow[] {
  return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)]
    .map((match, index) => ({ where: `${name}, example ${index + 1}`, text: match[1] ?? '' }))
    .filter((workflow) => /^jobs:/m.test(workflow.text));
}

/** A workflow's content. */
export function bodyOf({ text }: Workflow): WorkflowBody {
  const body: WorkflowBody = parse(text);
  return body;
}

/** All steps of a workflow, whatever job they are in. */
export function stepsOf(workflow: Workflow): readonly WorkflowStep[] {
  return Object.values(bodyOf(workflow).jobs).flatMap(({ steps }) => steps ?? []);
}

/** Inputs as a step reads them; a file of the workspace that they name holds an empty JSON object, or a rule; there are no results yet. */
export function sourceOf(input: (name: string) => string) {
  return {
    input,
    withheldFrom: () => undefined,
    inputFile: (file: string) => {
      if (file.endsWith('results.json')) return undefined;
      return file.endsWith('.json') ? '{}' : 'map50 >= 80';
    },
    workspaceFolder: () => undefined,
  };
}

/** Does the step use the action that settles? */
export function isSettle({ uses }: WorkflowStep): boolean {
  return uses?.includes('/train-gate/settle@') === true;
}

/** Does the step use this action? */
export function isOurs({ uses }: WorkflowStep): boolean {
  return uses === './' || uses?.includes('/train-gate@') === true;
}
