import { type AccuracyMetric, labelOf, type Metric } from '../../gate/metric.ts';
import { rankingMetric } from '../../gate/rank.ts';
import { sameTypeHeadline } from '../against.ts';
import { code } from '../markdown/markdown.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { leadingMetrics } from '../page/shown-figures.ts';
import { boundsOn } from '../words/bounds.ts';
import { shortened } from '../words/names.ts';
import { differenceFrom, shown } from '../words/numbers.ts';
import { unknownWords } from '../words/unknown-words.ts';
import { andMore, figureWords } from '../words/verdict.ts';
import { confidenceWords, headlineWords, metricInSentence, onSplit } from '../words/words.ts';
import { comparedMetrics } from './comparison.ts';

const MORE_METRICS: readonly AccuracyMetric[] = ['precision', 'recall'];

/** What the headline model reached, and how that differs from the version before, if no table of trainings has it. */
export function metricsLine(page: JudgedPage): readonly string[] {
  const { judged, earlier, training, compared } = page;
  const { headline } = judged.verdict;
  if (headline === undefined) return [];
  if (compared !== undefined) {
    return bestConfidence(page);
  }
  const figures = leadingMetrics(page).map((metric) => {
    const value = headline.metrics.get(metric) ?? 0;
    const others = boundsOn(judged.verdict, headline.id, metric);
    const difference = differenceFrom(sameTypeHeadline(earlier)?.metrics.get(metric), value, metric);
    return `**${labelOf(metric)} ${shown(value, metric, others)}**${difference}`;
  });
  const model =
    judged.models.length > 1
      ? [`${headlineWords(judged.verdict)}: ${code(shortened(headline.id, training))}`]
      : [];
  const parts = [...figures, ...moreFigures(page), ...model];
  return [...(parts.length === 0 ? [] : [parts.join(' · ')]), ...bestConfidence(page)];
}

/** Where another is the headline model: the most accurate one, and what it does not hold. */
export function passedOverLine({ judged, training, compared }: JudgedPage): readonly string[] {
  const { passedOver } = judged.verdict;
  const [first, ...others] = passedOver?.lacking ?? [];
  if (passedOver === undefined || first === undefined) return [];
  const { model } = passedOver;
  const type = compared?.withModel.find(({ headline }) => headline === model)?.modelType;
  const metric = rankingMetric([model]);
  const figure =
    metric === undefined ? '' : ` (${labelOf(metric)} ${shown(model.metrics.get(metric), metric)})`;
  const why =
    first.state === 'unknown' ? unknownWords(first.why, MARKDOWN).short : figureWords(first, MARKDOWN);
  return [
    `The most accurate model, ${code(type ?? shortened(model.id, training))}${figure}, was passed over: ${why}${andMore(others.length, 'rule')}.`,
  ];
}

/** `Best confidence threshold: 0.41 (F1 83.1 % on validation)`. */
function bestConfidence({ judged, compared }: JudgedPage): readonly string[] {
  const best = judged.evaluation?.confidence;
  if (best === undefined) return [];
  const { threshold, f1, split } = best;
  const whose = compared?.best === undefined ? '' : ` of ${code(compared.best.modelType)}`;
  const by = f1 === undefined ? 'by F1' : `F1 ${shown(f1, 'f1')}`;
  return [`Best confidence threshold${whose}: **${confidenceWords(threshold)}** (${by}${onSplit(split)})`];
}

/** Of a single model that no table has. */
function moreFigures(page: JudgedPage): readonly string[] {
  const { models, verdict } = page.judged;
  if (models.length > 1 || comparedMetrics(page).length > 0) return [];
  const said: readonly Metric[] = [...leadingMetrics(page), ...verdict.rules.map(({ rule }) => rule.metric)];
  return MORE_METRICS.filter((metric) => !said.includes(metric)).flatMap((metric) => {
    const value = verdict.headline?.metrics.get(metric);
    return value === undefined ? [] : [`${metricInSentence(metric)} ${shown(value, metric)}`];
  });
}
