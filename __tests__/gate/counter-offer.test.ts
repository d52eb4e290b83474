import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counterOffer } from '../../src/gate/counter-offer.ts';
import { decide, type GateInput } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { sameHardware } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { model, modelResults, target } from '../build.ts';
import { noBaseline } from './judged.ts';

function caseOf(models: readonly Model[], thresholds: string, targets = [target('T4')]): GateInput {
  const { rules } = parseRules(thresholds);
  const baselineOf = () => noBaseline;
  const results = modelResults(models);
  return { results, rules, targets, targetsGiven: true, baselineOf, onMissingBaseline: 'fail' };
}

function offerFor(judged: GateInput) {
  return counterOffer(judged, decide(judged));
}

const search = [
  model({ id: 'fast', metrics: { 'map50-95': 50, recall: 90 }, latency: { T4: 4 } }),
  model({ id: 'middle', metrics: { 'map50-95': 60, recall: 80 }, latency: { T4: 9 } }),
  model({ id: 'best', metrics: { 'map50-95': 70, recall: 70 }, latency: { T4: 25 } }),
  model({ id: 'stock', family: 'stock', metrics: { 'map50-95': 99, recall: 99 }, latency: { T4: 1 } }),
];

describe('a latency that is too high', () => {
  test('gets the most accurate model within the bound', () => {
    expect(offerFor(caseOf(search, 'latency@T4 <= 10'))).toMatchObject({
      kind: 'budget',
      aim: 'speed',
      budgetMs: 10,
      pick: { model: { id: 'middle' } },
      value: 60,
      cost: 10,
      stillBroken: [],
      ruleCount: 1,
    });
  });

  test('names the rule that breaks for it', () => {
    expect(offerFor(caseOf(search, 'latency@T4 <= 10\nmap50-95@T4 >= 65'))).toMatchObject({
      kind: 'budget',
      stillBroken: [{ rule: { metric: 'map50-95' }, value: 60 }],
    });
  });

  test('that no model keeps gets the fastest', () => {
    expect(offerFor(caseOf(search, 'latency@T4 <= 3'))).toMatchObject({
      kind: 'fastest',
      boundMs: 3,
      latencyMs: 4,
      model: { id: 'fast' },
    });
  });

  test('of a target gets the fastest too', () => {
    expect(offerFor(caseOf(search, '', [target('T4', 2)]))).toMatchObject({ kind: 'fastest', boundMs: 2 });
  });

  test('with a strict bound is offered no model at the bound', () => {
    expect(offerFor(caseOf(search, 'latency@T4 < 9'))).toMatchObject({
      kind: 'budget',
      budgetMs: 4,
      pick: { model: { id: 'fast' } },
    });
  });
});

describe('an accuracy that is too low on a hardware', () => {
  test('gets the lowest budget that does', () => {
    const offer = offerFor(caseOf(search, 'map50-95@T4 >= 60', [target('T4', 5)]));
    expect(offer).toMatchObject({
      kind: 'budget',
      aim: 'accuracy',
      budgetMs: 9,
      pick: { model: { id: 'middle' } },
    });
  });

  test('that no model reaches gets the best', () => {
    expect(offerFor(caseOf(search, 'map50-95@T4 >= 90', [target('T4', 5)]))).toMatchObject({
      kind: 'best-there',
      value: 70,
      model: { id: 'best' },
    });
  });
});

test.each([
  ['a pass', 'recall >= 10'],
  ['what cannot be judged', 'f1 >= 10\nrecall >= 99'],
  ['a rule against what is too good to be true', 'recall <= 10'],
])('%s gets no offer', (_, thresholds) => {
  expect(offerFor(caseOf(search, thresholds))).toBeUndefined();
});

test('an offer holds what it says when the gate judges again', () => {
  const models = fc.array(
    fc.record({
      accuracy: fc.integer({ min: 1, max: 99 }),
      recall: fc.integer({ min: 1, max: 99 }),
      ms: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const rule = fc.oneof(
    fc.integer({ min: 2, max: 50 }).map((ms) => `latency@T4 <= ${ms}`),
    fc.integer({ min: 2, max: 99 }).map((bound) => `map50-95@T4 >= ${bound}`),
    fc.integer({ min: 2, max: 99 }).map((bound) => `recall >= ${bound}`),
  );
  const budget = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
  fc.assert(
    fc.property(models, fc.array(rule, { minLength: 1, maxLength: 4 }), budget, (all, lines, budgetMs) => {
      const made = all.map(({ accuracy, recall, ms }, index) =>
        model({ id: `m${index}`, metrics: { 'map50-95': accuracy, recall }, latency: { T4: ms } }),
      );
      const judged = caseOf(made, lines.join('\n'), [target('T4', budgetMs)]);
      const offer = offerFor(judged);
      if (offer?.kind === 'budget') {
        const { hardware } = offer.pick;
        const targets = judged.targets.map((each) =>
          sameHardware(each.hardware, hardware) ? { ...each, budgetMs: offer.budgetMs } : each,
        );
        const again = decide({ ...judged, targets });
        expect(again.outcome).toBe(offer.stillBroken.length === 0 ? 'passed' : 'failed');
        expect(again.rules.filter(({ state }) => state !== 'holds')).toHaveLength(offer.stillBroken.length);
      }
    }),
    { numRuns: 500 },
  );
});
