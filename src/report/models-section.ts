import { type AccuracyMetric, labelOf, type Metric, unitOf } from '../gate/metric.ts';
import { latencyOn, type Model, measuredHardware } from '../gate/model.ts';
import { ranked, rankingMetric } from '../gate/rank.ts';
import type { Judged } from './conclusion.ts';
import { code, folded, leftOutLine, sizeBytes, table } from './markdown.ts';
import { differenceFrom, NONE, rounded } from './numbers.ts';
import { reportedMetrics } from './reported.ts';
import { baselineModel } from './sentence.ts';

const IN_SIGHT = 10;
const MOST_HARDWARE = 4;

/**
 * The models, best first: ten in sight, then the rest, folded away. Whole rows are left out where `maxBytes` is reached.
 * @returns one section for those in sight and one for the rest
 */
export function modelsSections(judged: Judged, maxBytes: number): readonly (readonly string[])[] {
  if (judged.models.length === 0) return [];
  const columns = columnsOf(judged);
  const header = columns.map(({ title }) => title);
  const align = columns.map(({ align }) => align);
  const rows = bestFirst(judged.models).map((model) => columns.map(({ cell }) => cell(model)));
  const inSight = table(header, rows.slice(0, IN_SIGHT), align, maxBytes);
  const rest = rows.slice(IN_SIGHT);
  const leftOutInSight = inSight.leftOut > 0 ? inSight.leftOut + rest.length : 0;
  const first = ['### Models', ...inSight.text, ...leftOutLine(leftOutInSight, 'models')];
  if (rest.length === 0 || leftOutInSight > 0) return [first];
  const more = table(header, rest, align, maxBytes - sizeBytes(inSight.text.join()));
  const count = rest.length - more.leftOut;
  const title = `${count} more ${count === 1 ? 'model' : 'models'}`;
  return [first, [folded(title, [...more.text, ...leftOutLine(more.leftOut, 'models')].join('\n\n'))]];
}

function bestFirst(models: readonly Model[]): readonly Model[] {
  const order = ranked(models);
  const placed = new Set(order);
  return [...order, ...models.filter((model) => !placed.has(model))];
}

interface Column {
  readonly title: string;
  readonly align: 'l' | 'r';
  readonly cell: (model: Model) => string;
}

function columnsOf(judged: Judged): readonly Column[] {
  const { models, verdict } = judged;
  const hardware = measuredHardware(models).slice(0, MOST_HARDWARE);
  return [
    { title: 'Model', align: 'l', cell: ({ id }) => code(id) },
    ...typeColumn(models),
    ...shownMetrics(judged).map((metric) =>
      numberColumn(titled(labelOf(metric), metric), metric, ({ metrics }) => metrics.get(metric)),
    ),
    ...baselineColumn(judged),
    ...hardware.map((name) =>
      numberColumn(titled(code(name), 'latency'), 'latency', (model) => latencyOn(model, name)),
    ),
    { title: 'Note', align: 'l', cell: (model) => noteOn(model, verdict.headline) },
  ];
}

/** The unit stands in the title, so that the numbers stay narrow. */
function titled(name: string, metric: Metric): string {
  const unit = { percent: ', %', ms: ', ms', none: '' }[unitOf(metric)];
  return `${name}${unit}`;
}

function numberColumn(title: string, metric: Metric, value: (model: Model) => number | undefined): Column {
  const cell = (model: Model) => {
    const number = value(model);
    return number === undefined ? NONE : rounded(number, metric);
  };
  return { title, align: 'r', cell };
}

/** Left out where all are of one type, which then stands among the facts of the run. */
function typeColumn(models: readonly Model[]): readonly Column[] {
  if (models.length > 1 && new Set(models.map(({ type }) => type)).size === 1) return [];
  return [{ title: 'Type', align: 'l', cell: ({ type }) => (type === undefined ? NONE : code(type)) }];
}

const MODELS_WITH_ALL_METRICS = 3;
const USUAL_METRICS = 2;

/** Of many models the metrics that rank and are judged; the results file has all. */
function shownMetrics({ models, verdict }: Judged): readonly AccuracyMetric[] {
  const reported = reportedMetrics(models);
  if (models.length <= MODELS_WITH_ALL_METRICS) return reported;
  const judged = new Set<Metric>(verdict.rules.map(({ rule }) => rule.metric));
  return reported.filter((metric, index) => index < USUAL_METRICS || judged.has(metric));
}

/** How each model compares with the headline model of the baseline, by the metric that ranks. */
function baselineColumn(judged: Judged): readonly Column[] {
  const { models, baseline } = judged;
  const metric = rankingMetric(models);
  const base = metric && baselineModel(judged)?.metrics.get(metric);
  if (baseline.kind !== 'run' || metric === undefined || base === undefined) return [];
  const cell = ({ metrics }: Model) => {
    const value = metrics.get(metric);
    return value === undefined ? NONE : differenceFrom(value, base, metric);
  };
  return [{ title: `${labelOf(metric)} against version ${baseline.version}`, align: 'l', cell }];
}

function noteOn(model: Model, best: Model | undefined): string {
  if (model.id === best?.id) return 'headline';
  if (model.family === 'baseline') return 'stock model, for reference';
  return model.finished ? '' : 'did not finish';
}
