import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../simulator/runner.ts';
import { anchorsOf, citationsIn, slugOf } from './headings.ts';

/** A text of the project, by its path from the root. */
interface Source {
  readonly name: string;
  readonly text: string;
}

const CODE = ['src', 'simulator', 'scripts'];
const code = await sourcesIn(CODE);
const citing = [...code, ...(await sourcesIn(['__tests__', 'docs']))];
const roboflowAnchors = anchorsOf(await readText('docs/internals/roboflow-api.md'));

async function sourcesIn(folders: readonly string[]): Promise<readonly Source[]> {
  const names = await Promise.all(folders.map(textFilesIn));
  return Promise.all(names.flat().map(async (name) => ({ name, text: await readText(name) })));
}

async function textFilesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(path.join(projectRoot, folder), { recursive: true });
  return files
    .filter((file) => /\.(ts|grit|md)$/.test(file))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')));
}

function readText(name: string): Promise<string> {
  return readFile(path.join(projectRoot, name), 'utf8');
}

/** The anchors of a page; none if there is no such page. */
async function anchorsOn(page: string): Promise<readonly string[]> {
  return anchorsOf(await readText(page).catch(() => ''));
}

describe('the anchor of a heading', () => {
  it.each([
    ['D1: `jobs` may be labelling jobs', 'd1-jobs-may-be-labelling-jobs'],
    ['snake_case stays', 'snake_case-stays'],
    ['One - two', 'one---two'],
    ['Über [the docs](https://example.com/a#b)', 'über-the-docs'],
    ['Why?  ', 'why'],
  ])('of "%s" is %s', (heading, slug) => {
    expect(slugOf(heading)).toBe(slug);
  });

  it('has a number when the same heading comes again', () => {
    expect(anchorsOf('# One\n\n## Two\n\n## Two\n\n### Two\n')).toEqual(['one', 'two', 'two-1', 'two-2']);
  });

  it('is given to no line inside of code', () => {
    expect(anchorsOf('# One\n\n```sh\n# a comment\n```\n\n## Two\n')).toEqual(['one', 'two']);
  });
});

describe('citations', () => {
  it('are found in every folder of code', () => {
    const folders = code
      .filter(({ text }) => citationsIn(text).length > 0)
      .map(({ name }) => name.split('/')[0]);
    expect(new Set(folders)).toContain('src');
    expect(new Set(folders)).toContain('simulator');
  });

  it('lead to headings that exist', async () => {
    const astray: string[] = [];
    for (const { name, text } of citing)
      for (const { page, anchor } of citationsIn(text))
        if (!(await anchorsOn(page)).includes(anchor)) astray.push(`${name}: ${page}#${anchor}`);
    expect(astray).toEqual([]);
  });

  it('name no source outside of the project', () => {
    const outside = code.filter(({ text }) => /\b(API|platform)[\s*/]+reference\b/i.test(text));
    expect(outside.map(({ name }) => name)).toEqual([]);
  });
});

describe('docs/internals/roboflow-api.md', () => {
  it('has each disagreement from D1 to D16 once, in order', () => {
    const numbers = roboflowAnchors.flatMap((anchor) => /^d(\d+)-/.exec(anchor)?.[1] ?? []);
    expect(numbers.map(Number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });
});
