import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Baseline, type Case, decide, type RuleResult, type Verdict } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import { parseRules } from '../../src/gate/rules.ts';
import { missingPickReason, whyUnknown } from '../../src/report/text/reasons.ts';
import { model, pool, target } from '../build.ts';

const noBaseline: Baseline = { kind: 'none' };

interface Trial extends Partial<Omit<Case, 'rules' | 'pool'>> {
  readonly rules?: string;
  readonly models?: readonly Model[];
  readonly recommended?: Readonly<Record<string, string>>;
}

const nano = model({
  id: 'nano',
  metrics: { map50: 80, 'map50-95': 55, recall: 70 },
  latency: { T4: 4, Orin: 12 },
});

function judged({ rules = '', models = [nano], recommended = {}, ...rest }: Trial): Verdict {
  const parsed = parseRules(rules);
  expect(parsed.mistakes).toEqual([]);
  return decide({
    pool: pool(models, recommended),
    rules: parsed.rules,
    targets: [],
    targetsAsked: false,
    baseline: noBaseline,
    ...rest,
  });
}

function only(verdict: Verdict): RuleResult {
  const [result] = verdict.rules;
  if (!result || verdict.rules.length > 1) throw new Error('not one rule');
  return result;
}

/** Why the only rule cannot be judged, in words. */
function reasonOf(verdict: Verdict): string {
  const result = only(verdict);
  if (result.state !== 'unknown') throw new Error(`it ${result.state}`);
  return whyUnknown(result.why);
}

function baselineRun(models: readonly Model[], recommended = {}): Baseline {
  return { kind: 'run', version: 3, pool: pool(models, recommended) };
}

