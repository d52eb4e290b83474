import { type AccuracyMetric, labelOf, type Metric, unitOf } from '../../gate/metric.ts';
import { latencyOn, type Model, typesWithoutStock } from '../../gate/model.ts';
import { headlineMetric, rankedBy } from '../../gate/rank.ts';
import { baselineModel, type Judged } from '../conclusion.ts';
import { boundsOn } from '../text/bounds.ts';
import { shownHardware } from '../text/hardware.ts';
import { code, folded, leftOutLine, sizeBytes, table } from '../text/markdown.ts';
import { differenceFrom, NBSP, NONE, rounded, shown } from '../text/numbers.ts';
import { type Page, shortId } from '../text/page.ts';
import { reportedMetrics } from '../text/reported.ts';

const IN_SIGHT = 10;

/**
 * The models, best first: ten in sight, then the rest, folded away. Whole rows are left out where `maxBytes` is reached.
 * @returns one section for those in sight and one for the rest
 */
export function modelsSections(judged: Judged, page: Page, maxBytes: number): readonly (readonly string[])[] {
  if (judged.models.length === 0) return [];
  const hardware = shownHardware(judged, judged.models);
  const columns = columnsOf(judged, hardware.names, page);
  const header = columns.map(({ title }) => title);
  const align = columns.map(({ align }) => align);
  const rows = bestFirst(judged.models).map((model) => columns.map(({ cell }) => cell(model)));
  const inSight = table(header, rows.slice(0, IN_SIGHT), align, maxBytes);
  const rest = rows.slice(IN_SIGHT);
  const leftOutInSight = inSight.leftOut > 0 ? inSight.leftOut + rest.length : 0;
  const first = [
    '### Models',
    ...inSight.text,
    ...leftOutLine(leftOutInSight, 'models', page.wholeAt),
    ...notShownLine(hardware.more, page),
  ];
  if (rest.length === 0 || leftOutInSight > 0) return [first];
  const more = table(header, rest, align, maxBytes - sizeBytes(inSight.text.join()));
  const count = rest.length - more.leftOut;
  const title = `${count} more ${count === 1 ? 'model' : 'models'}`;
  const content = [...more.text, ...leftOutLine(more.leftOut, 'models', page.wholeAt)];
  return [first, [folded(title, content.join('\n\n'))]];
}

function notShownLine(hardware: number, { wholeAt }: Page): readonly string[] {
  return hardware === 0
    ? []
    : [`${hardware} more hardware has no column here; all latencies are in ${wholeAt}.`];
}

/** By the metric of the run; behind them those that do not report it. */
function bestFirst(models: readonly Model[]): readonly Model[] {
  const order = rankedBy(headlineMetric(models), models);
  const placed = new Set(order);
  return [...order, ...models.filter((model) => !placed.has(model))];
}

interface Column {
  readonly title: string;
  readonly align: 'l' | 'r';
  readonly cell: (model: Model) => string;
}

function columnsOf(judged: Judged, hardware: readonly string[], page: Page): readonly Column[] {
  const { verdict } = judged;
  return [
    { title: 'Model', align: 'l', cell: ({ id }) => shortId(id, page) },
    ...(typesWithoutStock(judged.models).length > 1 ? [typeColumn] : []),
    ...shownMetrics(judged).map((metric) =>
      numberColumn(titled(labelOf(metric), metric), ({ id, metrics }) => {
        const value = metrics.get(metric);
        return value === undefined ? NONE : rounded(value, metric, boundsOn(verdict, id, metric));
      }),
    ),
    ...baselineColumn(judged),
    ...hardware.map((name) =>
      numberColumn(titled(code(name), 'latency'), (model) => {
        const ms = latencyOn(model, name);
        return ms === undefined ? NONE : rounded(ms, 'latency', boundsOn(verdict, model.id, 'latency'));
      }),
    ),
    ...(judged.models.some((model) => noteOn(model, judged) !== '')
      ? [{ title: 'Note', align: 'l', cell: (model: Model) => noteOn(model, judged) } as const]
      : []),
  ];
}

/** The unit stands in the title, so that the numbers stay narrow. */
function titled(name: string, metric: Metric): string {
  const unit = { percent: `,${NBSP}%`, ms: `,${NBSP}ms`, none: '' }[unitOf(metric)];
  return `${name}${unit}`;
}

function numberColumn(title: string, cell: Column['cell']): Column {
  return { title, align: 'r', cell };
}

/** Of a stock model the type stands in its note, so that a search whose own models are all of one type needs no column. */
const typeColumn: Column = {
  title: 'Type',
  align: 'l',
  cell: ({ type }) => (type === undefined ? NONE : code(type)),
};

const MODELS_WITH_ALL_METRICS = 3;
const USUAL_METRICS = 2;

/** Of many models the metrics that rank and are judged; the results file has all. */
function shownMetrics({ models, verdict }: Judged): readonly AccuracyMetric[] {
  const reported = reportedMetrics(models);
  if (models.length <= MODELS_WITH_ALL_METRICS) return reported;
  const judged = new Set<Metric>(verdict.rules.map(({ rule }) => rule.metric));
  return reported.filter((metric, index) => index < USUAL_METRICS || judged.has(metric));
}

/** How each model compares with the headline model of the baseline, by the metric of the run. */
function baselineColumn(judged: Judged): readonly Column[] {
  const { models, baseline } = judged;
  const metric = headlineMetric(models);
  const base = metric && baselineModel(judged)?.metrics.get(metric);
  if (baseline.kind !== 'training' || metric === undefined || base === undefined) return [];
  const cell = ({ metrics }: Model) => {
    const value = metrics.get(metric);
    return value === undefined ? NONE : differenceFrom(value, base, metric);
  };
  const title = `${labelOf(metric)} against ${shown(base, metric)} of version ${baseline.version}`;
  return [{ title, align: 'l', cell }];
}

function noteOn({ id, type, family, finished, unreadable }: Model, { models, verdict }: Judged): string {
  if (models.length > 1 && id === verdict.headline?.id) return 'most accurate';
  if (family === 'stock')
    return type === undefined ? 'stock model, for reference' : `stock ${code(type)}, for reference`;
  if (unreadable.some(({ name }) => name === 'model')) return 'contradictory';
  return finished ? '' : 'did not finish';
}
