import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { markdownTable } from 'markdown-table';
import { isMap, isPair, isScalar, parseDocument } from 'yaml';
import { projectRoot } from '../simulator/runner.ts';

/** The pages that have tables of an action, and the folder of that action. */
const PAGES = [
  { page: 'README.md', action: '.' },
  { page: 'docs/without-a-runner.md', action: 'settle' },
] as const;

/** What the tables need of action.yml. */
export interface ActionManifest {
  readonly description: string;
  readonly inputs: Readonly<Record<string, ManifestInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  /** Names in their order, by the heading that stands as a comment above the first of them. */
  readonly groups: Readonly<Record<'inputs' | 'outputs', readonly ManifestGroup[]>>;
}

interface ManifestInput {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

interface ManifestGroup {
  readonly title: string;
  readonly names: readonly string[];
}

/** Reads action.yml of an action of this project: `settle`, or the main one. */
export async function readActionManifest(action: '.' | 'settle' = '.'): Promise<ActionManifest> {
  const document = parseDocument(await readFile(path.join(projectRoot, action, 'action.yml'), 'utf8'));
  const manifest: Omit<ActionManifest, 'groups'> = document.toJS();
  const groups = { inputs: groupsOf(document.get('inputs')), outputs: groupsOf(document.get('outputs')) };
  return { ...manifest, groups };
}

/**
 * The groups of one section of action.yml.
 * @throws Error if the first name has no comment above it
 */
function groupsOf(section: unknown): readonly ManifestGroup[] {
  if (!isMap(section)) throw new Error('action.yml has no inputs or no outputs');
  // A comment above the first name belongs to the section itself, by the parser's rule.
  let title = section.commentBefore;
  const groups: { title: string; names: string[] }[] = [];
  for (const pair of section.items) {
    if (!isPair(pair) || !isScalar(pair.key))
      throw new Error('action.yml has an input or output without a name');
    title = pair.key.commentBefore ?? title;
    if (title) groups.push({ title: title.trim(), names: [] });
    title = undefined;
    const group = groups.at(-1);
    if (!group) throw new Error(`action.yml has no comment above "${pair.key.value}"`);
    group.names.push(String(pair.key.value));
  }
  return groups;
}

/**
 * `readme` with its tables of inputs and outputs as `manifest` has them; everything outside the markers stays.
 * @throws Error if a pair of markers is missing
 */
export function withTables(readme: string, { inputs, outputs, groups }: ActionManifest): string {
  const inputTables = groups.inputs.map(({ title, names }) =>
    table(
      [title, 'Default', 'Meaning'],
      names.map((name) => [code(name), defaultOf(inputs[name]), cell(inputs[name]?.description ?? '')]),
    ),
  );
  const outputTables = groups.outputs.map(({ title, names }) =>
    table(
      [title, 'Meaning'],
      names.map((name) => [code(name), cell(outputs[name]?.description ?? '')]),
    ),
  );
  return between(between(readme, 'inputs', inputTables.join('\n\n')), 'outputs', outputTables.join('\n\n'));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head, ...rows], { alignDelimiters: false });
}

function defaultOf(input: ManifestInput | undefined): string {
  if (input?.required === true) return '**required**';
  if (input?.default === undefined || input.default === '') return '';
  // Of an expression with a case for a matrix, what it comes to without one; the description tells the rest.
  const [, usual] = /\|\| '([^']+)' \}\}$/.exec(input.default) ?? [];
  return code(usual ?? input.default);
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
  if (start === -1 || end < start) throw new Error(`the page has no "${open}" ... "${close}"`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}

/** The first line in which two texts differ, for the hint. */
function firstDifference(old: string, wanted: string): string {
  const [before, after] = [old.split('\n'), wanted.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  return `line ${at + 1}\n- ${before[at] ?? '(nothing)'}\n+ ${after[at] ?? '(nothing)'}`;
}

async function run(check: boolean): Promise<void> {
  for (const { page, action } of PAGES) {
    const file = path.join(projectRoot, page);
    const text = await readFile(file, 'utf8');
    const wanted = withTables(text, await readActionManifest(action));
    if (wanted === text) {
      console.log(`The tables in ${page} are those of action.yml.`);
    } else if (check) {
      console.error(
        `The tables in ${page} are not those of action.yml; run "npm run readme". First, ${firstDifference(text, wanted)}`,
      );
      process.exitCode = 1;
    } else {
      await writeFile(file, wanted);
      console.log(`The tables in ${page} were written anew.`);
    }
  }
}

if (import.meta.main) await run(process.argv.includes('--check'));