describe('the outcome', () => {
  const twoTargets: readonly HardwareTarget[] = [target('T4'), target('Orin')];
  test.each<{ name: string; trial: Trial; expected: string }>([
    { name: 'is a pass without rules', trial: {}, expected: 'passed' },
    {
      name: 'is a pass where every rule holds',
      trial: { rules: 'map50 >= 80\nrecall > 60' },
      expected: 'passed',
    },
    {
      name: 'is a failure where one rule does not hold',
      trial: { rules: 'map50 >= 80\nrecall > 70' },
      expected: 'failed',
    },
    {
      name: 'is undecided where a metric is missing',
      trial: { rules: 'map50 >= 80\nf1 >= 2' },
      expected: 'undecided',
    },
    {
      name: 'is undecided where a metric is missing and another rule does not hold',
      trial: { rules: 'map50 >= 99\nf1 >= 2' },
      expected: 'undecided',
    },
    {
      name: 'is undecided whichever of the two comes first',
      trial: { rules: 'f1 >= 2\nmap50 >= 99' },
      expected: 'undecided',
    },
    {
      name: 'is undecided where a missing metric would have to be small',
      trial: { rules: 'perplexity <= 100' },
      expected: 'undecided',
    },
    {
      name: 'is undecided where there is no model',
      trial: { rules: 'map50 >= 0', models: [] },
      expected: 'undecided',
    },
    {
      name: 'is undecided where all models are stock models',
      trial: { rules: 'map50 >= 2', models: [model({ family: 'stock', metrics: { map50: 99 } })] },
      expected: 'undecided',
    },
    {
      name: 'is undecided where all models are unfinished',
      trial: { rules: 'map50 >= 2', models: [model({ finished: false, metrics: { map50: 99 } })] },
      expected: 'undecided',
    },
    {
      name: 'is undecided where a rule needs a baseline and there is none',
      trial: { rules: 'map50 >= baseline' },
      expected: 'undecided',
    },
    {
      name: 'is undecided where a rule needs a baseline and the one asked for is missing',
      trial: {
        rules: 'map50 >= baseline',
        baseline: { kind: 'missing', reason: 'no metrics are reported for version 3' },
      },
      expected: 'undecided',
    },
    {
      name: 'is not touched by a baseline that is missing and no rule needs',
      trial: { rules: 'map50 >= 2', baseline: { kind: 'missing', reason: 'it cannot be read' } },
      expected: 'passed',
    },
    {
      name: 'is undecided where a rule names hardware that was not measured',
      trial: { rules: 'map50@L4 >= 2' },
      expected: 'undecided',
    },
    {
      name: 'is not touched by a warning that does not hold',
      trial: { rules: 'warn: map50 >= 99' },
      expected: 'passed',
    },
    {
      name: 'is not touched by a warning that cannot be judged',
      trial: { rules: 'warn: f1 >= 2' },
      expected: 'passed',
    },
    {
      name: 'stays a failure where a warning cannot be judged',
      trial: { rules: 'warn: f1 >= 2\nmap50 >= 99' },
      expected: 'failed',
    },
    {
      name: 'is a pass where every target has a pick',
      trial: { targets: twoTargets, targetsAsked: true },
      expected: 'passed',
    },
    {
      name: 'is undecided where a target that was asked for was not measured',
      trial: { targets: [target('T4'), target('L4')], targetsAsked: true },
      expected: 'undecided',
    },
    {
      name: 'is a failure where no model keeps the budget of a target',
      trial: { targets: [target('T4', 3)], targetsAsked: true },
      expected: 'failed',
    },
    {
      name: 'is undecided where one target is over budget and one was not measured',
      trial: { targets: [target('T4', 3), target('L4')], targetsAsked: true },
      expected: 'undecided',
    },
    {
      name: 'is undecided where one target was not measured and a rule does not hold',
      trial: { rules: 'map50 >= 99', targets: [target('L4')], targetsAsked: true },
      expected: 'undecided',
    },
    {
      name: 'is not touched by a target without a pick that nobody asked for',
      trial: { targets: [target('L4')], targetsAsked: false },
      expected: 'passed',
    },
  ])('$name', ({ trial, expected }) => {
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

  test('is a pass only where every binding rule holds', () => {
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

describe('a comparison', () => {
  test.each<{ rule: string; state: string; margin: number }>([
    { rule: 'map50 >= 79.9', state: 'holds', margin: 0.1 },
    { rule: 'map50 >= 80', state: 'holds', margin: 0 },
    { rule: 'map50 >= 80.1', state: 'broken', margin: -0.1 },
    { rule: 'map50 > 79.9', state: 'holds', margin: 0.1 },
    { rule: 'map50 > 80', state: 'broken', margin: 0 },
    { rule: 'map50 > 80.1', state: 'broken', margin: -0.1 },
    { rule: 'map50 <= 79.9', state: 'broken', margin: -0.1 },
    { rule: 'map50 <= 80', state: 'holds', margin: 0 },
    { rule: 'map50 <= 80.1', state: 'holds', margin: 0.1 },
    { rule: 'map50 < 79.9', state: 'broken', margin: -0.1 },
    { rule: 'map50 < 80', state: 'broken', margin: 0 },
    { rule: 'map50 < 80.1', state: 'holds', margin: 0.1 },
    { rule: 'latency@T4 <= 3', state: 'broken', margin: -1 },
    { rule: 'latency@T4 <= 10 ms', state: 'holds', margin: 6 },
  ])('"$rule" $state, with a margin of $margin', ({ rule, state, margin }) => {
    expect(only(judged({ rules: rule }))).toMatchObject({ state, margin });
  });

  test('takes for equal what differs by less than any metric carries', () => {
    const models = [model({ metrics: { map50: 0.57 * 100 } })];
    const states = ['>=', '<=', '>', '<'].map(
      (sign) => only(judged({ rules: `map50 ${sign} 57`, models })).state,
    );
    expect(states).toEqual(['holds', 'holds', 'broken', 'broken']);
  });

  test('has a margin without the tail of digits that binary fractions leave', () => {
    const result = only(judged({ rules: 'map50 >= 80', models: [model({ metrics: { map50: 73.1 } })] }));
    expect(result).toMatchObject({ value: 73.1, bound: 80, margin: -6.9 });
  });
});

describe('the model that a rule judges', () => {
  const small = model({ id: 'small', metrics: { map50: 60, 'map50-95': 40 }, latency: { T4: 2, Orin: 6 } });
  const large = model({ id: 'large', metrics: { map50: 90, 'map50-95': 70 }, latency: { T4: 20 } });
  const models = [small, large];

  test.each<{ name: string; trial: Trial; expected: { modelId: string; value: number } }>([
    {
      name: 'is the headline without @',
      trial: { rules: 'map50 >= 50' },
      expected: { modelId: 'large', value: 90 },
    },
    {
      name: 'is the most accurate one measured on the hardware that is named',
      trial: { rules: 'map50@orin >= 50' },
      expected: { modelId: 'small', value: 60 },
    },
    {
      name: 'keeps the budget of the target for that hardware, however spelled',
      trial: { rules: 'map50@t4 >= 50', targets: [target('T4', 10)] },
      expected: { modelId: 'small', value: 60 },
    },
    {
      name: 'is the recommended one for that hardware',
      trial: { rules: 'map50@T4 >= 50', recommended: { t4: 'small' } },
      expected: { modelId: 'small', value: 60 },
    },
    {
      name: 'is the headline without @, also where another is recommended',
      trial: { rules: 'map50 >= 50', recommended: { T4: 'small' } },
      expected: { modelId: 'large', value: 90 },
    },
  ])('$name', ({ trial, expected }) => {
    expect(only(judged({ models, ...trial }))).toMatchObject({ state: 'holds', ...expected });
  });

  test('gives the headline and every pick to the verdict', () => {
    const verdict = judged({ models, targets: [target('t4', 10), target('L4')] });
    expect(verdict.headline?.id).toBe('large');
    expect(verdict.picks.map((each) => (each.kind === 'pick' ? each.pick.model.id : each.reason))).toEqual([
      'small',
      'not-measured',
    ]);
  });
});

describe('latency', () => {
  test.each<{ rule: string; state: string; value: number; hardware: string }>([
    { rule: 'latency <= 10 ms', state: 'broken', value: 12, hardware: 'Orin' },
    { rule: 'latency < 13 ms', state: 'holds', value: 12, hardware: 'Orin' },
    { rule: 'latency >= 5 ms', state: 'broken', value: 4, hardware: 'T4' },
    { rule: 'latency > 3 ms', state: 'holds', value: 4, hardware: 'T4' },
  ])('without @ is judged where it is worst: "$rule"', ({ rule, state, value, hardware }) => {
    expect(only(judged({ rules: rule }))).toMatchObject({ state, value, hardware });
  });

  test('with @ is judged on that hardware only', () => {
    expect(only(judged({ rules: 'latency@t4 <= 10 ms' }))).toMatchObject({ state: 'holds', value: 4 });
  });

  test('that was not reported is unknown and never a pass', () => {
    const verdict = judged({ rules: 'latency <= 10 ms', models: [model({ metrics: { map50: 80 } })] });
    expect(verdict.outcome).toBe('undecided');
    expect(only(verdict)).toMatchObject({ state: 'unknown' });
  });

  test('without @ is unknown where that of one hardware cannot be read, and says how it came', () => {
    const half = model({
      metrics: { map50: 80 },
      latency: { T4: 5 },
      unreadable: [{ name: 'latency@AI1', raw: '"NaN"' }],
    });
    const verdict = judged({ rules: 'latency <= 10 ms', models: [half] });
    expect(verdict.outcome).toBe('undecided');
    expect(reasonOf(verdict)).toMatch(
      /^the latency of .* cannot be read on every hardware; reported: .*latency@T4 5 ms \(latency@AI1 came as "NaN"\)$/,
    );
    expect(judged({ rules: 'latency@T4 <= 10 ms', models: [half] }).outcome).toBe('passed');
  });

  test('of a recommended model that was not measured there is unknown', () => {
    const verdict = judged({ rules: 'latency@AI1 <= 10 ms', recommended: { AI1: 'nano' } });
    expect(reasonOf(verdict)).toBe(
      'no latency was reported for nano on AI1; reported: map50-95 55, map50 80, recall 70, latency@T4 4 ms, latency@Orin 12 ms',
    );
  });
});

describe('why a rule cannot be judged', () => {
  test.each<{ name: string; trial: Trial; reason: string }>([
    {
      name: 'lists what was reported',
      trial: { rules: 'f1 >= 2' },
      reason:
        'f1 was not reported for nano; reported: map50-95 55, map50 80, recall 70, latency@T4 4 ms, latency@Orin 12 ms',
    },
    {
      name: 'shows a value that came but could not be read',
      trial: {
        rules: 'f1 >= 2',
        models: [model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name: 'f1', raw: '"NaN"' }] })],
      },
      reason: 'f1 was not reported for m; reported: map50 80 (f1 came as "NaN")',
    },
    {
      name: 'leaves out values of other metrics that could not be read',
      trial: {
        rules: 'f1 >= 2',
        models: [model({ id: 'm', metrics: { map50: 80 }, unreadable: [{ name: 'recall', raw: '140' }] })],
      },
      reason: 'f1 was not reported for m; reported: map50 80',
    },
    {
      name: 'names the hardware that was measured',
      trial: { rules: 'map50@L4 >= 2' },
      reason: 'no model was measured on L4; measured: T4, Orin',
    },
    {
      name: 'says that nothing was measured',
      trial: { rules: 'map50@L4 >= 2', models: [model({ metrics: { map50: 80 } })] },
      reason: 'no model was measured on L4; no latency was reported at all',
    },
    {
      name: 'names the fastest model where the budget rules all out',
      trial: { rules: 'map50@T4 >= 2', targets: [target('T4', 3)] },
      reason: 'no model is within 3 ms on T4 (the fastest takes 4 ms)',
    },
    {
      name: 'says that there is no model',
      trial: { rules: 'map50 >= 2', models: [] },
      reason: 'no finished model with metrics was reported',
    },
    {
      name: 'says that no baseline was asked for',
      trial: { rules: 'map50 >= baseline' },
      reason: 'no baseline was asked for',
    },
    {
      name: 'says why there is no baseline',
      trial: {
        rules: 'map50 >= baseline',
        baseline: { kind: 'missing', reason: 'no training has succeeded on version 3' },
      },
      reason: 'there is no baseline: no training has succeeded on version 3',
    },
    {
      name: 'says what the baseline lacks',
      trial: {
        rules: 'recall >= baseline',
        baseline: baselineRun([model({ id: 'old', metrics: { map50: 70 } })]),
      },
      reason:
        'the baseline, version 3, cannot be compared with: recall was not reported for old; reported: map50 70',
    },
    {
      name: 'says that the baseline has no model',
      trial: { rules: 'recall >= baseline', baseline: baselineRun([]) },
      reason: 'the baseline, version 3, cannot be compared with: no finished model with metrics was reported',
    },
  ])('$name', ({ trial, reason }) => {
    expect(reasonOf(judged(trial))).toBe(reason);
  });

  test('does not say that nothing was measured on a hardware that was', () => {
    const models = [
      model({ id: 'a', metrics: { 'map50-95': 60 }, latency: { T4: 50 } }),
      model({ id: 'b', latency: { T4: 5 } }),
    ];
    const [missing] = judged({ models, targets: [target('T4', 10)], targetsAsked: true }).picks;
    if (missing?.kind !== 'missing') throw new Error('a pick was made');
    expect(missingPickReason(missing)).not.toContain('no model was measured on T4');
  });
});

describe('what is known of a rule', () => {
  const before = baselineRun([model({ id: 'old', metrics: { map50: 70 }, latency: { T4: 9, ORIN: 20 } })]);
  test.each<{ name: string; trial: Trial; expected: Partial<Record<keyof RuleResult, unknown>> }>([
    {
      name: 'that does not compare with the baseline is its value there all the same',
      trial: { rules: 'map50 >= 75', baseline: before },
      expected: { state: 'holds', value: 80, bound: 75, baseline: 70 },
    },
    {
      name: 'about latency is that of the baseline on the same hardware',
      trial: { rules: 'latency >= 1', baseline: before },
      expected: { state: 'holds', value: 4, hardware: 'T4', baseline: 9 },
    },
    {
      name: 'that the baseline does not report is the rest',
      trial: { rules: 'recall >= 60', baseline: before },
      expected: { state: 'holds', value: 70, bound: 60, baseline: undefined },
    },
    {
      name: 'that lacks a baseline is the value, and whose it is',
      trial: { rules: 'map50@t4 >= baseline', baseline: { kind: 'missing', reason: 'x' } },
      expected: { state: 'unknown', modelId: 'nano', value: 80, hardware: 'T4', bound: undefined },
    },
    {
      name: 'whose metric is not reported is the bound',
      trial: { rules: 'f1 >= 50' },
      expected: { state: 'unknown', modelId: 'nano', value: undefined, bound: 50 },
    },
  ])('$name', ({ trial, expected }) => {
    expect(only(judged(trial))).toMatchObject(expected);
  });
});

describe('a rule that compares with the baseline', () => {
  const old = model({
    id: 'old',
    metrics: { map50: 79, 'map50-95': 54, recall: 71 },
    latency: { t4: 5, orin: 11 },
  });

  test.each<{ rule: string; state: string; bound: number; baseline: number; margin: number }>([
    { rule: 'map50 >= baseline', state: 'holds', bound: 79, baseline: 79, margin: 1 },
    { rule: 'map50 > baseline + 1', state: 'broken', bound: 80, baseline: 79, margin: 0 },
    { rule: 'map50 >= baseline + 1', state: 'holds', bound: 80, baseline: 79, margin: 0 },
    { rule: 'recall >= baseline', state: 'broken', bound: 71, baseline: 71, margin: -1 },
    { rule: 'recall >= baseline - 0.5', state: 'broken', bound: 70.5, baseline: 71, margin: -0.5 },
    { rule: 'recall >= baseline - 1', state: 'holds', bound: 70, baseline: 71, margin: 0 },
    { rule: 'latency@T4 <= baseline', state: 'holds', bound: 5, baseline: 5, margin: 1 },
    { rule: 'latency@T4 <= baseline - 1.5 ms', state: 'broken', bound: 3.5, baseline: 5, margin: -0.5 },
    { rule: 'latency@Orin <= baseline', state: 'broken', bound: 11, baseline: 11, margin: -1 },
    { rule: 'latency@Orin <= baseline + 1', state: 'holds', bound: 12, baseline: 11, margin: 0 },
    { rule: 'latency <= baseline', state: 'broken', bound: 11, baseline: 11, margin: -1 },
  ])('"$rule" $state', ({ rule, ...expected }) => {
    expect(only(judged({ rules: rule, baseline: baselineRun([old]) }))).toMatchObject(expected);
  });

  test.each([80.12345678951, 80.1234567891234, 73.456789123456, 1 / 3, 100 / 3])(
    'takes a run that is just as good as the baseline for neither better nor worse, at %d',
    (value) => {
      const same = [model({ metrics: { map50: value } })];
      const states = ['>=', '<=', '>', '<'].map(
        (sign) =>
          only(judged({ rules: `map50 ${sign} baseline`, models: same, baseline: baselineRun(same) })).state,
      );
      expect(states).toEqual(['holds', 'holds', 'broken', 'broken']);
    },
  );

  test('does not stumble over what binary fractions do to an offset', () => {
    const before = [model({ metrics: { map50: 80.3 } })];
    const now = [model({ metrics: { map50: 80.2 } })];
    expect(
      only(judged({ rules: 'map50 >= baseline - 0.1', models: now, baseline: baselineRun(before) })),
    ).toMatchObject({ state: 'holds', bound: 80.2, margin: 0 });
  });

  test('judges the pick against the pick of the baseline, with the same budget', () => {
    const now = [
      model({ id: 'now-small', metrics: { map50: 70 }, latency: { T4: 5 } }),
      model({ id: 'now-large', metrics: { map50: 95 }, latency: { T4: 50 } }),
    ];
    const before = [
      model({ id: 'was-small', metrics: { map50: 69 }, latency: { t4: 6 } }),
      model({ id: 'was-large', metrics: { map50: 99 }, latency: { t4: 60 } }),
    ];
    const result = judged({
      rules: 'map50@T4 >= baseline',
      models: now,
      targets: [target('T4', 10)],
      baseline: baselineRun(before),
    });
    expect(only(result)).toMatchObject({ state: 'holds', modelId: 'now-small', value: 70, baseline: 69 });
  });

  test('is unknown where no model of the baseline keeps the budget', () => {
    const verdict = judged({
      rules: 'map50@T4 >= baseline',
      targets: [target('T4', 10)],
      baseline: baselineRun([model({ id: 'was', metrics: { map50: 69 }, latency: { T4: 60 } })]),
    });
    expect(verdict.outcome).toBe('undecided');
    expect(reasonOf(verdict)).toBe(
      'the baseline, version 3, cannot be compared with: no model is within 10 ms on T4 (the fastest takes 60 ms)',
    );
  });

  test('of latency without @ compares the worst hardware with the same hardware of the baseline', () => {
    const before = [model({ id: 'was', metrics: { map50: 69 }, latency: { T4: 100, ORIN: 13 } })];
    expect(only(judged({ rules: 'latency <= baseline', baseline: baselineRun(before) }))).toMatchObject({
      state: 'holds',
      value: 12,
      bound: 13,
      hardware: 'Orin',
    });
  });

  test('never compares with an unfinished model of the baseline run, nor with its stock models', () => {
    const before = [
      model({ id: 'stock', family: 'stock', metrics: { map50: 99 } }),
      model({ id: 'half', finished: false, metrics: { map50: 99 } }),
      model({ id: 'was', metrics: { map50: 60 } }),
    ];
    expect(only(judged({ rules: 'map50 >= baseline', baseline: baselineRun(before) }))).toMatchObject({
      state: 'holds',
      baseline: 60,
    });
  });
});
