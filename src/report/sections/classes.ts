import { labelOf } from '../../gate/metric.ts';
import { code, folded } from '../markdown/markdown.ts';
import { type Column, table } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { ClassRow, ClassTable } from '../page/class-table.ts';
import type { JudgedPage } from '../page/page.ts';
import { differenceFrom, NBSP, shown } from '../words/numbers.ts';
import { headlineWords } from '../words/words.ts';
import { classesSource, classesTitle, figureCell, objectsCell, weakestInSight } from './class-parts.ts';

/** The classes if a rule names any: the weakest in sight, the rest folded away. */
export function judgedClassesSection(page: JudgedPage): readonly string[] {
  const { classes, classesSideBySide } = page;
  if (classes?.isJudged !== true || classesSideBySide !== undefined) return [];
  return [
    `### ${classesTitle(classes)}`,
    ...weakestInSight(classes.rows, columnsOf(classes), page),
    sourceLine(classes, page),
  ];
}

/** The classes if no rule names any: folded away, with a title that names the weakest. */
export function otherClassesSection(page: JudgedPage): readonly string[] {
  const { classes, classesSideBySide } = page;
  if (classes === undefined || classes.isJudged || classesSideBySide !== undefined) return [];
  const content = [
    ...table({ items: classes.rows, columns: columnsOf(classes), noun: 'classes' }, page),
    sourceLine(classes, page),
  ];
  return [folded(`${classesTitle(classes)}: ${weakestWords(classes)}`, content.join('\n\n'))];
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
        `${figureCell(row, leading)}${differenceFrom(row.before, row.metrics.get(leading), leading)}`,
    },
    ...others.map(
      (metric): Column<ClassRow> => ({
        title: labelOf(metric),
        align: 'r',
        cell: (row) => figureCell(row, metric),
      }),
    ),
    { title: 'Objects', align: 'r', cell: objectsCell },
  ];
}

function sourceLine(classes: ClassTable, page: JudgedPage): string {
  return `${whoseWords(page)} ${classesSource(classes)}`;
}

function whoseWords({ judged, compared }: JudgedPage): string {
  if (compared?.best !== undefined) return `${code(compared.best.modelType)} on`;
  return judged.models.length < 2 ? 'On' : `The ${headlineWords(judged.verdict)} on`;
}
