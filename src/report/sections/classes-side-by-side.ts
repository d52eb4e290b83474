import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { code } from '../markdown/markdown.ts';
import type { Column } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import type { ClassesOfTraining, ClassesSideBySide } from '../page/several-classes.ts';
import { NBSP, NONE } from '../words/numbers.ts';
import { classesSource, classesTitle, figureCell, objectsCell, weakestInSight } from './class-parts.ts';

/** More columns than this do not fit beside the names and the objects. */
const MOST_TRAININGS = 4;

/** The classes of several trainings, a column for each, best first. If rules judge several metrics of them, a table for each metric. */
export function classesSideBySideSection(page: JudgedPage): readonly string[] {
  const { classesSideBySide: all } = page;
  if (all === undefined) return [];
  const shown = { ...all, trainings: all.trainings.slice(0, MOST_TRAININGS) };
  return [
    `### ${classesTitle(all)}`,
    ...all.orders.flatMap(({ metric, names }, index) => {
      const columns = [...columnsOf(metric, shown), ...(index === 0 ? [objectsColumn(shown)] : [])];
      return weakestInSight(names, columns, page);
    }),
    `On ${classesSource(all)}${leftOutWords(all.trainings)}`,
  ];
}

function leftOutWords({ length }: readonly ClassesOfTraining[]): string {
  return length <= MOST_TRAININGS
    ? ''
    : ` Not shown: the last ${length - MOST_TRAININGS} of ${length} trainings that report them.`;
}

function columnsOf(
  metric: AccuracyMetric,
  { trainings }: Pick<ClassesSideBySide, 'trainings'>,
): readonly Column<string>[] {
  return [
    { title: `${labelOf(metric)}, in${NBSP}%`, align: 'l', cell: (name) => MARKDOWN.name(name) },
    ...trainings.map(
      (training): Column<string> => ({
        title: code(training.modelType),
        align: 'r',
        cell: (name) => trainingCell(name, metric, training, trainings),
      }),
    ),
  ];
}

function objectsColumn({ trainings }: Pick<ClassesSideBySide, 'trainings'>): Column<string> {
  const rowOf = (name: string) =>
    trainings.map(({ rows }) => rows.get(name)).find((row) => row?.objects !== undefined);
  return { title: 'Objects', align: 'r', cell: (name) => objectsCell(rowOf(name)) };
}

function trainingCell(
  name: string,
  metric: AccuracyMetric,
  { rows }: ClassesOfTraining,
  all: readonly ClassesOfTraining[],
): string {
  const row = rows.get(name);
  if (row === undefined) return NONE;
  const values = all.flatMap((each) => each.rows.get(name)?.metrics.get(metric) ?? []);
  const [best, least] = [Math.max(...values), Math.min(...values)];
  const isBest = best !== least && row.metrics.get(metric) === best;
  return figureCell(row, metric, (number) => (isBest ? `**${number}**` : number));
}
