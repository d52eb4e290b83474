import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../simulator/runner.ts';

/** The rooms in a folder, from top to bottom. A room imports only rooms below it, none on its own level. */
type Floors = readonly (readonly string[])[];

/** A file by its path from the folder that has the rooms, and its text. */
type Sources = Readonly<Record<string, string>>;

const SRC: Floors = [['step'], ['github', 'inputs'], ['roboflow'], ['report', 'training'], ['gate'], ['lib']];
const ROBOFLOW: Floors = [['apis'], ['results', 'dataset'], ['endpoints'], ['http'], ['schema']];

/** The room of a file, undefined for a file beside the rooms, such as an entry. */
function roomOf(file: string): string | undefined {
  const [room, ...rest] = file.split('/');
  return rest.length === 0 ? undefined : room;
}

/** The files that `file` imports, type imports and dynamic ones too. Packages are left out. */
function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(/\b(?:from|import)[\s(]*['"](\.[^'"]*)['"]/g)].map(([, specifier = '']) =>
    path.posix.join(path.posix.dirname(file), specifier),
  );
}

/** One line for each import that breaks the order of the rooms. */
function wrongImports(floors: Floors, sources: Sources): readonly string[] {
  return Object.entries(sources).flatMap(([file, text]) => {
    const room = roomOf(file);
    if (room === undefined) return [];
    const floor = floors.findIndex((rooms) => rooms.includes(room));
    if (floor === -1) return [`${file} is in no known room: add ${room} to the rooms in this test`];
    const below = floors.slice(floor + 1).flat();
    return importsOf(file, text)
      .filter((imported) => {
        const other = roomOf(imported);
        return !imported.startsWith('../') && other !== room && !below.includes(other ?? '');
      })
      .map((imported) => `${file} imports ${imported}; ${room} may import only ${below.join(', ')}`);
  });
}

async function sourcesIn(folder: string): Promise<Sources> {
  const root = path.join(projectRoot, folder);
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [
        file.replaceAll(path.sep, '/'),
        await readFile(path.join(root, file), 'utf8'),
      ]),
    ),
  );
}

describe('a room imports only rooms below it', () => {
  test.each<{ folder: string; floors: Floors }>([
    { folder: 'src', floors: SRC },
    { folder: 'src/roboflow', floors: ROBOFLOW },
  ])('in $folder', async ({ folder, floors }) => {
    const sources = await sourcesIn(folder);
    expect(new Set(Object.keys(sources).map(roomOf))).toEqual(new Set([...floors.flat(), undefined]));
    expect(wrongImports(floors, sources)).toEqual([]);
  });

  test('and no file imports an entry', async () => {
    const entries = Object.entries(await sourcesIn('src')).flatMap(([file, text]) =>
      importsOf(file, text).filter((imported) => roomOf(imported) === undefined),
    );
    expect(entries).toEqual([]);
  });
});

/** What stands more than once in `names`, with where. */
function repeated(names: readonly (readonly [name: string, file: string])[]): readonly string[] {
  return [...Map.groupBy(names, ([name]) => name)]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name}: ${places.map(([, file]) => file).join(', ')}`);
}

test('no two files of src share a name', async () => {
  const files = Object.keys(await sourcesIn('src'));
  expect(repeated(files.map((file) => [path.posix.basename(file), file]))).toEqual([]);
});

test('no two exported types of src share a name', async () => {
  const types = Object.entries(await sourcesIn('src')).flatMap(([file, text]) =>
    [...text.matchAll(/^export (?:interface|type|class) (\w+)/gm)].map(
      ([, name = '']) => [name, file] as const,
    ),
  );
  expect(repeated(types)).toEqual([]);
});

/** The first circle of imports that leads back to a file, from that file on; undefined if there is none. */
function circleIn(sources: Sources): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const imported of importsOf(file, sources[file] ?? '')) {
      const circle = visit(imported, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of Object.keys(sources)) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

test('no imports of src go in a circle', async () => {
  expect(circleIn(await sourcesIn('src'))).toBeUndefined();
});

test('a circle of imports is found', () => {
  const a = "import { b } from './b.ts';";
  const b = "import { c } from './c.ts';";
  const c = "import type { B } from './b.ts';";
  expect(circleIn({ 'a.ts': a, 'b.ts': b, 'c.ts': c })).toEqual(['b.ts', 'c.ts', 'b.ts']);
});

test('nothing in src imports the simulator, the tests or the scripts', async () => {
  const outside = Object.entries(await sourcesIn('src')).flatMap(([file, text]) =>
    importsOf(file, text).filter((imported) => imported.startsWith('../')),
  );
  expect(outside).toEqual([]);
});

test.each<{ name: string; text: string; imported: string }>([
  { name: 'an import', text: "import { a } from '../inputs/a.ts';", imported: 'inputs/a.ts' },
  { name: 'a type import', text: "import type { A } from '../inputs/a.ts';", imported: 'inputs/a.ts' },
  {
    name: 'an import over several lines',
    text: "import {\n  a,\n  b,\n} from '../inputs/a.ts';",
    imported: 'inputs/a.ts',
  },
  { name: 'an import for its effect', text: "import '../step/a.ts';", imported: 'step/a.ts' },
  { name: 'a dynamic import', text: "await import('../step/a.ts');", imported: 'step/a.ts' },
  { name: 'a re-export', text: "export * from '../inputs/a.ts';", imported: 'inputs/a.ts' },
])('$name of a wrong room is found', ({ text, imported }) => {
  expect(wrongImports(SRC, { 'github/log.ts': text })).toEqual([
    `github/log.ts imports ${imported}; github may import only roboflow, report, training, gate, lib`,
  ]);
});

test('a folder that is no known room is found', () => {
  expect(wrongImports(SRC, { 'utils/a.ts': '' })).toEqual([
    'utils/a.ts is in no known room: add utils to the rooms in this test',
  ]);
});
