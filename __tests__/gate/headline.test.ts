import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/gate/model.ts';
import { model } from '../build.ts';
import { linesIn, named, rows } from '../rows.ts';
import { baselineOf, broken, judged, large, medium, small, stock, type Trial } from './judged.ts';

describe('the headline model without rules', () => {
  test.each<[name: string, models: readonly Model[], expected: string | undefined]>([
    ['is none if there are no models', [], undefined],
    ['is none if no model has a metric', [model({ latency: { T4: 1 } })], undefined],
    [
      'is none if only precision and recall are known',
      [model({ metrics: { precision: 90, recall: 90 } })],
      undefined,
    ],
    ['is the most accurate one', [small, large, medium], 'large'],
    ['is never a stock model', [small, stock], 'small'],
    ['is never an unfinished one', [broken, small], 'small'],
    ['is none if all are stock models or unfinished', [stock, broken], undefined],
    [
      'is found by mAP50-95 before mAP50',
      [
        model({ id: 'a', metrics: { map50: 99, 'map50-95': 40 } }),
        model({ id: 'b', metrics: { map50: 70, 'map50-95': 41 } }),
      ],
      'b',
    ],
    [
      'is one that reports mAP50-95 if any does',
      [model({ id: 'a', metrics: { map50: 99 } }), model({ id: 'b', metrics: { 'map50-95': 1 } })],
      'b',
    ],
    [
      'is not found by a metric that only a stock model reports',
      [stock, model({ id: 'a', metrics: { map50: 60 } }), model({ id: 'b', metrics: { map50: 61 } })],
      'b',
    ],
    [
      'is found by accuracy before mIoU',
      [
        model({ id: 'a', metrics: { accuracy: 80, miou: 1 } }),
        model({ id: 'b', metrics: { accuracy: 79, miou: 90 } }),
      ],
      'a',
    ],
    [
      'is found by mIoU before F1',
      [model({ id: 'a', metrics: { miou: 80, f1: 1 } }), model({ id: 'b', metrics: { miou: 79, f1: 90 } })],
      'a',
    ],
    [
      'has the lowest perplexity if that is all there is',
      [model({ id: 'a', metrics: { perplexity: 4 } }), model({ id: 'b', metrics: { perplexity: 3 } })],
      'b',
    ],
    [
      'with the same accuracy is the faster one',
      [
        model({ id: 'a', metrics: { map50: 80 }, latency: { T4: 5 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 4 } }),
      ],
      'b',
    ],
    [
      'with the same accuracy is one whose latency is known',
      [
        model({ id: 'a', metrics: { map50: 80 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 400 } }),
      ],
      'b',
    ],
    [
      'with the same accuracy and latency has the first id',
      [model({ id: 'b', metrics: { map50: 80 } }), model({ id: 'a', metrics: { map50: 80 } })],
      'a',
    ],
  ])('%s', (_, models, expected) => {
    const { headline, passedOver } = judged({ models });
    expect(headline?.id).toBe(expected);
    expect(passedOver).toBeUndefined();
  });
});

/** Of the three each faster one is less accurate, and only the fastest reports precision. */
const search = [
  model({ id: 'fast', metrics: { 'map50-95': 50, recall: 60, precision: 90 }, latency: { T4: 4, Orin: 9 } }),
  model({ id: 'middle', metrics: { 'map50-95': 60, recall: 80 }, latency: { T4: 9, Orin: 18 } }),
  model({ id: 'best', metrics: { 'map50-95': 70, recall: 70 }, latency: { T4: 25, Orin: 50 } }),
  model({ id: 'stock', family: 'stock', metrics: { 'map50-95': 99, recall: 99 }, latency: { T4: 1 } }),
];
const lessMeasured = model({ id: 'best', metrics: { 'map50-95': 71 }, latency: { T4: 12 } });
const odd = model({ id: 'odd', metrics: { map50: 20, recall: 95 } });

/** What else there is to a trial, by its name. */
const given: Readonly<Record<string, Trial>> = {
  '': {},
  'best is measured on T4 only': { models: [...search.slice(0, 2), lessMeasured] },
  'old has recall 72': {
    baseline: baselineOf([model({ id: 'old', metrics: { 'map50-95': 65, recall: 72 } })]),
  },
  'the same before': { baseline: baselineOf(search, {}, 'latency <= 20') },
  'one without mAP50-95': { models: [...search, odd] },
};

describe('the headline model by rules', () => {
  test.each(
    rows(`
    is the most accurate one that holds them all | recall >= 65; latency <= 20 | middle passed | latency
    is the most accurate one of all if that holds them | recall >= 65 | best passed
    is the most accurate one if none holds them all | recall >= 75; latency <= 10 | best failed
    passes over one that does not report what a rule needs | precision >= 80 | fast passed | precision
    passes over one without a latency where others have one: that may be its slowest | latency <= 20 | middle passed | latency | best is measured on T4 only
    is not chosen by a rule that only warns | warn: recall >= 75 | best passed
    is not chosen by a rule on a pick | latency@T4 <= 5 | best failed
    is not chosen by a rule on a split, whose figures an evaluation has | recall@test >= 75 | best undecided
    is not chosen by a rule on a class | recall[helmet] >= 75 | best undecided
    is chosen by a rule against the baseline, with its bound | recall >= baseline + 5 | middle passed | recall | old has recall 72
    is compared with the model of the baseline that the same bounds choose | latency <= 20; map50-95 >= baseline - 1 | middle passed | latency | the same before
    can be one that lacks the metric of the others, if it alone holds the rules | recall >= 90 | odd passed | recall | one without mAP50-95
    `),
  )('%s', (_, text, expected, why, more = '') => {
    const { headline, outcome, passedOver } = judged({
      models: search,
      rules: linesIn(text),
      ...named(given, more),
    });
    expect(`${headline?.id} ${outcome}`).toBe(expected);
    expect(passedOver?.model.id).toBe(why && 'best');
    expect(passedOver?.lacking.map(({ rule }) => rule.metric)).toEqual(why && [why]);
  });
});
