import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { markdownTable } from 'markdown-table';
import { parse } from 'yaml';
import { projectRoot } from '../simulator/runner.ts';

const readmePath = path.join(projectRoot, 'README.md');

/** What the tables need of action.yml. */
export interface ActionManifest {
  readonly inputs: Readonly<Record<string, ManifestInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

interface ManifestInput {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

/** Reads the project's own action.yml. */
export async function readActionManifest(): Promise<ActionManifest> {
  const manifest: ActionManifest = parse(await readFile(path.join(projectRoot, 'action.yml'), 'utf8'));
  return manifest;
}

/**
 * `readme` with its tables of inputs and outputs as `manifest` has them; everything outside the markers stays.
 * @throws Error where a pair of markers is missing
 */
export function withTables(readme: string, { inputs, outputs }: ActionManifest): string {
  const inputRows = Object.entries(inputs).map(([name, input]) => [
    code(name),
    defaultOf(input),
    cell(input.description),
  ]);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => [
    code(name),
    cell(description),
  ]);
  const filled = between(readme, 'inputs', markdownTable([['Input', 'Default', 'Meaning'], ...inputRows]));
  return between(filled, 'outputs', markdownTable([['Output', 'Meaning'], ...outputRows]));
}

function defaultOf(input: ManifestInput): string {
  if (input.required === true) return '**required**';
  return input.default === undefined || input.default === '' ? '' : code(input.default);
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function between(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start === -1 || end < start) throw new Error(`README.md has no "${open}" ... "${close}"`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}

/** The first line in which two texts differ, for the hint. */
function firstDifference(old: string, wanted: string): string {
  const [before, after] = [old.split('\n'), wanted.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  return `line ${at + 1}\n- ${before[at] ?? '(nothing)'}\n+ ${after[at] ?? '(nothing)'}`;
}

async function run(check: boolean): Promise<void> {
  const readme = await readFile(readmePath, 'utf8');
  const wanted = withTables(readme, await readActionManifest());
  if (wanted === readme) {
    console.log('The tables in README.md are those of action.yml.');
  } else if (check) {
    console.error(
      `The tables in README.md are not those of action.yml; run "npm run readme". First, ${firstDifference(readme, wanted)}`,
    );
    process.exitCode = 1;
  } else {
    await writeFile(readmePath, wanted);
    console.log('The tables in README.md were written anew.');
  }
}

if (import.meta.main) await run(process.argv.includes('--check'));
