import { type AccuracyMetric, isCounted, labelOf } from '../../gate/metric.ts';
import { intervalOf } from '../../gate/noise/sample.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, left, right, tableInSight } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { ClassRow, ClassTable } from '../page/class-table.ts';
import type { JudgedPage } from '../page/page.ts';
import type { ClassesOfTraining, ClassesSideBySide } from '../page/several-classes.ts';
import { rangeWords } from '../words/certainty-words.ts';
import { earlierName, otherImages } from '../words/earlier-words.ts';
import { count, differenceFrom, NBSP, NONE, rounded } from '../words/numbers.ts';
import { columnTitle, headlineWords, onSplit, sourceWords, splitWord } from '../words/words.ts';

const IN_SIGHT = 8;
const MOST_TRAININGS = 4;
const ICONS = { fail: '❌', warn: '⚠️' } as const;

/** The classes right below the rules, if a rule names any or several trainings are compared. */
export function judgedClassesSection(page: JudgedPage): readonly string[] {
  return isFirst(page) ? classesSection(page) : [];
}

/** The classes further down, if no rule names any. */
export function otherClassesSection(page: JudgedPage): readonly string[] {
  return isFirst(page) ? [] : classesSection(page);
}

function isFirst({ classes, classesSideBySide }: JudgedPage): boolean {
  return classesSideBySide !== undefined || classes?.isJudged === true;
}

/** Weakest first: of the headline model; or of several trainings, a column for each. */
function classesSection(page: JudgedPage): readonly string[] {
  const { classes, classesSideBySide } = page;
  if (classesSideBySide !== undefined) return sideBySide(classesSideBySide, page);
  if (classes === undefined) return [];
  const content = { items: classes.rows, columns: columnsOf(classes), noun: 'classes' };
  return [
    titleOf(classes),
    ...tableInSight(content, IN_SIGHT, page),
    `${whose(page)} ${sourceOf(classes)}${differences(classes, page)}`,
  ];
}

function sideBySide(all: ClassesSideBySide, page: JudgedPage): readonly string[] {
  const trainings = all.trainings.slice(0, MOST_TRAININGS);
  const columns = [...columnsBeside(all.leading, trainings), objectsBeside(trainings)];
  const content = { items: all.names, columns, noun: 'classes' };
  const leftOut = all.trainings.length - trainings.length;
  const remark =
    leftOut === 0
      ? ''
      : ` Not shown: the last ${leftOut} of ${all.trainings.length} trainings that report them.`;
  return [titleOf(all), ...tableInSight(content, IN_SIGHT, page), `On ${sourceOf(all)}${remark}`];
}

function titleOf({ split }: Pick<ClassTable, 'split'>): string {
  return `### Classes${split === 'test' ? onSplit(split) : ''}, weakest first`;
}

/** What the differences of figures on test are of too; that of validation stands above. */
function differences({ split, rows }: ClassTable, { training: facts, judged, earlier }: JudgedPage): string {
  const { headline } = judged.verdict;
  const other = split === 'test' ? otherImages({ facts, headline }, earlier, split) : undefined;
  if (earlier === undefined || other === undefined || rows.every(({ before }) => before === undefined))
    return '';
  return ` Differences are from ${earlierName(earlier)}, ${other}.`;
}

function whose({ judged, compared }: JudgedPage): string {
  if (compared?.best !== undefined) return `${code(compared.best.modelType)} on`;
  return judged.models.length < 2 ? 'On' : `The ${headlineWords(judged.verdict)} on`;
}

/** Which split and answer of Roboflow the figures are of, and how many classes are left out. */
function sourceOf({
  split,
  source,
  withoutObjects,
}: Pick<ClassTable, 'split' | 'source' | 'withoutObjects'>): string {
  const classes = `${count(withoutObjects)} ${withoutObjects === 1 ? 'class' : 'classes'}`;
  const left = withoutObjects === 0 ? '' : ` Left out: ${classes} without objects there.`;
  return `${splitWord(split)}, from ${sourceWords(source)}.${left}`;
}

function columnsOf({ leading, others, rows }: ClassTable): readonly Column<ClassRow>[] {
  const sure = [leading, ...others].find((metric) => rows.some((row) => rangeOf(row, metric) !== undefined));
  const difference = ({ before, metrics }: ClassRow) => differenceFrom(before, metrics.get(leading), leading);
  return [
    left('Class', ({ name }) => MARKDOWN.name(name)),
    right(columnTitle(leading), (row) => `${figureCell(row, leading)}${difference(row)}`),
    ...others.map((metric): Column<ClassRow> => right(columnTitle(metric), (row) => figureCell(row, metric))),
    right('Objects', objectsCell),
    ...(sure === undefined
      ? []
      : [right<ClassRow>(`${labelOf(sure)}, 95${NBSP}% range`, (row) => rangeOf(row, sure) ?? NONE)]),
  ];
}

function rangeOf({ metrics, samples }: ClassRow, metric: AccuracyMetric): string | undefined {
  const [percent, sample] = [metrics.get(metric), samples?.get(metric)];
  return percent === undefined || sample === undefined || !isCounted(metric)
    ? undefined
    : rangeWords(intervalOf({ metric, percent, sample }));
}

function columnsBeside(
  metric: AccuracyMetric,
  trainings: readonly ClassesOfTraining[],
): readonly Column<string>[] {
  return [
    left(`Class (${columnTitle(metric)})`, (name) => MARKDOWN.name(name)),
    ...trainings.map(
      ({ modelType, rows }): Column<string> =>
        right(code(modelType), (name) => {
          const row = rows.get(name);
          const values = trainings.flatMap((each) => each.rows.get(name)?.metrics.get(metric) ?? []);
          const [best, least] = [Math.max(...values), Math.min(...values)];
          const isBest = best !== least && row?.metrics.get(metric) === best;
          return row === undefined ? NONE : figureCell(row, metric, isBest ? '**' : '');
        }),
    ),
  ];
}

function objectsBeside(trainings: readonly ClassesOfTraining[]): Column<string> {
  const rowOf = (name: string) =>
    trainings.map(({ rows }) => rows.get(name)).find((row) => row?.objects !== undefined);
  return right('Objects', (name) => objectsCell(rowOf(name)));
}

/** What a class reaches, marked if that breaks a rule. */
function figureCell({ metrics, heldAgainst }: ClassRow, metric: AccuracyMetric, emphasis = ''): string {
  const value = metrics.get(metric);
  if (value === undefined) return NONE;
  const held = heldAgainst.filter((each) => each.metric === metric);
  const broken = held.map(({ breaks }) => breaks);
  const icon = (['fail', 'warn'] as const).find((severity) => broken.includes(severity));
  const number = rounded(
    value,
    metric,
    held.map(({ bound }) => bound),
  );
  return `${icon === undefined ? '' : `${ICONS[icon]}${NBSP}`}${emphasis}${number}${emphasis}`;
}

function objectsCell(row: Pick<ClassRow, 'objects'> | undefined): string {
  return row?.objects === undefined ? NONE : count(row.objects);
}
