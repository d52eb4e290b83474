import { describe, expect, test } from 'vitest';
import { model, target } from '../build.ts';
import { baselineOf, judged, only, reasonOf } from './judged.ts';

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

test('a model that equals its baseline holds up to its last digit', () => {
  const equal = model({ metrics: { map50: 61.0395950005 } });
  const given = { rules: 'map50 >= baseline', models: [equal], baseline: baselineOf([equal]) };
  expect(only(judged(given)).state).toBe('holds');
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
  ])('"$rule" $state', ({ rule, baseline: value, ...expected }) => {
    expect(only(judged({ rules: rule, baseline: baselineOf([old]) }))).toMatchObject({
      ...expected,
      baseline: { value },
    });
  });

  test.each([80.12345678951, 80.1234567891234, 73.456789123456, 1 / 3, 100 / 3])(
    'takes a run that is just as good as the baseline for neither better nor worse, at %d',
    (value) => {
      const same = [model({ metrics: { map50: value } })];
      const states = ['>=', '<=', '>', '<'].map(
        (sign) =>
          only(judged({ rules: `map50 ${sign} baseline`, models: same, baseline: baselineOf(same) })).state,
      );
      expect(states).toEqual(['holds', 'holds', 'broken', 'broken']);
    },
  );

  test('does not stumble over what binary fractions do to an offset', () => {
    const before = [model({ metrics: { map50: 80.3 } })];
    const now = [model({ metrics: { map50: 80.2 } })];
    expect(
      only(judged({ rules: 'map50 >= baseline - 0.1', models: now, baseline: baselineOf(before) })),
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
      baseline: baselineOf(before),
    });
    expect(only(result)).toMatchObject({
      state: 'holds',
      modelId: 'now-small',
      value: 70,
      baseline: { value: 69 },
    });
  });

  test('is unknown if no model of the baseline keeps the budget', () => {
    const verdict = judged({
      rules: 'map50@T4 >= baseline',
      targets: [target('T4', 10)],
      baseline: baselineOf([model({ id: 'was', metrics: { map50: 69 }, latency: { T4: 60 } })]),
    });
    expect(verdict.outcome).toBe('undecided');
    expect(reasonOf(verdict)).toBe(
      'version 3 cannot be compared with: no model is within 10 ms on T4; the fastest takes 60 ms',
    );
  });

  test('of latency without @ compares the worst hardware with the same hardware of the baseline', () => {
    const before = [model({ id: 'was', metrics: { map50: 69 }, latency: { T4: 100, ORIN: 13 } })];
    expect(only(judged({ rules: 'latency <= baseline', baseline: baselineOf(before) }))).toMatchObject({
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
    expect(only(judged({ rules: 'map50 >= baseline', baseline: baselineOf(before) }))).toMatchObject({
      state: 'holds',
      baseline: { value: 60 },
    });
  });
});
