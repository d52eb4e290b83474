import type { AccuracyMetric } from '../../gate/metric.ts';
import { folded } from '../markdown/markdown.ts';
import { type Column, table } from '../markdown/table.ts';
import type { ClassRow, ClassTable } from '../page/class-table.ts';
import type { Page } from '../page/page.ts';
import { count, NBSP, NONE, rounded } from '../words/numbers.ts';
import { onSplit, sourceWords, splitWord } from '../words/words.ts';

const IN_SIGHT = 8;
const ICONS = { fail: '❌', warn: '⚠️' } as const;

/** What stands above the classes. A figure of the test split never goes without that word. */
export function classesTitle({ split }: Pick<ClassTable, 'split'>): string {
  return `Classes${split === 'test' ? onSplit(split) : ''}, weakest first`;
}

/** The first of the classes as a table, the rest folded away. */
export function weakestInSight<Item>(
  items: readonly Item[],
  columns: readonly Column<Item>[],
  page: Page,
): readonly string[] {
  const inSight = items.slice(0, Math.min(IN_SIGHT, page.mostRows));
  const rest = items.slice(inSight.length);
  return [...table({ items: inSight, columns, noun: 'classes' }, page), ...restOf(rest, columns, page)];
}

function restOf<Item>(
  rest: readonly Item[],
  columns: readonly Column<Item>[],
  page: Page,
): readonly string[] {
  if (rest.length === 0) return [];
  const content = table({ items: rest, columns, noun: 'classes' }, page);
  const shownCount = Math.min(rest.length, page.mostRows);
  if (shownCount === 0) return content;
  return [
    folded(`${count(shownCount)} more ${shownCount === 1 ? 'class' : 'classes'}`, content.join('\n\n')),
  ];
}

/** What a class reaches, marked if that breaks a rule. */
export function figureCell(
  { metrics, heldAgainst }: ClassRow,
  metric: AccuracyMetric,
  emphasis: (number: string) => string = (number) => number,
): string {
  const value = metrics.get(metric);
  if (value === undefined) return NONE;
  const held = heldAgainst.filter((each) => each.metric === metric);
  const bounds = held.map(({ bound }) => bound);
  const broken = held.map(({ breaks }) => breaks);
  const icon = (['fail', 'warn'] as const).find((severity) => broken.includes(severity));
  return `${icon === undefined ? '' : `${ICONS[icon]}${NBSP}`}${emphasis(rounded(value, metric, bounds))}`;
}

/** How many objects of a class the split has. */
export function objectsCell(row: Pick<ClassRow, 'objects'> | undefined): string {
  return row?.objects === undefined ? NONE : count(row.objects);
}

/** Which split and answer of Roboflow the figures are of, and how many classes are left out. */
export function classesSource({
  split,
  source,
  withoutObjects,
}: Pick<ClassTable, 'split' | 'source' | 'withoutObjects'>): string {
  const where = `${splitWord(split)}, from ${sourceWords(source)}`;
  const left =
    withoutObjects === 0
      ? ''
      : ` Left out: ${count(withoutObjects)} ${withoutObjects === 1 ? 'class' : 'classes'} without objects there.`;
  return `${where}.${left}`;
}
