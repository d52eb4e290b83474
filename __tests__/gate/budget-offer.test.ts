import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GateInput } from '../../src/gate/decide.ts';
import { decide, type GateTraining } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { model, modelResults, target } from '../build.ts';
import { baselineOf, judged, noBaseline } from './judged.ts';

const search = [
  model({ id: 'fast', metrics: { 'map50-95': 50, recall: 90 }, latency: { T4: 4 } }),
  model({ id: 'middle', metrics: { 'map50-95': 60, recall: 80 }, latency: { T4: 9 } }),
  model({ id: 'best', metrics: { 'map50-95': 70, recall: 70 }, latency: { T4: 25 } }),
  model({ id: 'stock', family: 'stock', metrics: { 'map50-95': 99, recall: 99 }, latency: { T4: 1 } }),
];

type Targets = GateInput['targets'];

function offerFor(rules: string, targets: Targets = [target('T4')], models: readonly Model[] = search) {
  return judged({ rules, models, targets }).offer;
}

describe('an offer', () => {
  const middle = { model: { id: 'middle' } };
  const whole = { rule: { state: 'holds', value: 9 }, value: 60, cost: 10, stillBroken: [], ruleCount: 1 };
  const broken = (value: number) => [{ rule: { metric: 'map50-95' }, value }];
  test.each<[name: string, rules: string, expected: object, targets?: Targets]>([
    [
      'is the most accurate model within a latency',
      'latency@T4 <= 10',
      { budgetMs: 10, pick: middle, ...whole },
    ],
    [
      'is for a rule that decides, not for one that only warns',
      'warn: latency@T4 <= 4\nlatency@T4 <= 10',
      { budgetMs: 10 },
    ],
    [
      'is for the rule that is broken, not for one that holds',
      'latency@T4 <= 30\nlatency@T4 <= 10',
      { budgetMs: 10 },
    ],
    [
      'names the rule that breaks for it',
      'latency@T4 <= 10\nwarn: recall@T4 >= 99\nmap50-95@T4 >= 65',
      { stillBroken: broken(60), ruleCount: 2 },
    ],
    [
      'names the rule on the headline model that no budget mends',
      'latency@T4 <= 10\nmap50-95 >= 80',
      { stillBroken: broken(70) },
    ],
    [
      'for a strict bound has no model at the bound',
      'latency@T4 < 9',
      { budgetMs: 4, pick: { model: { id: 'fast' } } },
    ],
    [
      'for too little accuracy is the lowest budget that does',
      'map50-95@T4 >= 60',
      { budgetMs: 9, pick: middle },
      [target('T4', 5)],
    ],
  ])('%s', (_, rules, expected, targets) => {
    expect(offerFor(rules, targets)).toMatchObject(expected);
  });

  test('gives up what lies between two values, whichever is better', () => {
    const models = [5, 3].map((perplexity, index) =>
      model({ id: `m${index}`, metrics: { perplexity }, latency: { T4: 10 * index + 5 } }),
    );
    const speed = offerFor('latency@T4 <= 9', [target('T4')], models);
    expect(speed).toMatchObject({ metric: 'perplexity', value: 5, cost: 2 });
    const accuracy = offerFor('perplexity@T4 <= 3', [target('T4', 9)], models);
    expect(accuracy).toMatchObject({ budgetMs: 15, value: 3, cost: -2 });
  });

  test.each<[name: string, rules: string, targets?: Targets]>([
    ['for a pass', 'recall >= 10'],
    ['for what cannot be judged', 'f1 >= 10\nlatency@T4 <= 10'],
    ['for what a faster model would reach, since it is less accurate', 'recall@T4 >= 85', [target('T4', 10)]],
    ['for a rule against what is too good to be true', 'map50-95@T4 <= 10'],
    ['for a rule on the headline model, which no line of a workflow chooses', 'recall >= 85\nmap50-95 >= 55'],
    ['for a latency that no model keeps', 'latency@T4 <= 3'],
    ['for an accuracy that no model reaches', 'map50-95@T4 >= 90', [target('T4', 5)]],
    ['for a target without a model, whose budget is what was wanted', 'map50-95 >= 60', [target('T4', 2)]],
    ['for a split of the pick', 'map50@T4 >= 10'],
  ])('is none %s', (_, rules, targets) => {
    expect(offerFor(rules, targets)).toBeUndefined();
  });

  test('of several trainings is judged against the baseline of each', () => {
    const [fast, middle, best] = search;
    const past = baselineOf([model({ id: 'old', metrics: { 'map50-95': 55 }, latency: { T4: 3 } })]);
    const slow = baselineOf([model({ id: 'older', metrics: { 'map50-95': 65 }, latency: { T4: 3 } })]);
    const trainingOf = (modelType: string, one: Model | undefined, baseline = noBaseline): GateTraining => ({
      modelType,
      results: modelResults(one === undefined ? [] : [one]),
      baseline,
    });
    const { rules } = parseRules('latency@T4 <= 10\nmap50-95@T4 >= baseline');
    const trainings = [
      trainingOf('a', fast, past),
      trainingOf('b', middle, past),
      trainingOf('c', best, slow),
    ];
    const { verdict } = decide({ trainings, rules, targets: [], onMissingBaseline: 'fail' });
    const expected = { pick: { model: { id: 'middle' } }, stillBroken: [], ruleCount: 2 };
    expect(verdict.offer).toMatchObject(expected);
  });

  test('holds what it says when the gate judges again', () => {
    const percent = fc.integer({ min: 1, max: 99 });
    const figures = fc.record({ accuracy: percent, recall: percent, ms: fc.integer({ min: 1, max: 50 }) });
    const models = fc.array(figures, { minLength: 1, maxLength: 12 });
    const rule = fc.oneof(
      fc.integer({ min: 2, max: 50 }).map((ms) => `latency@T4 <= ${ms}`),
      fc.integer({ min: 2, max: 99 }).map((bound) => `map50-95@T4 >= ${bound}`),
      fc.integer({ min: 2, max: 99 }).map((bound) => `recall >= ${bound}`),
    );
    const budget = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
    fc.assert(
      fc.property(models, fc.array(rule, { maxLength: 4 }), budget, (all, lines, budgetMs) => {
        const made = all.map(({ accuracy, recall, ms }, index) =>
          model({ id: `m${index}`, metrics: { 'map50-95': accuracy, recall }, latency: { T4: ms } }),
        );
        const trial = { rules: lines.join('\n'), models: made };
        const { offer } = judged({ ...trial, targets: [target('T4', budgetMs)] });
        if (offer === undefined) return;
        const again = judged({ ...trial, targets: [target('T4', offer.budgetMs)] });
        expect(again.outcome).toBe(offer.stillBroken.length === 0 ? 'passed' : 'failed');
        expect(again.rules.filter(({ state }) => state !== 'holds')).toHaveLength(offer.stillBroken.length);
        expect(offer.pick.latencyMs).toBeLessThanOrEqual(offer.budgetMs);
      }),
      { numRuns: 500 },
    );
  });
});
