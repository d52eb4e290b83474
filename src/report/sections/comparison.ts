import { ACCURACY_METRICS, type AccuracyMetric, labelOf, unitOf } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import { boundsOn } from '../text/bounds.ts';
import { imagesWords } from '../text/images.ts';
import { NBSP, NONE, rounded } from '../text/numbers.ts';
import type { JudgedPage } from '../text/page.ts';
import { type Column, table } from '../text/table.ts';

const MOST_METRICS = 4;
const TITLES = { train: 'Training split', validation: 'Validation', test: 'Test' } as const;

/** The metrics that both versions of a single model report; none if there is nothing to compare. */
export function comparedMetrics({ judged, earlier }: JudgedPage): readonly AccuracyMetric[] {
  const { headline } = judged.verdict;
  const before = earlier?.headline;
  if (headline === undefined || before === undefined || judged.models.length > 1) return [];
  return ACCURACY_METRICS.filter(
    (metric) => unitOf(metric) === 'percent' && headline.metrics.has(metric) && before.metrics.has(metric),
  ).slice(0, MOST_METRICS);
}

interface Row {
  readonly name: string;
  readonly model: Model;
}

/** The model beside that of the version before, metric by metric, and what both were trained on. */
export function comparisonSection(page: JudgedPage): readonly string[] {
  const metrics = comparedMetrics(page);
  const { training, earlier, judged } = page;
  const { headline } = judged.verdict;
  const before = earlier?.headline;
  if (metrics.length === 0 || headline === undefined || before === undefined || earlier === undefined)
    return [];
  const version = training?.version === undefined ? 'This version' : `Version${NBSP}${training.version}`;
  const items: readonly Row[] = [
    { name: version, model: headline },
    { name: `Version${NBSP}${earlier.version}`, model: before },
  ];
  const columns: readonly Column<Row>[] = [
    { title: `in${NBSP}%`, align: 'l', cell: ({ name }) => name },
    ...metrics.map(
      (metric): Column<Row> => ({
        title: labelOf(metric),
        align: 'r',
        cell: ({ model }) => cellOf(model, metric, boundsOn(judged.verdict, model.id, metric)),
      }),
    ),
  ];
  const images = imagesWords(training?.images, training?.imagesBefore);
  return [
    `### ${training?.split === undefined ? `Beside version${NBSP}${earlier.version}` : TITLES[training.split]}`,
    ...table({ items, columns, noun: 'versions' }, page),
    ...(images === undefined ? [] : [`Images: ${images}.`]),
  ];
}

function cellOf({ metrics }: Model, metric: AccuracyMetric, bounds: readonly number[]): string {
  const value = metrics.get(metric);
  return value === undefined ? NONE : rounded(value, metric, bounds);
}
