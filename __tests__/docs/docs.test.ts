import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { readActionManifest, withTables } from '../../scripts/readme.ts';
import { projectRoot } from '../../simulator/runner.ts';
import { resultsFile } from '../../src/github/results-file.ts';
import { type InputsResult, readInputs } from '../../src/inputs/inputs.ts';
import { VERSION } from '../../src/roboflow/project.ts';
import { facts, judged } from '../report/cases.ts';
import { anchorsOf } from './headings.ts';

/** One text of the documentation, by its path from the root. */
interface Page {
  readonly name: string;
  readonly text: string;
}

/** One YAML text that people paste or CI runs. */
interface Workflow {
  readonly where: string;
  readonly text: string;
}

interface WorkflowStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface WorkflowBody {
  readonly jobs?: Readonly<
    Record<
      string,
      {
        readonly outputs?: Readonly<Record<string, string>>;
        readonly steps?: readonly WorkflowStep[];
        readonly 'timeout-minutes'?: number;
      }
    >
  >;
  readonly permissions?: unknown;
}

const manifest = await readActionManifest();
const pages = await readPages();
const workflows = [...pages.flatMap(yamlBlocks), await ciWorkflow()];

async function readPages(): Promise<readonly Page[]> {
  const inFolder = async (folder: string) =>
    (await readdir(path.join(projectRoot, folder)))
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.posix.join(folder, file));
  const names = [...(await inFolder('.')), ...(await inFolder('docs'))];
  return Promise.all(names.map(async (name) => ({ name, text: await readText(name) })));
}

function readText(name: string): Promise<string> {
  return readFile(path.join(projectRoot, name), 'utf8');
}

function yamlBlocks({ name, text }: Page): readonly Workflow[] {
  return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map((match, index) => ({
    where: `${name}, example ${index + 1}`,
    text: match[1] ?? '',
  }));
}

async function ciWorkflow(): Promise<Workflow> {
  const name = '.github/workflows/ci.yml';
  return { where: name, text: await readText(name) };
}

function body({ text }: Workflow): WorkflowBody {
  const workflow: WorkflowBody = parse(text);
  return workflow;
}

function stepsOf(workflow: Workflow): readonly WorkflowStep[] {
  return Object.values(body(workflow).jobs ?? {}).flatMap(({ steps }) => steps ?? []);
}

function isOurs({ uses }: WorkflowStep): boolean {
  return uses === './' || uses?.includes('/train-gate@') === true;
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** What is wrong with a link from `page`; undefined where it leads somewhere. */
async function problemOf(link: string, page: Page): Promise<string | undefined> {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page.name : path.posix.join(path.posix.dirname(page.name), file);
  const found = await stat(path.join(projectRoot, target)).catch(() => undefined);
  if (!found) return `${page.name}: ${link} leads to no file`;
  if (anchor === undefined || anchorsOf(await readText(target)).includes(anchor)) return undefined;
  return `${page.name}: ${link} leads to no heading`;
}

/** The lines of a Markdown text, without the marks of headings and emphasis and the widths of columns. */
function plainLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/[#*]/g, '').replace(/-+/g, '-').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** The names of all fields in a JSON value, each with those it lies in; of a list, those of its first entry. */
function pathsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return pathsIn(value[0]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    name,
    ...pathsIn(inner).map((each) => `${name}.${each}`),
  ]);
}

/** Reads inputs; whatever file of the workspace they name holds an empty JSON object. */
function readWith(input: (name: string) => string): InputsResult {
  return readInputs({ input, workspaceFile: () => '{}' });
}

describe('README', () => {
  it('has the inputs and outputs of action.yml in its tables', async () => {
    const readme = await readText('README.md');
    expect(withTables(readme, manifest), 'run "node scripts/readme.ts"').toBe(readme);
  });

  it('names the two commands that need nothing else', async () => {
    const readme = await readText('README.md');
    expect(readme).toContain('npm ci && npm run demo');
    expect(readme).toContain('npm ci && npm test');
  });

  it('quotes the report as it is drawn', async () => {
    const readme = await readText('README.md');
    const report = await readText('__tests__/report/golden/nas.md');
    const [, quoted = ''] = /<!-- report -->([\s\S]*?)<!-- \/report -->/.exec(readme) ?? [];
    const lines = plainLines(quoted.replace(/^> ?/gm, ''));
    const drawn = new Set(plainLines(report));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => !drawn.has(line))).toEqual([]);
  });

  it('shows a results file that has only fields of a real one', async () => {
    const [, example = ''] = /^```json\n([\s\S]*?)^```/m.exec(await readText('README.md')) ?? [];
    const shown: unknown = JSON.parse(example);
    const real: unknown = JSON.parse(resultsFile(judged({ thresholds: 'map50 >= 80' }), facts));
    expect(pathsIn(shown).filter((name) => !pathsIn(real).includes(name))).toEqual([]);
  });
});

