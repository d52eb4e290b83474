import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import { plannedBound } from '../../src/gate/judge-rule.ts';
import { isBinding, type RuleResult } from '../../src/gate/rule-result.ts';
import { model, rule, target } from '../build.ts';
import { linesIn, named, rows } from '../rows.ts';
import { baselineOf, judged, missing, only, type Trial } from './judged.ts';

const skipped = { baseline: missing, onMissingBaseline: 'skip' } as const;

describe('the outcome', () => {
  const given: Readonly<Record<string, Trial>> = {
    '': {},
    'no model': { models: [] },
    'stock models': { models: [model({ family: 'stock', metrics: { map50: 99 } })] },
    'unfinished models': { models: [model({ finished: false, metrics: { map50: 99 } })] },
    'no baseline': { baseline: missing },
    'no baseline, skipped': skipped,
    'T4, Orin': { targets: [target('T4'), target('Orin')] },
    'T4, L4': { targets: [target('T4'), target('L4')] },
    'T4 <= 3': { targets: [target('T4', 3)] },
    'T4 <= 3, L4': { targets: [target('T4', 3), target('L4')] },
    L4: { targets: [target('L4')] },
    'L4, not named': { recommended: { L4: 'gone' } },
  };
  test.each(
    rows(`
    is a pass without rules | | | passed
    is a pass if every rule holds | map50 >= 80; recall > 60 | | passed
    is a failure if one rule does not hold | map50 >= 80; recall > 70 | | failed
    is undecided if a metric is missing | map50 >= 80; f1 >= 2 | | undecided
    is undecided if a metric is missing and another rule does not hold | map50 >= 99; f1 >= 2 | | undecided
    is undecided whichever of the two comes first | f1 >= 2; map50 >= 99 | | undecided
    is undecided if a missing metric would have to be small | perplexity <= 100 | | undecided
    is undecided if there is no model | map50 >= 0 | no model | undecided
    is undecided if all models are stock models | map50 >= 2 | stock models | undecided
    is undecided if all models are unfinished | map50 >= 2 | unfinished models | undecided
    is undecided if a rule needs a baseline and none is named | map50 >= baseline | | undecided
    is undecided if a rule needs a baseline and that is missing | map50 >= baseline | no baseline | undecided
    is not touched by a baseline that is missing and no rule needs | map50 >= 2 | no baseline | passed
    is left to the other rules if the workflow skips a missing baseline | map50 >= baseline; recall >= 60 | no baseline, skipped | passed
    is a failure by the other rules if the baseline is skipped | map50 >= baseline; recall >= 99 | no baseline, skipped | failed
    is a pass without any rule left if the baseline is skipped | map50 >= baseline | no baseline, skipped | passed
    is undecided by what is not reported, also if the baseline is skipped | f1 >= baseline | no baseline, skipped | undecided
    is undecided if a rule names hardware that was not measured | map50@L4 >= 2 | | undecided
    is not touched by a warning that does not hold | warn: map50 >= 99 | | passed
    is not touched by a warning that cannot be judged | warn: f1 >= 2 | | passed
    stays a failure if a warning cannot be judged | warn: f1 >= 2; map50 >= 99 | | failed
    is a pass if every target has a pick | | T4, Orin | passed
    is undecided if a target of the workflow was not measured | | T4, L4 | undecided
    is a failure if no model keeps the budget of a target | | T4 <= 3 | failed
    is undecided if one target is over budget and one was not measured | | T4 <= 3, L4 | undecided
    is undecided if one target was not measured and a rule does not hold | map50 >= 99 | L4 | undecided
    does not depend on a target that the workflow does not name | | L4, not named | passed
    `),
  )('%s', (_, rules, trial, expected) => {
    expect(judged({ rules: linesIn(rules), ...named(given, trial) }).outcome).toBe(expected);
  });

  const texts = [
    ...['map50 >= 80', 'map50 > 80', 'f1 >= 2', 'latency <= 10 ms', 'latency@T4 <= 4', 'latency <= 4'],
  ];
  const someRules = fc.subarray([...texts, 'map50@L4 < 5', 'recall >= baseline']);

  test('never changes with warnings', () => {
    fc.assert(
      fc.property(someRules, someRules, (binding, warnings) => {
        const without = judged({ rules: binding.join('\n') });
        const all = [...warnings.map((text) => `warn: ${text}`), ...binding];
        expect(judged({ rules: all.join('\n') }).outcome).toBe(without.outcome);
      }),
    );
  });

  test('is a pass only if every binding rule holds', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        const verdict = judged({ rules: rules.join('\n') });
        expect(verdict.outcome === 'passed').toBe(verdict.rules.every(({ state }) => state === 'holds'));
      }),
    );
  });
});

