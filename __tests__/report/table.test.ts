import { describe, expect, test } from 'vitest';
import { fitted, sizeBytes } from '../../src/report/markdown/markdown.ts';
import { type Column, list, table } from '../../src/report/markdown/table.ts';

type Item = readonly [id: string, value: string];

const columns: readonly Column<Item>[] = [
  { title: 'Model', align: 'l', cell: ([id]) => id },
  { title: 'mAP50', align: 'r', cell: ([, value]) => value },
];
const page = { mostRows: 3, wholeAt: 'the results file' };

function tableOf(...items: readonly Item[]): readonly string[] {
  return table({ items, columns, noun: 'models' }, page);
}

describe('a table', () => {
  test('has its columns aligned in the source', () => {
    expect(tableOf(['`a`', '1.0'], ['`b`', '22.0'])).toEqual([
      ['| Model | mAP50 |', '| :---- | ----: |', '| `a`   |   1.0 |', '| `b`   |  22.0 |'].join('\n'),
    ]);
  });

  test('of nothing is nothing, not even a header', () => {
    expect(tableOf()).toEqual([]);
  });

  test('has no column in which no row has anything', () => {
    expect(tableOf(['a', '–'], ['b', ''])).toEqual(['| Model |\n| :---- |\n| a     |\n| b     |']);
    expect(tableOf(['a', '–'], ['b', '2'])[0]).toContain('–');
  });

  test('with too many rows says how many it leaves out, and where all are', () => {
    const [text = '', line] = tableOf(['a', '1'], ['b', '2'], ['c', '3'], ['d', '4'], ['e', '5']);
    expect(text.split('\n')).toHaveLength(5);
    expect(line).toBe('Left out here: 2 of 5 models; all are in the results file.');
  });

  test('that may have no rows has that line only', () => {
    expect(table({ items: [['a', '1']], columns, noun: 'models' }, { ...page, mostRows: 0 })).toEqual([
      'Left out here: 1 of 1 models; all are in the results file.',
    ]);
  });
});

test.each<{ items: readonly string[]; expected: readonly string[] }>([
  { items: [], expected: [] },
  { items: ['a', 'b'], expected: ['- a\n- b'] },
  { items: ['a', 'b', 'c', 'd', 'e'], expected: ['- a\n- b\n- c\n- 2 more, all in the log'] },
])('a list of $items.length items, of which three may be shown', ({ items, expected }) => {
  expect(list(items, 3, 'all in the log')).toEqual(expected);
});

describe('what must keep within a size', () => {
  const render = (rows: number) => ['heading', ...Array.from({ length: rows }, () => 'x'.repeat(98))];

  test('has all its rows if they have room', () => {
    expect(fitted(render, 5, 1_000).split('\n\n')).toHaveLength(6);
  });

  test('is rendered again with half the rows until it has', () => {
    const text = fitted(render, 40, 1_000);
    expect(text.split('\n\n')).toHaveLength(6);
    expect(sizeBytes(text)).toBeLessThanOrEqual(1_000);
  });

  test('keeps its first lines in any case', () => {
    expect(fitted(render, 40, 3)).toBe('heading\n');
  });
});
