import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/gate/model.ts';
import { formatRule, type Rule } from '../../src/gate/rules.ts';
import { runs } from '../setup/seeds.ts';
import { mayBeShipped, models, moreAccurate } from './arbitraries.ts';
import { judged } from './judged.ts';

/** What the training itself reports decides; each is held by some of the models. */
const CHOOSING = [
  ...['map50 >= 50', 'map50-95 < 100', 'accuracy > 40', 'perplexity <= 50', 'latency <= 2'],
  'each: map50 > 40',
];
/** What has no say in the choice: warnings, picks, splits and classes. */
const OTHERS = [
  ...['warn: map50 >= 100', 'warn: latency <= 1', 'map50@T4 >= 100', 'latency@AI1 <= 1', 'map50@test >= 2'],
  'recall[*] >= 2',
];
const rules = fc.subarray(CHOOSING).map((lines) => lines.join('\n'));

/** Whether `model` holds a rule, straight from its words. */
function holds(model: Model, rule: Rule, all: readonly Model[]): boolean {
  const { metric, comparison, bound } = rule;
  const own = [...model.latencyMs.values()];
  const measured = new Set(all.filter(mayBeShipped).flatMap(({ latencyMs }) => [...latencyMs.keys()]));
  const slowest = own.length > 0 && own.length === measured.size ? Math.max(...own) : undefined;
  const value = metric === 'latency' ? slowest : model.metrics.get(metric);
  if (value === undefined || bound.kind !== 'value') return false;
  return {
    '>=': value >= bound.value,
    '>': value > bound.value,
    '<=': value <= bound.value,
    '<': value < bound.value,
  }[comparison];
}

describe('the headline model', () => {
  test('holds all rules if any does, and no such model is more accurate', () => {
    fc.assert(
      fc.property(models, rules, (all, lines) => {
        const { headline, passedOver, rules: results } = judged({ models: all, rules: lines });
        const candidates = all.filter((each) => mayBeShipped(each) && each.metrics.size > 0);
        if (headline === undefined) {
          expect(candidates).toEqual([]);
          return;
        }
        const holding = candidates.filter((each) => results.every(({ rule }) => holds(each, rule, all)));
        const among = holding.length > 0 ? holding : candidates;
        expect(among).toContain(headline);
        expect(among.filter((rival) => moreAccurate(rival, headline, among))).toEqual([]);
        const isMost = candidates.every((rival) => !moreAccurate(rival, headline, candidates));
        if (!isMost) expect(passedOver).toBeDefined();
        for (const { rule } of passedOver?.lacking ?? [])
          expect(passedOver && holds(passedOver.model, rule, all), formatRule(rule)).toBe(false);
        if (passedOver !== undefined) expect(passedOver.lacking).not.toEqual([]);
      }),
      { numRuns: runs(600) },
    );
  });

  test('is not changed by a rule that only warns, or is on a pick, a split or a class', () => {
    fc.assert(
      fc.property(models, rules, fc.subarray(OTHERS), (all, lines, others) => {
        const { headline } = judged({ models: all, rules: [lines, ...others].join('\n') });
        expect(headline).toBe(judged({ models: all, rules: lines }).headline);
      }),
      { numRuns: runs(300) },
    );
  });

  test('does not depend on the order of the models or of the rules', () => {
    fc.assert(
      fc.property(models, rules, (all, lines) => {
        const turned = judged({ models: all.toReversed(), rules: lines.split('\n').toReversed().join('\n') });
        expect(turned.headline).toBe(judged({ models: all, rules: lines }).headline);
      }),
      { numRuns: runs(300) },
    );
  });
});
