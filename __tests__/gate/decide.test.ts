import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import { plannedBound } from '../../src/gate/judge-rule.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import { isBinding, type RuleResult } from '../../src/gate/rule-result.ts';
import { model, rule, target } from '../build.ts';
import { baselineOf, judged, missing, only, type Trial } from './judged.ts';

const skipped = { baseline: missing, onMissingBaseline: 'skip' } as const;

describe('the outcome', () => {
  const twoTargets: readonly HardwareTarget[] = [target('T4'), target('Orin')];
  test.each<[name: string, trial: Trial, expected: string]>([
    ['is a pass without rules', {}, 'passed'],
    ['is a pass if every rule holds', { rules: 'map50 >= 80\nrecall > 60' }, 'passed'],
    ['is a failure if one rule does not hold', { rules: 'map50 >= 80\nrecall > 70' }, 'failed'],
    ['is undecided if a metric is missing', { rules: 'map50 >= 80\nf1 >= 2' }, 'undecided'],
    [
      'is undecided if a metric is missing and another rule does not hold',
      { rules: 'map50 >= 99\nf1 >= 2' },
      'undecided',
    ],
    ['is undecided whichever of the two comes first', { rules: 'f1 >= 2\nmap50 >= 99' }, 'undecided'],
    ['is undecided if a missing metric would have to be small', { rules: 'perplexity <= 100' }, 'undecided'],
    ['is undecided if there is no model', { rules: 'map50 >= 0', models: [] }, 'undecided'],
    [
      'is undecided if all models are stock models',
      { rules: 'map50 >= 2', models: [model({ family: 'stock', metrics: { map50: 99 } })] },
      'undecided',
    ],
    [
      'is undecided if all models are unfinished',
      { rules: 'map50 >= 2', models: [model({ finished: false, metrics: { map50: 99 } })] },
      'undecided',
    ],
    [
      'is undecided if a rule needs a baseline and there is none',
      { rules: 'map50 >= baseline' },
      'undecided',
    ],
    [
      'is undecided if a rule needs a baseline and that is missing',
      {
        rules: 'map50 >= baseline',
        baseline: { kind: 'missing', reason: 'no metrics are reported for version 3' },
      },
      'undecided',
    ],
    [
      'is not touched by a baseline that is missing and no rule needs',
      { rules: 'map50 >= 2', baseline: { kind: 'missing', reason: 'it cannot be read' } },
      'passed',
    ],
    [
      'is left to the other rules if the workflow skips a baseline that is missing',
      { rules: 'map50 >= baseline\nrecall >= 60', ...skipped },
      'passed',
    ],
    [
      'is a failure by the other rules if the baseline is skipped',
      { rules: 'map50 >= baseline\nrecall >= 99', ...skipped },
      'failed',
    ],
    [
      'is a pass without any rule left if the baseline is skipped',
      { rules: 'map50 >= baseline', ...skipped },
      'passed',
    ],
    [
      'is undecided by what is not reported, also if the baseline is skipped',
      { rules: 'f1 >= baseline', ...skipped },
      'undecided',
    ],
    ['is undecided if a rule names hardware that was not measured', { rules: 'map50@L4 >= 2' }, 'undecided'],
    ['is not touched by a warning that does not hold', { rules: 'warn: map50 >= 99' }, 'passed'],
    ['is not touched by a warning that cannot be judged', { rules: 'warn: f1 >= 2' }, 'passed'],
    ['stays a failure if a warning cannot be judged', { rules: 'warn: f1 >= 2\nmap50 >= 99' }, 'failed'],
    ['is a pass if every target has a pick', { targets: twoTargets, targetsGiven: true }, 'passed'],
    [
      'is undecided if a target of the workflow was not measured',
      { targets: [target('T4'), target('L4')], targetsGiven: true },
      'undecided',
    ],
    [
      'is a failure if no model keeps the budget of a target',
      { targets: [target('T4', 3)], targetsGiven: true },
      'failed',
    ],
    [
      'is undecided if one target is over budget and one was not measured',
      { targets: [target('T4', 3), target('L4')], targetsGiven: true },
      'undecided',
    ],
    [
      'is undecided if one target was not measured and a rule does not hold',
      { rules: 'map50 >= 99', targets: [target('L4')], targetsGiven: true },
      'undecided',
    ],
    [
      'does not depend on a target that the workflow does not name',
      { targets: [target('L4')], targetsGiven: false },
      'passed',
    ],
  ])('%s', (_, trial, expected) => {
    expect(judged(trial).outcome).toBe(expected);
  });

  test('never changes with warnings', () => {
    const rules = fc.subarray([
      'map50 >= 80',
      'map50 > 80',
      'f1 >= 2',
      'latency <= 10 ms',
      'recall >= baseline',
    ]);
    fc.assert(
      fc.property(rules, rules, (binding, warnings) => {
        const without = judged({ rules: binding.join('\n') });
        const all = [...warnings.map((text) => `warn: ${text}`), ...binding];
        expect(judged({ rules: all.join('\n') }).outcome).toBe(without.outcome);
      }),
    );
  });

  test('is a pass only if every binding rule holds', () => {
    const rules = fc.subarray([
      'map50 >= 80',
      'map50 > 80',
      'f1 >= 2',
      'latency@T4 <= 4',
      'latency <= 4',
      'map50@L4 < 5',
    ]);
    fc.assert(
      fc.property(rules, (texts) => {
        const verdict = judged({ rules: texts.join('\n') });
        expect(verdict.outcome === 'passed').toBe(verdict.rules.every(({ state }) => state === 'holds'));
      }),
    );
  });
});

