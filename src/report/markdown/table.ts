import { markdownTable } from 'markdown-table';
import type { Page } from '../page/page.ts';
import { count, NONE } from '../words/numbers.ts';
import { folded } from './markdown.ts';

/** One column of a table: its title, on which side it stands, and its cell for an item, as ready-made Markdown. */
export interface Column<Item> {
  readonly title: string;
  readonly align: 'l' | 'r' | 'c';
  readonly cell: (item: Item) => string;
}

type Cell<Item> = Column<Item>['cell'];

export const left = <Item>(title: string, cell: Cell<Item>): Column<Item> => ({ title, align: 'l', cell });
export const right = <Item>(title: string, cell: Cell<Item>): Column<Item> => ({ title, align: 'r', cell });
export const centred = <Item>(title: string, cell: Cell<Item>): Column<Item> => ({ title, align: 'c', cell });

/** What a table shows: `rules`, for the line that says how many it leaves out. */
export interface TableContent<Item> {
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly noun: string;
}

/** Cells wider than this are not worth aligning a table's source for. */
const WIDEST_ALIGNED_CELL = 60;
const MOST_ALIGNED_ROWS = 40;

/** A GFM table with as many rows as the page takes, and how many it leaves out. Columns without anything go; no items give nothing. */
export function table<Item>(
  { items, columns, noun }: TableContent<Item>,
  { mostRows, wholeAt }: Pick<Page, 'mostRows' | 'wholeAt'>,
): readonly string[] {
  const shown = items.slice(0, mostRows);
  const leftOut = items.length - shown.length;
  const rows = shown.length === 0 ? [] : [rendered(shown, columns)];
  return leftOut === 0 ? rows : [...rows, leftOutLine(leftOut, items.length, noun, wholeAt)];
}

/** The first rows of a table in sight, the rest folded away, whose title says what they are `about`. */
export function tableInSight<Item>(
  content: TableContent<Item>,
  most: number,
  page: Pick<Page, 'mostRows' | 'wholeAt'>,
  about: (rest: readonly Item[]) => string = () => '',
): readonly string[] {
  const { items, noun } = content;
  // One more row takes no more room than a fold.
  const inSight = items.slice(0, Math.min(items.length === most + 1 ? most + 1 : most, page.mostRows));
  const rest = items.slice(inSight.length);
  const first = table({ ...content, items: inSight }, page);
  const others = table({ ...content, items: rest }, page);
  const shown = rest.slice(0, page.mostRows);
  if (shown.length === 0) return [...first, ...others];
  return [...first, folded(`${count(shown.length)} more ${noun}${about(shown)}`, others.join('\n\n'))];
}

/** Says how many rows are missing, and where all of them are. */
function leftOutLine(leftOut: number, all: number, noun: string, wholeAt: string): string {
  return `Left out here: ${count(leftOut)} of ${count(all)} ${noun}; all are in ${wholeAt}.`;
}

function rendered<Item>(items: readonly Item[], columns: readonly Column<Item>[]): string {
  const filled = columns
    .map(({ title, align, cell }) => ({ title, align, cells: items.map(cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== '' && cell !== NONE));
  const header = filled.map(({ title }) => title);
  const rows = items.map((_, index) => filled.map(({ cells }) => cells[index] ?? ''));
  const alignDelimiters =
    rows.length <= MOST_ALIGNED_ROWS &&
    [header, ...rows].every((row) => row.every((cell) => cell.length <= WIDEST_ALIGNED_CELL));
  return markdownTable([header, ...rows], { align: filled.map(({ align }) => align), alignDelimiters });
}

/** A list of `items`, ready-made Markdown, and how many it leaves out. */
export function list(items: readonly string[], most: number, where: string): readonly string[] {
  const kept = items.slice(0, most);
  const hidden = items.length - kept.length;
  const lines = [...kept, ...(hidden === 0 ? [] : [`${count(hidden)} more, ${where}`])];
  return lines.length === 0 ? [] : [lines.map((item) => `- ${item}`).join('\n')];
}
