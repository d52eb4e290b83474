import type { Verdict } from '../../gate/decide.ts';
import { frontierOn } from '../../gate/frontier.ts';
import { ACCURACY_METRICS, type AccuracyMetric, labelOf, type Metric, unitOf } from '../../gate/metric.ts';
import { latencyOn, type Model, typesWithoutStock } from '../../gate/model.ts';
import { bestFirst, headlineMetric } from '../../gate/rank.ts';
import { isOnDetails } from '../../gate/rules.ts';
import { code } from '../markdown/markdown.ts';
import { type Column, left, right, tableInSight } from '../markdown/table.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import { modelsOfSearches } from '../page/compared.ts';
import { idInTable, type JudgedPage } from '../page/page.ts';
import { shownHardware } from '../page/shown-figures.ts';
import { boundsOn } from '../words/bounds.ts';
import { count, NBSP, NONE, rounded, shown } from '../words/numbers.ts';
import { metricInSentence } from '../words/words.ts';

const IN_SIGHT = 3;

/** The models of a search: the best three in sight, the rest folded away. Nothing for what no table of models has to tell. */
export function modelsSection(page: JudgedPage): readonly string[] {
  const models = listedModels(page);
  if (models.length === 0) return [];
  const content = {
    items: bestFirst(page.metric, models, (model) => model),
    columns: columnsOf(page),
    noun: 'models',
  };
  const [inSight = '', ...others] = tableInSight(content, IN_SIGHT, page, withoutMetrics);
  return ['### Models', inSight, ...stockLine(page), ...others];
}

function withoutMetrics(models: readonly Model[]): string {
  const bare = models.filter(({ metrics }) => metrics.size === 0).length;
  return bare === 0 ? '' : `, ${count(bare)} of them without metrics`;
}

function listedModels({ judged, compared }: JudgedPage): readonly Model[] {
  if (compared !== undefined) return modelsOfSearches(judged);
  return judged.models.length < 2 ? [] : judged.models;
}

function columnsOf(page: JudgedPage): readonly Column<Model>[] {
  const { judged } = page;
  const { verdict } = judged;
  const models = listedModels(page);
  const types: readonly Column<Model>[] =
    typesWithoutStock(models).length > 1
      ? [left('Type', ({ type }) => (type === undefined ? NONE : code(type)))]
      : [];
  return [
    left('Model', ({ id }) => idInTable(id, page)),
    ...types,
    ...shownMetrics(models, verdict).map(
      (metric): Column<Model> =>
        right(labelOf(metric), ({ id, metrics }) =>
          shown(metrics.get(metric), metric, boundsOn(verdict, id, metric)),
        ),
    ),
    ...shownHardware(page, models).map(
      (name): Column<Model> =>
        right(`${MARKDOWN.name(name)},${NBSP}ms`, (model) => {
          const ms = latencyOn(model, name);
          return ms === undefined ? NONE : rounded(ms, 'latency', boundsOn(verdict, model.id, 'latency'));
        }),
    ),
    left('Note', noteOn),
  ];
}

const USUAL_METRICS = 2;

/** The metrics that rank and are judged; the results file has all. */
function shownMetrics(models: readonly Model[], verdict: Verdict): readonly AccuracyMetric[] {
  const whole = verdict.rules.filter(({ rule }) => !isOnDetails(rule));
  const judged = new Set<Metric>(whole.map(({ rule }) => rule.metric));
  return reportedMetrics(models).filter((metric, index) => index < USUAL_METRICS || judged.has(metric));
}

function reportedMetrics(models: readonly Model[]): readonly AccuracyMetric[] {
  const best = headlineMetric(models);
  const others = ACCURACY_METRICS.filter(
    (metric) => metric !== best && models.some((model) => model.metrics.has(metric)),
  );
  return best === undefined ? others : [best, ...others];
}

function noteOn({ type, family, finished, unreadable }: Model): string {
  if (unreadable.some(({ name }) => name === 'model')) return 'contradictory';
  if (family === 'stock') return type === undefined ? 'stock' : `stock ${code(type)}`;
  return finished ? '' : 'did not finish';
}

/** The best stock model beside what the search found that is as fast. */
function stockLine({ judged, metric, candidates, targets }: JudgedPage): readonly string[] {
  const stock = judged.models.filter(({ family, finished }) => family === 'stock' && finished);
  const [hardware] = shownHardware({ judged, targets }, stock);
  if (metric === undefined || hardware === undefined || unitOf(metric) !== 'percent') return [];
  const best = frontierOn(hardware, stock, metric).at(-1);
  if (best === undefined) return [];
  const found = frontierOn(hardware, candidates, metric).findLast(
    ({ latencyMs }) => latencyMs <= best.latencyMs,
  );
  const name = best.model.type ?? best.model.id;
  const ms = (value: number) => shown(value, 'latency');
  const reaches = `Stock ${code(name)}, trained on the same images, reaches ${metricInSentence(metric)} ${shown(best.accuracy, metric)} in ${ms(best.latencyMs)} on ${MARKDOWN.name(hardware)}`;
  return [
    found === undefined
      ? `${reaches}; the search found no model that is as fast.`
      : `${reaches}; the search found ${shown(found.accuracy, metric)} in ${ms(found.latencyMs)}.`,
  ];
}
