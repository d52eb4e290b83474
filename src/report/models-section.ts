import { labelOf } from '../gate/metric.ts';
import { latencyOn, type Model, measuredHardware } from '../gate/model.ts';
import { ranked, rankingMetric } from '../gate/rank.ts';
import type { Judged } from './conclusion.ts';
import { code, folded, leftOutLine, table } from './markdown.ts';
import { differenceFrom, NONE, shown } from './numbers.ts';
import { reportedMetrics } from './reported.ts';
import { baselineModel } from './sentence.ts';

const IN_SIGHT = 10;
const MOST_HARDWARE = 4;

/** The models, best first: ten in sight, the rest folded away, and whole rows left out where `maxBytes` is reached. */
export function modelsSection(judged: Judged, maxBytes: number): readonly string[] {
  if (judged.models.length === 0) return [];
  const { header, align, row } = columns(judged);
  const rows = bestFirst(judged.models).map(row);
  const inSight = table(header, rows.slice(0, IN_SIGHT), align, maxBytes);
  const rest = rows.slice(IN_SIGHT);
  const leftOutInSight = inSight.leftOut > 0 ? inSight.leftOut + rest.length : 0;
  const sections = ['### Models', inSight.text, ...leftOutLine(leftOutInSight, 'models')];
  if (rest.length === 0 || leftOutInSight > 0) return sections;
  const more = table(header, rest, align, maxBytes - inSight.text.length);
  const count = rest.length - more.leftOut;
  const title = `${count} more ${count === 1 ? 'model' : 'models'}`;
  return [...sections, folded(title, [more.text, ...leftOutLine(more.leftOut, 'models')].join('\n\n'))];
}

function bestFirst(models: readonly Model[]): readonly Model[] {
  const order = ranked(models);
  const placed = new Set(order);
  return [...order, ...models.filter((model) => !placed.has(model))];
}

interface Columns {
  readonly header: readonly string[];
  readonly align: readonly string[];
  readonly row: (model: Model) => readonly string[];
}

function columns(judged: Judged): Columns {
  const { models, verdict, baseline } = judged;
  const metrics = reportedMetrics(models);
  const hardware = measuredHardware(models).slice(0, MOST_HARDWARE);
  const best = rankingMetric(models);
  const base = best === undefined ? undefined : baselineModel(judged)?.metrics.get(best);
  const compares = baseline.kind === 'run' && best !== undefined && base !== undefined;
  return {
    header: [
      'Model',
      'Type',
      ...metrics.map(labelOf),
      ...(compares ? [`${labelOf(best)} against version ${baseline.version}`] : []),
      ...hardware.map((name) => `Latency on ${code(name)}`),
      'Note',
    ],
    align: ['l', 'l', ...metrics.map(() => 'r'), ...(compares ? ['l'] : []), ...hardware.map(() => 'r'), 'l'],
    row: (model) => [
      code(model.id),
      model.type === undefined ? NONE : code(model.type),
      ...metrics.map((metric) => shown(model.metrics.get(metric), metric)),
      ...(compares ? [comparison(model.metrics.get(best), base, best)] : []),
      ...hardware.map((name) => shown(latencyOn(model, name), 'latency')),
      noteOn(model, verdict.headline),
    ],
  };
}

function comparison(
  value: number | undefined,
  base: number,
  metric: Parameters<typeof differenceFrom>[2],
): string {
  return value === undefined ? NONE : differenceFrom(value, base, metric);
}

function noteOn(model: Model, best: Model | undefined): string {
  if (model.id === best?.id) return 'headline';
  if (model.family === 'baseline') return 'stock model, for reference';
  return model.finished ? '' : 'did not finish';
}
