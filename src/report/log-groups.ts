import { type AccuracyMetric, labelOf } from '../gate/metric.ts';
import { latencyOn, type Model } from '../gate/model.ts';
import type { Conclusion } from './conclusion.ts';
import { PLAIN } from './markdown/voice.ts';
import type { ClassRow, ClassTable } from './page/class-table.ts';
import { type JudgedPage, judgedPage } from './page/page.ts';
import { bestFirst, listedModels } from './sections/models.ts';
import { counted, differenceFrom, NBSP, shown } from './words/numbers.ts';
import { reportedMetrics } from './words/reported.ts';
import { shownHardware } from './words/shown-hardware.ts';
import { metricInSentence, sourceWords, splitWord } from './words/words.ts';

/** Lines that a log shows on demand, as plain text. */
export interface LogGroup {
  readonly title: string;
  readonly lines: readonly string[];
}

const MOST_CLASSES = 500;
const MOST_MODELS = 10;
const USUAL_METRICS = 2;

/** The details of a judged training for whoever reads the log: its classes, and the best models of a search. */
export function logGroups(conclusion: Conclusion): readonly LogGroup[] {
  if (conclusion.kind !== 'judged') return [];
  const page = judgedPage(conclusion, { training: undefined, wholeAt: '', mostRows: 0 });
  const groups = [...(page.classes === undefined ? [] : [classesGroup(page.classes)]), ...modelsGroup(page)];
  return groups.map(({ title, lines }) => ({
    title,
    lines: lines.map((line) => line.replaceAll(NBSP, ' ')),
  }));
}

function classesGroup(classes: ClassTable): LogGroup {
  const { rows, split, source } = classes;
  const more = rows.length - MOST_CLASSES;
  return {
    title: `Classes, weakest first (${splitWord(split)}, from ${sourceWords(source)})`,
    lines: [
      ...rows.slice(0, MOST_CLASSES).map((row) => classLine(row, classes)),
      ...(more > 0 ? [`and ${more} more, all in the results file`] : []),
    ],
  };
}

/** `gloves: recall 67.0 % (+6.0) breaks a rule, precision 82.2 %, 187 objects`. */
function classLine(row: ClassRow, { leading, others }: ClassTable): string {
  const { name, objects, before, metrics } = row;
  const difference = differenceFrom(before, metrics.get(leading), leading);
  const figures = [
    ...figureOf(row, leading, difference),
    ...others.flatMap((metric) => figureOf(row, metric, '')),
    ...(objects === undefined ? [] : [counted(objects, 'object')]),
  ];
  return `${PLAIN.name(name)}: ${figures.join(', ')}`;
}

function figureOf(
  { metrics, heldAgainst }: ClassRow,
  metric: AccuracyMetric,
  difference: string,
): readonly string[] {
  const value = metrics.get(metric);
  if (value === undefined) return [];
  const held = heldAgainst.filter((each) => each.metric === metric);
  const bounds = held.map(({ bound }) => bound);
  const isBroken = held.some(({ breaks }) => breaks !== undefined);
  return [
    `${metricInSentence(metric)} ${shown(value, metric, bounds)}${difference}${isBroken ? ' breaks a rule' : ''}`,
  ];
}

function modelsGroup(page: JudgedPage): readonly LogGroup[] {
  const models = listedModels(page);
  if (models.length === 0) return [];
  const hardware = shownHardware(page, models);
  const metrics = reportedMetrics(models).slice(0, USUAL_METRICS);
  const more = models.length - MOST_MODELS;
  return [
    {
      title: 'Models, best first',
      lines: [
        ...bestFirst(models, page.metric)
          .slice(0, MOST_MODELS)
          .map((model) => modelLine(model, metrics, hardware)),
        ...(more > 0 ? [`and ${more} more, all in the results file`] : []),
      ],
    },
  ];
}

/** `nas-1: mAP50-95 76.4 %, mAP50 88.7 %, T4 11.8 ms`. */
function modelLine(model: Model, metrics: readonly AccuracyMetric[], hardware: readonly string[]): string {
  const figures = [
    ...metrics.flatMap((metric) => {
      const value = model.metrics.get(metric);
      return value === undefined ? [] : [`${labelOf(metric)} ${shown(value, metric)}`];
    }),
    ...hardware.flatMap((name) => {
      const ms = latencyOn(model, name);
      return ms === undefined ? [] : [`${PLAIN.name(name)} ${shown(ms, 'latency')}`];
    }),
  ];
  return `${PLAIN.code(model.id)}: ${figures.length === 0 ? 'without metrics' : figures.join(', ')}`;
}
