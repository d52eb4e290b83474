import { describe, expect, test } from 'vitest';
import { neededMetrics } from '../../src/gate/measure.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { model, target } from '../build.ts';
import { judged, only, reasonOf, type Trial } from './judged.ts';

test('the metrics that rules need of the training itself are those of rules without hardware, class or split', () => {
  const { rules } = parseRules(
    'map50 >= 2\nwarn: recall >= 2\nf1@t4 >= 2\nlatency <= 2\nmiou[a] >= 2\nmap75@test >= 2',
  );
  expect(neededMetrics(rules)).toEqual(['map50', 'recall']);
});

describe('the model that a rule judges', () => {
  const small = model({ id: 'small', metrics: { map50: 60, 'map50-95': 40 }, latency: { T4: 2, Orin: 6 } });
  const large = model({ id: 'large', metrics: { map50: 90, 'map50-95': 70 }, latency: { T4: 20 } });
  const models = [small, large];

  const withBudget = { targets: [target('T4', 10)] };
  test.each<[name: string, rules: string, trial: Trial, modelId: string, value: number]>([
    ['is the headline without @', 'map50 >= 50', {}, 'large', 90],
    ['is the most accurate one measured on the hardware', 'map50@orin >= 50', {}, 'small', 60],
    ['keeps the budget for that hardware, however spelled', 'map50@t4 >= 50', withBudget, 'small', 60],
    ['is the recommended one', 'map50@T4 >= 50', { recommended: { t4: 'small' } }, 'small', 60],
    [
      'is the headline, whatever is recommended',
      'map50 >= 50',
      { recommended: { T4: 'small' } },
      'large',
      90,
    ],
  ])('%s: %s', (_, text, trial, modelId, value) => {
    expect(only(judged({ models, rules: text, ...trial }))).toMatchObject({ state: 'holds', modelId, value });
  });

  test('gives the headline and every pick to the verdict', () => {
    const verdict = judged({ models, targets: [target('t4', 10), target('L4')] });
    expect(verdict.headline?.id).toBe('large');
    expect(verdict.picks.map((each) => (each.kind === 'pick' ? each.model.id : each.reason))).toEqual([
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
  ])('without @ is judged on the hardware where it is worst: "$rule"', ({ rule, state, value, hardware }) => {
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

  test('without @ is unknown if that of one hardware cannot be read, and says how it came', () => {
    const half = model({
      metrics: { map50: 80 },
      latency: { T4: 5 },
      unreadable: [{ name: 'latency@AI1', raw: '"NaN"' }],
    });
    const verdict = judged({ rules: 'latency <= 10 ms', models: [half] });
    expect(verdict.outcome).toBe('undecided');
    expect(reasonOf(verdict)).toMatch(/^latency was not reported; came as "NaN"; reported: .*latency on T4$/);
    expect(judged({ rules: 'latency@T4 <= 10 ms', models: [half] }).outcome).toBe('passed');
  });

  test('of a recommended model that was not measured there is unknown', () => {
    const verdict = judged({ rules: 'latency@AI1 <= 10 ms', recommended: { AI1: 'nano' } });
    expect(reasonOf(verdict)).toBe(
      'latency on AI1 was not reported; reported: mAP50-95, mAP50, recall, latency on T4, latency on Orin',
    );
  });
});