describe('what is known of a rule', () => {
  const before = baselineOf([model({ id: 'old', metrics: { map50: 70 }, latency: { T4: 9, ORIN: 20 } })]);
  test.each<[rules: string, baseline: Baseline, expected: Partial<Record<keyof RuleResult, unknown>>]>([
    // A rule that does not compare has its value there all the same; latency that of the same hardware.
    [
      'map50 >= 75',
      before,
      { state: 'holds', value: 80, bound: 75, baseline: { version: 3, modelType: 'rfdetr-nano', value: 70 } },
    ],
    ['latency >= 1', before, { state: 'holds', value: 4, hardware: 'T4', baseline: { value: 9 } }],
    ['recall >= 60', before, { state: 'holds', value: 70, bound: 60, baseline: undefined }],
    // A rule that cannot be judged has all the rest.
    [
      'map50@t4 >= baseline',
      missing,
      { state: 'unknown', modelId: 'nano', value: 80, hardware: 'T4', bound: undefined },
    ],
    ['f1 >= 50', { kind: 'none' }, { state: 'unknown', modelId: 'nano', value: undefined, bound: 50 }],
  ])('%s', (rules, baseline, expected) => {
    const unknown = { value: undefined, bound: undefined };
    expect({ ...unknown, ...only(judged({ rules, baseline })) }).toMatchObject(expected);
  });
});

describe('a rule counts for the outcome', () => {
  test.each<[name: string, trial: Trial, expected: boolean]>([
    ['if it holds', { rules: 'map50 >= 2' }, true],
    ['if it does not hold', { rules: 'map50 >= 99' }, true],
    ['if its metric is not reported', { rules: 'f1 >= 2' }, true],
    ['if it lacks a baseline', { rules: 'map50 >= baseline' }, true],
    ['if its baseline is missing', { rules: 'map50 >= baseline', baseline: missing }, true],
    ['not if a missing baseline is skipped', { rules: 'map50 >= baseline', ...skipped }, false],
    ['if it needs no baseline where one is skipped', { rules: 'map50 >= 2', ...skipped }, true],
    ['not if it only warns', { rules: 'warn: map50 >= 2' }, false],
    ['not if it only warns, and does not hold', { rules: 'warn: map50 >= 99' }, false],
  ])('%s', (_, trial, expected) => {
    expect(isBinding(only(judged(trial)))).toBe(expected);
  });
});

describe('the bound that is known before anything is judged', () => {
  const before = baselineOf([
    model({ id: 'small', metrics: { map50: 69.7 }, latency: { T4: 6, Orin: 15 } }),
    model({ id: 'large', metrics: { map50: 82 }, latency: { T4: 60 } }),
  ]);
  test.each<{ text: string; baseline: Baseline; budgetMs?: number; expected: number | undefined }>([
    { text: 'map50 >= 80', baseline: { kind: 'none' }, expected: 80 },
    { text: 'map50 >= 80', baseline: before, expected: 80 },
    { text: 'map50 >= baseline', baseline: before, expected: 82 },
    { text: 'map50 >= baseline - 0.5', baseline: before, expected: 81.5 },
    { text: 'map50 >= baseline + 0.1', baseline: before, expected: 82.1 },
    { text: 'map50@t4 >= baseline', baseline: before, budgetMs: 10, expected: 69.7 },
    { text: 'latency@T4 <= baseline + 1', baseline: before, budgetMs: 10, expected: 7 },
    { text: 'recall >= baseline', baseline: before, expected: undefined },
    { text: 'map50@L4 >= baseline', baseline: before, expected: undefined },
    { text: 'map50 >= baseline', baseline: { kind: 'none' }, expected: undefined },
    { text: 'map50 >= baseline', baseline: { kind: 'missing', reason: 'x' }, expected: undefined },
  ])('of $text with the baseline $baseline.kind is $expected', ({ text, baseline, budgetMs, expected }) => {
    expect(plannedBound(rule(text), baseline, [target('T4', budgetMs)])).toBe(expected);
  });
});
