import { expect, test } from 'vitest';
import { ACCURACY_METRICS } from '../../src/gate/metric.ts';
import { neverReports } from '../../src/training/project-type.ts';
import { rows } from '../rows.ts';

test.each(
  rows(`
  object-detection           | accuracy miou perplexity
  Instance Segmentation      | accuracy miou perplexity
  keypoint-detection         | accuracy miou perplexity
  classification             | map50-95 map50 map75 miou perplexity
  multi_label_classification | map50-95 map50 map75 miou perplexity
  semantic-segmentation      | map50-95 map50 map75 accuracy perplexity
  text-image-pairs           | map50-95 map50 map75 accuracy miou
  action-recognition         |
  detection of classification |
  `),
)('a project of type %s never reports %s', (type = '', never = '') => {
  expect(ACCURACY_METRICS.filter((metric) => neverReports(type, metric)).join(' ')).toBe(never);
});

test('of a type that is not told nothing is certain', () => {
  expect(ACCURACY_METRICS.some((metric) => neverReports(undefined, metric))).toBe(false);
});
