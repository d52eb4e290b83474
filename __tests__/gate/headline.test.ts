import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/gate/model.ts';
import { model } from '../build.ts';
import { baselineOf, judged, type Trial } from './judged.ts';

const small = model({
  id: 'small',
  family: 'child',
  metrics: { 'map50-95': 50 },
  latency: { T4: 2, Orin: 9 },
});
const medium = model({
  id: 'medium',
  family: 'child',
  metrics: { 'map50-95': 60 },
  latency: { T4: 5, Orin: 20 },
});
const large = model({ id: 'large', family: 'child', metrics: { 'map50-95': 70 }, latency: { T4: 12 } });
const stock = model({ id: 'stock', family: 'stock', metrics: { 'map50-95': 99 }, latency: { T4: 1 } });
const broken = model({ id: 'broken', finished: false, metrics: { 'map50-95': 99 }, latency: { T4: 1 } });

describe('the headline model without rules', () => {
  test.each<{ name: string; models: readonly Model[]; expected: string | undefined }>([
    { name: 'is none if there are no models', models: [], expected: undefined },
    {
      name: 'is none if no model has a metric',
      models: [model({ latency: { T4: 1 } })],
      expected: undefined,
    },
    {
      name: 'is none if only precision and recall are known',
      models: [model({ metrics: { precision: 90, recall: 90 } })],
      expected: undefined,
    },
    { name: 'is the most accurate one', models: [small, large, medium], expected: 'large' },
    { name: 'is never a stock model', models: [small, stock], expected: 'small' },
    { name: 'is never an unfinished one', models: [broken, small], expected: 'small' },
    {
      name: 'is none if all are stock models or unfinished',
      models: [stock, broken],
      expected: undefined,
    },
    {
      name: 'is found by mAP50-95 before mAP50',
      models: [
        model({ id: 'a', metrics: { map50: 99, 'map50-95': 40 } }),
        model({ id: 'b', metrics: { map50: 70, 'map50-95': 41 } }),
      ],
      expected: 'b',
    },
    {
      name: 'is one that reports mAP50-95 if any does',
      models: [model({ id: 'a', metrics: { map50: 99 } }), model({ id: 'b', metrics: { 'map50-95': 1 } })],
      expected: 'b',
    },
    {
      name: 'is not found by a metric that only a stock model reports',
      models: [stock, model({ id: 'a', metrics: { map50: 60 } }), model({ id: 'b', metrics: { map50: 61 } })],
      expected: 'b',
    },
    {
      name: 'is found by accuracy before mIoU',
      models: [
        model({ id: 'a', metrics: { accuracy: 80, miou: 1 } }),
        model({ id: 'b', metrics: { accuracy: 79, miou: 90 } }),
      ],
      expected: 'a',
    },
    {
      name: 'is found by mIoU before F1',
      models: [
        model({ id: 'a', metrics: { miou: 80, f1: 1 } }),
        model({ id: 'b', metrics: { miou: 79, f1: 90 } }),
      ],
      expected: 'a',
    },
    {
      name: 'has the lowest perplexity if that is all there is',
      models: [
        model({ id: 'a', metrics: { perplexity: 4 } }),
        model({ id: 'b', metrics: { perplexity: 3 } }),
      ],
      expected: 'b',
    },
    {
      name: 'with the same accuracy is the faster one',
      models: [
        model({ id: 'a', metrics: { map50: 80 }, latency: { T4: 5 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 4 } }),
      ],
      expected: 'b',
    },
    {
      name: 'with the same accuracy is one whose latency is known',
      models: [
        model({ id: 'a', metrics: { map50: 80 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 400 } }),
      ],
      expected: 'b',
    },
    {
      name: 'with the same accuracy and latency has the first id',
      models: [model({ id: 'b', metrics: { map50: 80 } }), model({ id: 'a', metrics: { map50: 80 } })],
      expected: 'a',
    },
  ])('$name', ({ models, expected }) => {
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

describe('the headline model by rules', () => {
  test.each<{
    name: string;
    rules: string;
    trial?: Trial;
    expected: { headline: string; outcome: string; passedOver?: readonly string[] };
  }>([
    {
      name: 'is the most accurate one that holds them all',
      rules: 'recall >= 65\nlatency <= 20',
      expected: { headline: 'middle', outcome: 'passed', passedOver: ['latency'] },
    },
    {
      name: 'is the most accurate one of all if that holds them',
      rules: 'recall >= 65',
      expected: { headline: 'best', outcome: 'passed' },
    },
    {
      name: 'is the most accurate one if none holds them all',
      rules: 'recall >= 75\nlatency <= 10',
      expected: { headline: 'best', outcome: 'failed' },
    },
    {
      name: 'passes over one that does not report what a rule needs',
      rules: 'precision >= 80',
      expected: { headline: 'fast', outcome: 'passed', passedOver: ['precision'] },
    },
    {
      name: 'is not chosen by a rule that only warns',
      rules: 'warn: recall >= 75',
      expected: { headline: 'best', outcome: 'passed' },
    },
    {
      name: 'is not chosen by a rule on a pick',
      rules: 'latency@T4 <= 5',
      expected: { headline: 'best', outcome: 'failed' },
    },
    {
      name: 'is not chosen by a rule on a split, whose figures an evaluation has',
      rules: 'recall@test >= 75',
      expected: { headline: 'best', outcome: 'undecided' },
    },
    {
      name: 'is not chosen by a rule on a class',
      rules: 'recall[helmet] >= 75',
      expected: { headline: 'best', outcome: 'undecided' },
    },
    {
      name: 'is chosen by a rule against the baseline, with its bound',
      rules: 'recall >= baseline + 5',
      trial: { baseline: baselineOf([model({ id: 'old', metrics: { 'map50-95': 65, recall: 72 } })]) },
      expected: { headline: 'middle', outcome: 'passed', passedOver: ['recall'] },
    },
    {
      name: 'is compared with the model of the baseline that the same bounds choose',
      rules: 'latency <= 20\nmap50-95 >= baseline - 1',
      trial: { baseline: baselineOf(search, {}, 'latency <= 20') },
      expected: { headline: 'middle', outcome: 'passed', passedOver: ['latency'] },
    },
    {
      name: 'can be one that lacks the metric of the others, if it alone holds the rules',
      rules: 'recall >= 90',
      trial: { models: [...search, model({ id: 'odd', metrics: { map50: 20, recall: 95 } })] },
      expected: { headline: 'odd', outcome: 'passed', passedOver: ['recall'] },
    },
  ])('$name', ({ rules, trial, expected }) => {
    const { headline, outcome, passedOver } = judged({ models: search, rules, ...trial });
    expect({ headline: headline?.id, outcome }).toEqual({
      headline: expected.headline,
      outcome: expected.outcome,
    });
    const why = expected.passedOver;
    expect(passedOver?.model.id).toBe(why && 'best');
    expect(passedOver?.lacking.map(({ rule }) => rule.metric)).toEqual(why);
  });
});
