import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget, ModelResults } from '../../src/gate/picks.ts';
import { runs } from '../setup/seeds.ts';
import { allResults } from './arbitraries.ts';
import { noBaseline } from './judged.ts';

/** None of them names Serverless. A bare latency is about it only where the training measured nothing. */
const RULES = [
  'map50-95 >= 50',
  'map50 < 100',
  'latency@T4 <= 2',
  'map50@ai1 >= 50',
  'each: map50@T4 >= 40',
  'warn: latency@AI1 <= 1',
];
const lines = fc.subarray(RULES).map((some) => some.join('\n'));
const someTargets = fc.constantFrom<readonly HardwareTarget[]>(
  [],
  [{ hardware: 'T4', budgetMs: 2 }],
  [{ hardware: 'L4', budgetMs: undefined }],
);
const serverlessMs = fc.array(fc.option(fc.constantFrom(0.1, 1, 50)), { minLength: 9, maxLength: 9 });

function decided(
  all: readonly ModelResults[],
  text: string,
  targets: readonly HardwareTarget[],
  isBare = false,
) {
  const { rules } = parseRules(isBare ? `${text}\nlatency <= 2` : text);
  const trainings = all.map((results) => ({ modelType: 'type', results, baseline: noBaseline }));
  const { verdict } = decide({ trainings, rules, targets, onMissingBaseline: 'fail' });
  return { verdict, ids: verdict.headline?.id };
}

function timed(results: ModelResults, ms: readonly (number | null)[]): ModelResults {
  const models = results.models.map((model, index): Model => {
    const own = ms[index];
    if (own === null || own === undefined) return { ...model, serverlessLack: { kind: 'running' } };
    return { ...model, latencyMs: new Map([...model.latencyMs, ['Serverless', own]]) };
  });
  return { ...results, models };
}

/** A verdict without the figures that are told, as text. */
function told(verdict: unknown): string {
  return JSON.stringify(verdict, (key, value: unknown) =>
    key === 'serverlessLack' || key === 'latencyMs' ? undefined : value,
  );
}

describe('the latency on Serverless', () => {
  test('changes nothing of rules, picks and headline that are about something else', () => {
    fc.assert(
      fc.property(
        fc.array(allResults, { minLength: 1, maxLength: 2 }),
        lines,
        someTargets,
        serverlessMs,
        (all, rules, targets, ms) => {
          const with_ = all.map((results) => timed(results, ms));
          expect(told(decided(with_, rules, targets))).toBe(told(decided(all, rules, targets)));
        },
      ),
      { numRuns: runs(200) },
    );
  });

  test('does not fill in for what a training measured itself', () => {
    fc.assert(
      fc.property(allResults, serverlessMs, (results, ms) => {
        const own = results.models.map((model) => ({
          ...model,
          latencyMs: new Map([...model.latencyMs, ['T4', 1]]),
        }));
        const measured = { ...results, models: own };
        expect(told(decided([timed(measured, ms)], '', [], true))).toBe(
          told(decided([measured], '', [], true)),
        );
      }),
      { numRuns: runs(100) },
    );
  });
});
