import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/gate/decide.ts';
import { decideSeveral, type GateTraining } from '../../src/gate/decide-several.ts';
import { candidatesOf } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { defaultTargets } from '../../src/gate/picks.ts';
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
      if (results === null) return { modelType, results: undefined };
      const own = (id: string) => `${modelType}/${id}`;
      const models = results.models.map((each) => ({ ...each, id: own(each.id) }));
      const recommended = new Map([...results.recommended].map(([hardware, id]) => [hardware, own(id)]));
      return { modelType, results: { models, recommended }, baseline: noBaseline };
    }),
  );

describe('the verdict on several trainings', () => {
  test('of one is that on this one', () => {
    fc.assert(
      fc.property(allResults, someRules, someTargets, (results, some, targets) => {
        const several = decideSeveral({
          trainings: [{ modelType: 'only', results, baseline: noBaseline }],
          rules: some,
          targets,
          onMissingBaseline,
        });
        const targetsGiven = targets.length > 0;
        const alone = decide({
          results,
          rules: some,
          targets: targetsGiven ? targets : defaultTargets(results, some),
          targetsGiven,
          baselineOf: () => noBaseline,
          onMissingBaseline,
        });
        expect(several.together?.verdict).toEqual(alone.headline === undefined ? undefined : alone);
      }),
    );
  });

  test('is missing only if no training has a model to take for the headline', () => {
    fc.assert(
      fc.property(trainings, (all) => {
        const hasModel = all.some(
          ({ results }) => mostAccurate(candidatesOf(results?.models ?? [])) !== undefined,
        );
        const { together } = decideSeveral({ trainings: all, rules: [], targets: [], onMissingBaseline });
        expect(together !== undefined).toBe(hasModel);
      }),
    );
  });

  test('passes only if one holds all of its own rules, and no rule for each is open or broken', () => {
    fc.assert(
      fc.property(trainings, someRules, someTargets, (all, some, targets) => {
        const given = { trainings: all, rules: some, targets, onMissingBaseline } as const;
        const { together, trainings: own } = decideSeveral(given);
        fc.pre(together !== undefined);
        const { verdict, best } = together;
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
        const { together: forth, trainings: own } = decideSeveral({ trainings: all, ...given });
        const { together: back } = decideSeveral({ trainings: all.toReversed(), ...given });
        expect(back?.ranking).toEqual(forth?.ranking);
        if (own.some(({ headline }) => forth && headline && !headline.metrics.has(forth.ranking))) return;
        expect(back?.verdict.outcome).toBe(forth?.verdict.outcome);
        expect(back?.verdict.headline?.id).toBe(forth?.verdict.headline?.id);
      }),
    );
  });
});
