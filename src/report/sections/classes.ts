import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import type { ClassRow, ClassTable } from '../text/class-table.ts';
import { code, folded } from '../text/markdown.ts';
import { count, differenceFrom, NBSP, NONE, rounded, shown } from '../text/numbers.ts';
import type { JudgedPage } from '../text/page.ts';
import { type Column, table } from '../text/table.ts';
import { MARKDOWN } from '../text/voice.ts';
import { onSplit, sourceWords, splitWord } from '../text/words.ts';

const IN_SIGHT = 10;
const ICONS = { fail: '❌', warn: '⚠️' } as const;

/** What stands above the classes. A figure of the test split never goes without that word. */
function titleOf({ split }: ClassTable): string {
  return `Classes${split === 'test' ? onSplit(split) : ''}, weakest first`;
}

/** The classes if a rule names any: the weakest in sight, the rest folded away. */
export function judgedClassesSection(page: JudgedPage): readonly string[] {
  const { classes } = page;
  if (classes?.isJudged !== true) return [];
  const columns = columnsOf(classes);
  const inSight = classes.rows.slice(0, Math.min(IN_SIGHT, page.mostRows));
  const rest = classes.rows.slice(inSight.length);
  return [
    `### ${titleOf(classes)}`,
    ...table({ items: inSight, columns, noun: 'classes' }, page),
    ...restOf(rest, columns, page),
    sourceLine(classes, page),
  ];
}

/** The classes if no rule names any: folded away, with a title that names the weakest. */
export function otherClassesSection(page: JudgedPage): readonly string[] {
  const { classes } = page;
  if (classes === undefined || classes.isJudged) return [];
  const content = [
    ...table({ items: classes.rows, columns: columnsOf(classes), noun: 'classes' }, page),
    sourceLine(classes, page),
  ];
  return [folded(`${titleOf(classes)}: ${weakestWords(classes)}`, content.join('\n\n'))];
}

function restOf(
  rest: readonly ClassRow[],
  columns: readonly Column<ClassRow>[],
  page: JudgedPage,
): readonly string[] {
  if (rest.length === 0) return [];
  const content = table({ items: rest, columns, noun: 'classes' }, page);
  const shownCount = Math.min(rest.length, page.mostRows);
  if (shownCount === 0) return content;
  return [
    folded(`${count(shownCount)} more ${shownCount === 1 ? 'class' : 'classes'}`, content.join('\n\n')),
  ];
}

/** `gloves, mAP50 72.2 %`. */
function weakestWords({ rows, leading }: ClassTable): string {
  const [weakest] = rows;
  if (weakest === undefined) return '';
  return `${MARKDOWN.name(weakest.name)}, ${labelOf(leading)} ${shown(weakest.metrics.get(leading), leading)}`;
}

function columnsOf({ leading, others }: ClassTable): readonly Column<ClassRow>[] {
  return [
    { title: `in${NBSP}%`, align: 'l', cell: ({ name }) => MARKDOWN.name(name) },
    {
      title: labelOf(leading),
      align: 'r',
      cell: (row) =>
        `${valueCell(row, leading)}${differenceFrom(row.before, row.metrics.get(leading), leading)}`,
    },
    ...others.map(
      (metric): Column<ClassRow> => ({
        title: labelOf(metric),
        align: 'r',
        cell: (row) => valueCell(row, metric),
      }),
    ),
    { title: 'Objects', align: 'r', cell: ({ objects }) => (objects === undefined ? NONE : count(objects)) },
  ];
}

function valueCell({ metrics, heldAgainst }: ClassRow, metric: AccuracyMetric): string {
  const value = metrics.get(metric);
  if (value === undefined) return NONE;
  const held = heldAgainst.filter((each) => each.metric === metric);
  const bounds = held.map(({ bound }) => bound);
  const broken = held.map(({ breaks }) => breaks);
  const icon = (['fail', 'warn'] as const).find((severity) => broken.includes(severity));
  return `${icon === undefined ? '' : `${ICONS[icon]}${NBSP}`}${rounded(value, metric, bounds)}`;
}

/** Which split and answer of Roboflow the figures are of, and how many classes are left out. */
function sourceLine({ split, source, withoutObjects }: ClassTable, page: JudgedPage): string {
  const where = `${splitWord(split)}, from ${sourceWords(source)}`;
  const left =
    withoutObjects === 0
      ? ''
      : ` Left out: ${count(withoutObjects)} ${withoutObjects === 1 ? 'class' : 'classes'} without objects there.`;
  return `${whoseWords(page)} ${where}.${left}`;
}

function whoseWords({ judged, compared }: JudgedPage): string {
  if (compared?.best !== undefined) return `${code(compared.best.modelType)} on`;
  return judged.models.length < 2 ? 'On' : 'The most accurate model on';
}
