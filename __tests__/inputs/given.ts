import { type Inputs, type InputsResult, readInputs } from '../../src/inputs/inputs.ts';
import type { Withheld } from '../../src/inputs/reader.ts';

/** Inputs as a workflow gives them. */
export type Given = Readonly<Record<string, string>>;

/** The inputs that a cell of a table gives: `version: new; thresholds: map50 >= 80\\nrecall >= 70`. */
export function givenIn(cell: string): Given {
  const pairs = cell.split('; ').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^(.+?): ?(.*)$/.exec(pair) ?? [];
      return [name, value.replaceAll('\\n', '\n')];
    }),
  );
}

export const key = 'k3y-that-must-not-show';

/** The fewest inputs that are enough. */
export const enough: Given = {
  'api-key': key,
  project: 'hats',
  version: '7',
  'model-type': 'rfdetr-nano',
};

/**
 * Reads `given` and nothing else; `files` are those of the workspace.
 * @param withheld from what GitHub withholds secrets
 */
export function result(given: Given, files: Given = {}, withheld?: Withheld): InputsResult {
  return readInputs({
    input: (name) => given[name] ?? '',
    withheldFrom: () => withheld,
    inputFile: (path) => files[path],
    workspaceFolder: (path) => {
      if (path.startsWith('..')) throw new Error('it lies outside of the workspace');
    },
  });
}

/** The inputs that `given` changes from the fewest that are enough. */
export function inputs(given: Given = {}, files: Given = {}): Inputs {
  const read = result({ ...enough, ...given }, files);
  if (read.kind === 'inputs') return read.inputs;
  throw new Error(read.kind === 'mistakes' ? read.lines.join('; ') : 'there is no key');
}

/** The mistakes that `given` makes, by itself. */
export function mistakesOf(given: Given, files: Given = {}, withheld?: Withheld): readonly string[] {
  const read = result(given, files, withheld);
  if (read.kind !== 'mistakes') throw new Error('the inputs were taken');
  return read.lines;
}

/** The mistakes that `given` makes beside the fewest inputs that are enough. */
export function mistakes(given: Given, files: Given = {}, withheld?: Withheld): readonly string[] {
  return mistakesOf({ ...enough, ...given }, files, withheld);
}

/** The names of the inputs that mistakes are about, each once, sorted. */
export function namesIn(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.map((line) => line.replace(/[,:].*$/s, '')))].toSorted();
}
