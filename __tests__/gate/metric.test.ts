import { describe, expect, test } from 'vitest';
import {
  labelOf,
  lowerIsBetter,
  METRICS,
  type Metric,
  metricNamed,
  RANKING_METRICS,
  unitOf,
} from '../../src/gate/metric.ts';

describe('the metric that a spelling means', () => {
  test.each<{ metric: Metric; spellings: readonly string[] }>([
    {
      metric: 'map50',
      spellings: [
        ...['map50', 'mAP50', 'MAP50', 'mAP@50', 'map_50', 'mAP-50', 'map 50', 'mAP@0.5', 'mAP@.5'],
        ...['mAP@0.50', ' mAP @ .5 '],
      ],
    },
    {
      metric: 'map50-95',
      spellings: [
        ...['map50-95', 'mAP50-95', 'map5095', 'map50_95', 'map_50_95', 'map_50-95', 'mAP@50-95'],
        ...['mAP@50:95', 'mAP@[.5:.95]', 'mAP@.5:.95', 'mAP@0.5:0.95', 'mAP@[0.5:0.95]', 'mAP@[0.50:0.95]'],
        ...['mAP[.5:.95]', 'mAP_@[50-95]', ' mAP @ [ .5 : .95 ] '],
      ],
    },
    { metric: 'map75', spellings: ['map75', 'mAP75', 'mAP@75', 'map_75', 'mAP@0.75', 'mAP@.75'] },
    { metric: 'precision', spellings: ['precision', 'Precision', 'PRECISION'] },
    { metric: 'recall', spellings: ['recall', 'Recall'] },
    { metric: 'f1', spellings: ['f1', 'F1', 'F1-score', 'f1_score', 'F1 score'] },
    { metric: 'accuracy', spellings: ['accuracy', 'Accuracy'] },
    { metric: 'miou', spellings: ['miou', 'mIoU', 'MIOU', 'm_iou'] },
    { metric: 'perplexity', spellings: ['perplexity', 'Perplexity'] },
    { metric: 'latency', spellings: ['latency', 'Latency'] },
  ])('$metric is meant by $spellings', ({ metric, spellings }) => {
    const read = spellings.map((spelling) => [spelling, metricNamed(spelling)]);
    expect(read).toEqual(spellings.map((spelling) => [spelling, metric]));
  });

  test.each([
    ...['', ' ', '@', '-', 'map', 'mAP', 'map5', 'map95', 'map500', 'xmap50', 'iou', 'loss', 'latency_p99'],
    ...['xmAP@.5', 'mAP@[.5:.95]x', 'mAP@[x.5:.95]', 'mAPx[.5:.95]', 'mAP@x[.5:.95]', 'mAP@x.5'],
    ...['__proto__', 'constructor', 'toString'],
  ])('%j means no metric', (spelling) => {
    expect(metricNamed(spelling)).toBeUndefined();
  });

  test('a metric with an unfinished "@" after it means no metric', () => {
    expect(metricNamed('map50@')).toBeUndefined();
  });
});

test('rules may begin with the twelve metrics of the contract', () => {
  expect(METRICS).toEqual([
    ...['map50-95', 'map50', 'map75', 'accuracy', 'miou', 'precision', 'recall', 'f1', 'perplexity'],
    'latency',
    'objects',
    'images',
  ]);
});

test('models are ranked by mAP50-95 first, and by perplexity if nothing else is known', () => {
  expect(RANKING_METRICS).toEqual(['map50-95', 'map50', 'accuracy', 'miou', 'f1', 'perplexity']);
});

test.each<{ metric: Metric; unit: string; lower: boolean; label: string }>([
  { metric: 'map50', unit: 'percent', lower: false, label: 'mAP50' },
  { metric: 'map50-95', unit: 'percent', lower: false, label: 'mAP50-95' },
  { metric: 'map75', unit: 'percent', lower: false, label: 'mAP75' },
  { metric: 'precision', unit: 'percent', lower: false, label: 'Precision' },
  { metric: 'recall', unit: 'percent', lower: false, label: 'Recall' },
  { metric: 'f1', unit: 'percent', lower: false, label: 'F1' },
  { metric: 'accuracy', unit: 'percent', lower: false, label: 'Accuracy' },
  { metric: 'miou', unit: 'percent', lower: false, label: 'mIoU' },
  { metric: 'perplexity', unit: 'none', lower: true, label: 'Perplexity' },
  { metric: 'latency', unit: 'ms', lower: true, label: 'Latency' },
])(
  '$metric has unit $unit, the label $label, and lower is better: $lower',
  ({ metric, unit, lower, label }) => {
    expect({ unit: unitOf(metric), lower: lowerIsBetter(metric), label: labelOf(metric) }).toEqual({
      unit,
      lower,
      label,
    });
  },
);
