import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readActionManifest, withTables } from '../../scripts/readme.ts';
import { projectRoot } from '../../simulator/runner.ts';
import { METRICS } from '../../src/gate/metric.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { readSettleInputs } from '../../src/inputs/settle-inputs.ts';
import { VERSION } from '../../src/roboflow/http/request.ts';
import { anchorsOf } from './headings.ts';
import { type Page, readPages, readText, sourceOf } from './pages.ts';

const MOST_LINES = 250;
const MOST_WORDS = 1_800;
const MOST_LINES_OF_WORKFLOW = 25;
/** GitHub's Marketplace takes no longer one. */
const LONGEST_DESCRIPTION = 124;

const manifest = await readActionManifest();
const settleManifest = await readActionManifest('settle');
const pages = await readPages();
const readme = await readText('README.md');
const packageJson: { readonly version: string; readonly scripts: Readonly<Record<string, string>> } =
  JSON.parse(await readText('package.json'));

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** What is wrong with a link from `page`; undefined if it leads somewhere. */
async function problemOf(link: string, page: Page): Promise<string | undefined> {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page.name : path.posix.join(path.posix.dirname(page.name), file);
  const found = await stat(path.join(projectRoot, target)).catch(() => undefined);
  if (!found) return `${page.name}: ${link} leads to no file`;
  if (anchor === undefined || anchorsOf(await readText(target)).includes(anchor)) return undefined;
  return `${page.name}: ${link} leads to no heading`;
}

/** Links of Markdown, and the addresses of pictures in HTML. */
function linksOf({ text }: Page): readonly string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)];
  return links.map(([, link, picture]) => link ?? picture ?? '').filter((link) => !/^[a-z]+:/i.test(link));
}

describe('README', () => {
  it('has the inputs and outputs of action.yml in its tables', () => {
    expect(withTables(readme, manifest), 'run "npm run readme"').toBe(readme);
  });

  it('is short enough to be read to its end', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(MOST_WORDS);
  });

  it('begins with one sentence, a picture and a short workflow, and explains OWNER there', () => {
    const [first = ''] = readme.split(/^## /m);
    const [, workflow = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(first) ?? [];
    expect(first).toMatch(/<picture>.*docs\/report-dark\.png.*docs\/report-light\.png/);
    expect(workflow.trim().split('\n').length).toBeLessThanOrEqual(MOST_LINES_OF_WORKFLOW);
    expect(workflow.split(/my-workspace\/my-project/)).toHaveLength(2);
    expect(first).toMatch(/^`OWNER` is/m);
  });

  it('names the two commands that need nothing else', () => {
    expect(readme).toContain('npm ci && npm run demo');
    expect(readme).toContain('npm ci && npm test');
  });

  it('names every metric that a rule may use', () => {
    const line = readme.split('\n').find((each) => each.startsWith('- Metrics:')) ?? '';
    expect([...line.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort()).toEqual([...METRICS].sort());
  });
});

describe('action.yml', () => {
  it('has just the inputs that the code reads', () => {
    const read = new Set<string>();
    const input = (name: string) => {
      read.add(name);
      return '';
    };
    const result = readInputs(sourceOf(input));
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
    const input = (name: string) => needed.get(name) ?? manifest.inputs[name]?.default ?? '';
    expect(readInputs(sourceOf(input))).toMatchObject({ kind: 'inputs' });
  });

  it('has a description that the Marketplace takes', () => {
    expect(manifest.description.length).toBeLessThanOrEqual(LONGEST_DESCRIPTION);
  });

  it('bears the version of package.json in the code', () => {
    expect(VERSION).toBe(packageJson.version);
  });
});

describe('settle/action.yml', () => {
  it('has just the inputs that the code reads, and they are in the tables of its page', async () => {
    const read = new Set<string>();
    const input = (name: string) => {
      read.add(name);
      return '';
    };
    const result = readSettleInputs(sourceOf(input));
    expect(result.kind).toBe('mistakes');
    expect([...read].sort()).toEqual(Object.keys(settleManifest.inputs).sort());
    const page = await readText('docs/without-a-runner.md');
    expect(withTables(page, settleManifest), 'run "npm run readme"').toBe(page);
  });

  it('sets just the outputs that it names, and takes the defaults that it has', async () => {
    const text = await readText('src/step/settle-pending.ts');
    const set = new Set([...text.matchAll(/runner\.output\('([\w-]+)'/g)].map(([, name]) => name));
    expect([...set].sort()).toEqual(Object.keys(settleManifest.outputs).sort());
    const needed = new Map([
      ['api-key', 'key'],
      ['project', 'project'],
    ]);
    const input = (name: string) => needed.get(name) ?? settleManifest.inputs[name]?.default ?? '';
    expect(readSettleInputs(sourceOf(input))).toMatchObject({
      kind: 'inputs',
      inputs: { context: 'model-quality', maxAgeMs: 7 * 24 * 3_600_000 },
    });
  });
});

describe('pages', () => {
  it.each(pages)('$name: links lead somewhere', async (page) => {
    const problems = await Promise.all(linksOf(page).map((link) => problemOf(link, page)));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  it.each(pages)('$name: paths are there', async (page) => {
    const paths = [...page.text.matchAll(/`((?:src|simulator|scripts|docs|dist|__tests__)\/[^`\s]*)`/g)].map(
      ([, name = '']) => name,
    );
    const found = await Promise.all(
      paths.map((name) => stat(path.join(projectRoot, name)).catch(() => undefined)),
    );
    expect(paths.filter((_, index) => found[index] === undefined)).toEqual([]);
  });

  it.each(pages)('$name: commands are there', (page) => {
    const commands = [...page.text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(commands.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  });

  // The page about the API quotes fields of answers in the same form.
  const ofOurs = pages.filter(({ name }) => name !== 'docs/internals/roboflow-api.md');

  it.each(ofOurs)('$name: every `input: value` names an input, and every output is one', (page) => {
    const inputs = [...page.text.matchAll(/`([a-z][a-z0-9-]*): [^`\n]+`/g)].map(([, name = '']) => name);
    const known = new Set([
      ...Object.keys(manifest.inputs),
      ...Object.keys(settleManifest.inputs),
      ...KEYS_OF_WORKFLOWS,
    ]);
    expect(inputs.filter((name) => !known.has(name))).toEqual([]);
    const outputs = [...page.text.matchAll(/\bsteps\.[\w-]+\.outputs\.([\w-]+)/g)].map(
      ([, name = '']) => name,
    );
    const all = { ...manifest.outputs, ...settleManifest.outputs };
    expect(outputs.filter((name) => !Object.hasOwn(all, name))).toEqual([]);
  });

  it.each(pages)('$name: examples of rules are rules', (page) => {
    const examples = [...page.text.matchAll(/^```\n([\s\S]*?)^```/gm)]
      .map(([, text = '']) => text)
      .filter((text) => /^\s*(?:warn: )?map50/.test(text));
    for (const text of examples) expect(parseRules(text).mistakes).toEqual([]);
  });
});

/** Keys of workflows, rules and files that pages quote in the same form as inputs. */
const KEYS_OF_WORKFLOWS = [
  ...['cancel-in-progress', 'contents', 'environment', 'fail-fast', 'hardware', 'if', 'max-parallel'],
  ...['permissions', 'pull-requests', 'refund', 'source', 'statuses', 'success', 'timeout-minutes', 'uses'],
  'warn',
];