describe('what is known of a rule', () => {
  const before = baselineOf([model({ id: 'old', metrics: { map50: 70 }, latency: { T4: 9, ORIN: 20 } })]);
  test.each<[name: string, trial: Trial, expected: Partial<Record<keyof RuleResult, unknown>>]>([
    [
      'that does not compare with the baseline is its value there all the same',
      { rules: 'map50 >= 75', baseline: before },
      {
        state: 'holds',
        value: 80,
        bound: 75,
        baseline: { version: 3, modelType: 'rfdetr-nano', value: 70 },
      },
    ],
    [
      'about latency is that of the baseline on the same hardware',
      { rules: 'latency >= 1', baseline: before },
      { state: 'holds', value: 4, hardware: 'T4', baseline: { value: 9 } },
    ],
    [
      'that the baseline does not report is the rest',
      { rules: 'recall >= 60', baseline: before },
      { state: 'holds', value: 70, bound: 60, baseline: undefined },
    ],
    [
      'that lacks a baseline is the value, and whose it is',
      { rules: 'map50@t4 >= baseline', baseline: { kind: 'missing', reason: 'x' } },
      { state: 'unknown', modelId: 'nano', value: 80, hardware: 'T4', bound: undefined },
    ],
    [
      'whose metric is not reported is the bound',
      { rules: 'f1 >= 50' },
      { state: 'unknown', modelId: 'nano', value: undefined, bound: 50 },
    ],
  ])('%s', (_, trial, expected) => {
    expect(only(judged(trial))).toMatchObject(expected);
  });
});

describe('a rule counts for the outcome', () => {
  test.each<[name: string, trial: Trial, expected: boolean]>([
    ['if it holds', { rules: 'map50 >= 2' }, true],
    ['if it does not hold', { rules: 'map50 >= 99' }, true],
    ['if its metric is not reported', { rules: 'f1 >= 2' }, true],
    ['if it lacks a baseline', { rules: 'map50 >= baseline' }, true],
    [
      'if its baseline is missing',
      { rules: 'map50 >= baseline', baseline: { kind: 'missing', reason: 'x' } },
      true,
    ],
    [
      'not if its baseline is missing and the workflow skips that',
      { rules: 'map50 >= baseline', ...skipped },
      false,
    ],
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
