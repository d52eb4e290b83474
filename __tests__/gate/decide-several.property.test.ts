import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type GateTraining } from '../../src/gate/decide.ts';
import { candidatesOf } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { mostAccurate } from '../../src/gate/rank.ts';
import { target } from '../build.ts';
import { allResults } from './arbitraries.ts';
import { noBaseline } from './judged.ts';

const forEach = 'each: map50 > 45\nwarn: each: accuracy >= 40';
const { rules } = parseRules(`map50-95 >= 50\n${forEach}\nmap50@t4 >= 50\nlatency <= 2`);
const onMissingBaseline = 'fail';
const someRules = fc.subarray([...rules]);
const someTargets = fc.subarray([target('t4', 2), target('AI1')]);

/** Trainings whose models have ids of their own; some have none. */
const trainings = fc
  .array(fc.option(allResults), { minLength: 1, maxLength: 5 })
  .map((all): readonly GateTraining[] =>
    all.map((results, index) => {
      const modelType = `type-${index}`;
      if (results === null) return { modelType, results: undefined, baseline: noBaseline };
      const own = (id: string) => `${modelType}/${id}`;
      const models = results.models.map((each) => ({ ...each, id: own(each.id) }));
      const recommended = new Map([...results.recommended].map(([hardware, id]) => [hardware, own(id)]));
      return { modelType, results: { models, recommended }, baseline: noBaseline };
    }),
  );

describe('the verdict on several trainings', () => {
  test('is that on the only one that has a model, but for rules that are for each', () => {
    fc.assert(
      fc.property(allResults, someRules, someTargets, (results, some, targets) => {
        const one: GateTraining = { modelType: 'only', results, baseline: noBaseline };
        const given = {
          rules: some.filter(({ scope }) => scope === 'best'),
          targets,
          onMissingBaseline,
        } as const;
        const alone = decide({ trainings: [one], ...given });
        fc.pre(alone.verdict.headline !== undefined);
        const beside = decide({ trainings: [{ ...one, results: undefined }, one], ...given });
        expect(beside).toEqual({ ...alone, best: 1, own: [expect.anything(), ...alone.own] });
      }),
    );
  });

  test('has a headline model if any training has one to take', () => {
    fc.assert(
      fc.property(trainings, (all) => {
        const hasModel = all.some(
          ({ results }) => mostAccurate(candidatesOf(results?.models ?? [])) !== undefined,
        );
        const { verdict } = decide({ trainings: all, rules: [], targets: [], onMissingBaseline });
        expect(verdict.headline !== undefined).toBe(hasModel);
      }),
    );
  });

  test('passes only if one holds all of its own rules, and no rule for each is open or broken', () => {
    fc.assert(
      fc.property(trainings, someRules, someTargets, (all, some, targets) => {
        const given = { trainings: all, rules: some, targets, onMissingBaseline } as const;
        const { verdict, best = 0, own } = decide(given);
        fc.pre(verdict.headline !== undefined);
        expect(verdict.headline).toBe(own[best]?.headline);
        expect(verdict.rules.map(({ rule }) => rule)).toEqual(some);
        const isOnePassing = own.some(({ outcome }) => outcome === 'passed');
        expect(own[best]?.outcome === 'passed').toBe(isOnePassing);
        fc.pre(verdict.outcome === 'passed');
        expect(isOnePassing).toBe(true);
        const forEach = some.filter(({ scope, severity }) => scope === 'each' && severity === 'fail');
        const states = own.flatMap(({ rules: results }) =>
          results.filter(({ rule }) => forEach.includes(rule)).map(({ state }) => state),
        );
        expect(states).toEqual(Array.from({ length: own.length * forEach.length }, () => 'holds'));
      }),
    );
  });

  test('does not depend on the order in which they are named, unless two are equal', () => {
    fc.assert(
      fc.property(trainings, someRules, someTargets, (all, some, targets) => {
        const given = { rules: some, targets, onMissingBaseline } as const;
        const { own, ...forth } = decide({ trainings: all, ...given });
        const back = decide({ trainings: all.toReversed(), ...given });
        expect(back.ranking).toEqual(forth.ranking);
        const { ranking } = forth;
        if (own.some(({ headline }) => ranking && headline && !headline.metrics.has(ranking))) return;
        expect(back.verdict.outcome).toBe(forth.verdict.outcome);
        expect(back.verdict.headline?.id).toBe(forth.verdict.headline?.id);
      }),
    );
  });
});
