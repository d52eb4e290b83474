import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontierOn } from '../../src/gate/frontier.ts';
import { type PickResult, pickFor } from '../../src/gate/picks.ts';
import { runs } from '../setup/seeds.ts';
import { allResults, hardware, latencyThere, mayBeShipped, moreAccurate } from './arbitraries.ts';

const targets = fc.record({
  hardware: fc.constantFrom(...hardware, 't4', 'L4'),
  budgetMs: fc.constantFrom(undefined, 0.1, 1, 2, 3, 50),
});

function summary(result: PickResult) {
  return result.kind === 'pick'
    ? [result.model.id, result.hardware, result.latencyMs, result.source]
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
          expect(result.source).toBe('budget');
          expect(result.latencyMs).toBeLessThanOrEqual(budgetMs);
          expect(within).toContain(result.model);
          expect(within.filter((rival) => moreAccurate(rival, result.model, within))).toEqual([]);
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
        if (result.kind === 'pick') expect(mayBeShipped(result.model)).toBe(true);
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
          expect(result.kind === 'pick' && result.source).toBe('recommended');
          expect(advised).toContain(result.kind === 'pick' && result.model.id);
        } else if (result.kind === 'pick') expect(result.source).toBe('most-accurate');
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

test('neither picks nor frontier depend on the order of the models', () => {
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
      expect(summary(pickFor(target, other))).toEqual(summary(pickFor(target, results)));
      expect(frontierOn(target.hardware, other.models, 'map50')).toEqual(
        frontierOn(target.hardware, results.models, 'map50'),
      );
    }),
    { numRuns: runs(250) },
  );
});
