import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontierOn } from '../../src/gate/frontier.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { headlineOf, type PickResult, pickFor } from '../../src/gate/picks.ts';
import { runs } from '../setup/seeds.ts';
import { allResults, hardware, latencyThere, models } from './arbitraries.ts';

const targets = fc.record({
  hardware: fc.constantFrom(...hardware, 't4', 'L4'),
  budgetMs: fc.constantFrom(undefined, 0.1, 1, 2, 3, 50),
});

function mayBeShipped(model: Model): boolean {
  return model.finished && model.family !== 'stock';
}

/** Whether `one` is more accurate than `other` among `rivals`, straight from the contract's words. */
function moreAccurate(one: Model, other: Model, rivals: readonly Model[]): boolean {
  const order: readonly AccuracyMetric[] = ['map50-95', 'map50', 'accuracy', 'miou', 'f1', 'perplexity'];
  const metric = order.find((name) => rivals.some(({ metrics }) => metrics.has(name)));
  if (metric === undefined) return false;
  const value = one.metrics.get(metric);
  const rival = other.metrics.get(metric);
  if (value === undefined) return false;
  if (rival === undefined) return true;
  return metric === 'perplexity' ? value < rival : value > rival;
}

function summary(result: PickResult) {
  return result.kind === 'pick'
    ? [result.pick.model.id, result.pick.hardware, result.pick.latencyMs, result.pick.source]
    : [result.reason, result.reason === 'over-budget' && result.fastestMs];
}

describe('a pick', () => {
  test('under a budget is within it, and no candidate within it is more accurate', () => {
    fc.assert(
      fc.property(allResults, targets, (results, target) => {
        const { budgetMs } = target;
        fc.pre(budgetMs !== undefined);
        const result = pickFor(target, results);
        const within = results.models.filter(
          (model) =>
            mayBeShipped(model) &&
            (latencyThere(model, target.hardware) ?? Number.POSITIVE_INFINITY) <= budgetMs,
        );
        if (result.kind === 'pick') {
          expect(result.pick.source).toBe('budget');
          expect(result.pick.latencyMs).toBeLessThanOrEqual(budgetMs);
          expect(within).toContain(result.pick.model);
          expect(within.filter((rival) => moreAccurate(rival, result.pick.model, within))).toEqual([]);
        } else {
          expect(within.filter(({ metrics }) => metrics.size > 0)).toEqual([]);
        }
      }),
      { numRuns: runs(250) },
    );
  });

  test('is never a stock model or unfinished, whatever is recommended', () => {
    fc.assert(
      fc.property(allResults, targets, (results, target) => {
        const result = pickFor(target, results);
        if (result.kind === 'pick') expect(mayBeShipped(result.pick.model)).toBe(true);
      }),
      { numRuns: runs(250) },
    );
  });

  test('is said to be recommended exactly if the API recommends that model for that hardware', () => {
    fc.assert(
      fc.property(allResults, targets, (results, target) => {
        fc.pre(target.budgetMs === undefined);
        const result = pickFor(target, results);
        const advised = [...results.recommended]
          .filter(([name]) => name.toLowerCase() === target.hardware.toLowerCase())
          .map(([, id]) => id)
          .filter((id) => results.models.some((model) => model.id === id && mayBeShipped(model)));
        if (advised.length > 0) {
          expect(result.kind === 'pick' && result.pick.source).toBe('recommended');
          expect(advised).toContain(result.kind === 'pick' && result.pick.model.id);
        } else if (result.kind === 'pick') expect(result.pick.source).toBe('most-accurate');
      }),
      { numRuns: runs(250) },
    );
  });

  test('is missing for a budget only if no model there has both a latency within it and an accuracy', () => {
    fc.assert(
      fc.property(allResults, targets, (results, target) => {
        const result = pickFor(target, results);
        fc.pre(result.kind === 'missing' && result.reason === 'over-budget');
        const there = results.models
          .filter(mayBeShipped)
          .flatMap((model) => latencyThere(model, target.hardware) ?? []);
        expect(there.every((latency) => latency > (target.budgetMs ?? 0))).toBe(true);
        expect(result.kind === 'missing' && result.fastestMs).toBe(Math.min(...there));
      }),
      { numRuns: runs(400) },
    );
  });
});

describe('the headline model', () => {
  test('is a finished model, no stock model, that no other such model is more accurate than', () => {
    fc.assert(
      fc.property(models, (all) => {
        const candidates = all.filter(mayBeShipped);
        const headline = headlineOf(all);
        if (headline === undefined) {
          expect(candidates.filter(({ metrics }) => metrics.size > 0)).toEqual([]);
          return;
        }
        expect(candidates).toContain(headline);
        expect(candidates.filter((rival) => moreAccurate(rival, headline, candidates))).toEqual([]);
      }),
      { numRuns: runs(250) },
    );
  });
});

test('neither headline nor picks nor frontier depend on the order of the models', () => {
  const shuffled = allResults.chain((results) =>
    fc.tuple(
      fc.constant(results),
      fc
        .shuffledSubarray([...results.models], { minLength: results.models.length })
        .map((models) => ({ ...results, models })),
    ),
  );
  fc.assert(
    fc.property(shuffled, targets, ([results, other], target) => {
      expect(headlineOf(other.models)?.id).toBe(headlineOf(results.models)?.id);
      expect(summary(pickFor(target, other))).toEqual(summary(pickFor(target, results)));
      expect(frontierOn(target.hardware, other.models, 'map50')).toEqual(
        frontierOn(target.hardware, results.models, 'map50'),
      );
    }),
    { numRuns: runs(250) },
  );
});
