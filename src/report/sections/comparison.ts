import { ACCURACY_METRICS, type AccuracyMetric, unitOf } from '../../gate/metric.ts';
import type { Model } from '../../gate/model.ts';
import type { SplitFigures } from '../../gate/split-figures.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, left, right, table } from '../markdown/table.ts';
import { modelsOfSearches } from '../page/compared.ts';
import type { JudgedPage } from '../page/page.ts';
import { boundsOn, boundsOnMetric } from '../words/bounds.ts';
import { earlierName } from '../words/earlier-words.ts';
import { NBSP, NONE, rounded } from '../words/numbers.ts';
import { columnTitle, imagesWords } from '../words/words.ts';

const MOST_METRICS = 4;
const SPLITS = { train: 'Training split', validation: 'Validation', test: 'Test' } as const;

interface Row {
  readonly name: string;
  readonly metrics: ReadonlyMap<AccuracyMetric, number>;
  /** What rules hold a metric of this row against. */
  readonly bounds: (metric: AccuracyMetric) => readonly number[];
}

/** The metrics by which a single model stands beside its figures of the other split, and the version before. */
export function comparedMetrics(page: JudgedPage): readonly AccuracyMetric[] {
  const { headline } = page.judged.verdict;
  if (headline === undefined || isOfSearch(headline, page)) return [];
  const onTest = testFigures(page)?.all;
  // The table of several trainings has what differs from the version before.
  if (page.compared !== undefined && onTest === undefined) return [];
  const beside = [onTest, page.earlier?.results.headline?.metrics];
  return ACCURACY_METRICS.filter(
    (metric) =>
      unitOf(metric) === 'percent' &&
      headline.metrics.has(metric) &&
      beside.some((metrics) => metrics?.has(metric)),
  ).slice(0, MOST_METRICS);
}

/** Whether the headline model is one of many of its training, which a table of models has. */
function isOfSearch({ id }: Model, { judged, compared }: JudgedPage): boolean {
  if (compared === undefined) return judged.models.length > 1;
  return modelsOfSearches(judged).some((model) => model.id === id);
}

/** The headline's figures of the test split; undefined if there are none to compare with its own, or those are of it. */
function testFigures({ judged, training }: JudgedPage): SplitFigures | undefined {
  const { headline } = judged.verdict;
  if (training?.split === 'test') return undefined;
  return headline?.details?.figures.find(
    ({ split, all }) => split === 'test' && [...all.keys()].some((metric) => headline.metrics.has(metric)),
  );
}

/** The model beside its figures of the test split and the version before, metric by metric, and what both were trained on. */
export function comparisonSection(page: JudgedPage): readonly string[] {
  const metrics = comparedMetrics(page);
  const { training, changed, judged } = page;
  const { headline } = judged.verdict;
  if (metrics.length === 0 || headline === undefined) return [];
  const items = rowsOf(headline, page).filter((row) => metrics.some((metric) => row.metrics.has(metric)));
  const columns: readonly Column<Row>[] = [
    left(testFigures(page) === undefined ? 'Version' : 'Split', ({ name }) => name),
    ...metrics.map((metric): Column<Row> => right(columnTitle(metric), (row) => cellOf(row, metric))),
  ];
  const images = changed.images === undefined ? imagesWords(training?.images) : undefined;
  return [
    `### ${titleOf(page)}`,
    ...table({ items, columns, noun: 'rows' }, page),
    ...(images === undefined ? [] : [`Images: ${images}.`]),
  ];
}

function rowsOf(headline: Model, page: JudgedPage): readonly Row[] {
  const { training, earlier, judged } = page;
  const { verdict } = judged;
  const onTest = testFigures(page);
  const version = training?.version === undefined ? 'This version' : `Version${NBSP}${training.version}`;
  const split = onTest && training?.split && SPLITS[training.split];
  const ofBefore = split === undefined ? '' : `, ${split.toLowerCase()}`;
  const rowOf = (title: string, { id, metrics }: Model): Row => ({
    name: title,
    metrics,
    bounds: (metric) => boundsOn(verdict, id, metric),
  });
  const before = earlier?.results.headline;
  const test = (metric: AccuracyMetric) => boundsOnMetric(verdict.rules, metric, 'test');
  return [
    rowOf(split ?? version, headline),
    ...(onTest === undefined
      ? []
      : [
          {
            name: onTest.source === 'evaluation' ? 'Test, by its evaluation' : 'Test',
            metrics: onTest.all,
            bounds: test,
          },
        ]),
    ...(earlier === undefined || before === undefined
      ? []
      : [
          rowOf(
            `${earlierName(earlier).replace(/^[av]/u, (letter) => letter.toUpperCase())}${ofBefore}`,
            before,
          ),
        ]),
  ];
}

function titleOf(page: JudgedPage): string {
  const { training, compared } = page;
  const whose = compared?.best === undefined ? '' : ` of ${code(compared.best.modelType)}`;
  if (training?.split === undefined) return `In comparison${whose}`;
  return `${SPLITS[training.split]}${testFigures(page) === undefined ? '' : ' and test'}${whose}`;
}

function cellOf({ metrics, bounds }: Row, metric: AccuracyMetric): string {
  const value = metrics.get(metric);
  return value === undefined ? NONE : rounded(value, metric, bounds(metric));
}