describe('action.yml', () => {
  it('has just the inputs that the code reads', () => {
    const read = new Set<string>();
    const result = readWith((name) => {
      read.add(name);
      return '';
    });
    expect(result.kind).toBe('mistakes');
    expect([...read].sort()).toEqual(Object.keys(manifest.inputs).sort());
  });

  it('has defaults that are valid', () => {
    const needed = new Map([
      ['api-key', 'key'],
      ['project', 'project'],
      ['version', '7'],
      ['model-type', 'rfdetr-nano'],
    ]);
    const read = readWith((name) => needed.get(name) ?? manifest.inputs[name]?.default ?? '');
    expect(read).toMatchObject({ kind: 'inputs' });
  });

  it('bears the version of package.json in the code', async () => {
    const { version }: { readonly version: string } = JSON.parse(await readText('package.json'));
    expect(VERSION).toBe(version);
  });
});

describe('links', () => {
  it.each(pages)('of $name lead somewhere', async (page) => {
    const links = [...withoutCode(page.text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/i.test(link));
    const problems = await Promise.all(links.map((link) => problemOf(link, page)));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });
});

describe('paths', () => {
  it.each(pages)('in $name are there', async (page) => {
    const paths = [...page.text.matchAll(/`((?:src|simulator|scripts|docs|dist|__tests__)\/[^`\s]*)`/g)].map(
      ([, name = '']) => name,
    );
    const found = await Promise.all(
      paths.map((name) => stat(path.join(projectRoot, name)).catch(() => undefined)),
    );
    expect(paths.filter((_, index) => found[index] === undefined)).toEqual([]);
  });
});

describe('workflows in the documentation and of CI', () => {
  it('are there', () => {
    expect(workflows.length).toBeGreaterThan(5);
    expect(workflows.every((workflow) => stepsOf(workflow).some(isOurs))).toBe(true);
  });

  it.each(workflows)('$where is YAML', ({ text }) => {
    expect(parseDocument(text).errors).toEqual([]);
  });

  it.each(workflows)('$where gives no input that the action does not have', (workflow) => {
    const given = stepsOf(workflow)
      .filter(isOurs)
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.filter((name) => !Object.hasOwn(manifest.inputs, name))).toEqual([]);
  });

  it.each(workflows)('$where gives values that the action takes', (workflow) => {
    for (const step of stepsOf(workflow).filter(isOurs)) {
      const value = (name: string) => {
        const given = step.with?.[name];
        if (given === undefined) return manifest.inputs[name]?.default ?? '';
        // What an expression gives is not known here; a word that every input of that kind takes stands for it.
        return String(given).startsWith('${{') ? 'rfdetr-nano' : String(given);
      };
      expect(readWith(value)).toMatchObject({ kind: 'inputs' });
    }
  });

  it.each(workflows)('$where asks only for outputs and steps that exist', (workflow) => {
    const ids = new Set(stepsOf(workflow).flatMap(({ id }) => id ?? []));
    const references = [...workflow.text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)];
    const unknown = references
      .filter(([, id = '', output = '']) => !ids.has(id) || !Object.hasOwn(manifest.outputs, output))
      .map(([text]) => text);
    expect(unknown).toEqual([]);
  });

  it.each(workflows)('$where asks only for outputs of jobs that exist', (workflow) => {
    const jobs = body(workflow).jobs ?? {};
    const references = [...workflow.text.matchAll(/\bneeds\.([\w-]+)\.outputs\.([\w-]+)/g)];
    const unknown = references
      .filter(([, job = '', output = '']) => !Object.hasOwn(jobs[job]?.outputs ?? {}, output))
      .map(([text]) => text);
    expect(unknown).toEqual([]);
  });

  it.each(pages)('$name pins this action in the one form, with the version of the code behind it', (page) => {
    const uses = [...page.text.matchAll(/\buses: (.*\/train-gate@.*)/g)].map(([, used = '']) => used);
    expect(uses.filter((used) => used !== `OWNER/train-gate@COMMIT_SHA # v${VERSION}`)).toEqual([]);
  });

  it.each(workflows)('$where pins every other action to a commit', (workflow) => {
    const others = stepsOf(workflow).filter((step) => step.uses !== undefined && !isOurs(step));
    expect(others.filter(({ uses = '' }) => !/@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  it.each(workflows)('$where pastes no expression into a shell', (workflow) => {
    expect(stepsOf(workflow).filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it.each(workflows)('$where grants nothing by default and limits every job in time', (workflow) => {
    const { permissions, jobs = {} } = body(workflow);
    expect(permissions).toEqual({});
    expect(Object.values(jobs).filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  });
});
