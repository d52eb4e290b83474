import { describe, expect, test } from 'vitest';
import {
  defaultTargets,
  type HardwareTarget,
  type ModelResults,
  pickFor,
  unjudgedTargets,
} from '../../src/gate/picks.ts';
import { model, modelResults, rule, target } from '../build.ts';
import { broken, large, medium, small, stock } from './judged.ts';

const nas = [small, stock, medium, broken, large];

describe('the pick for a hardware', () => {
  test.each<[name: string, target: HardwareTarget, expected: string, from?: ModelResults]>([
    [
      'without a budget is the most accurate model measured there',
      target('T4'),
      'large on T4, 12 ms: most-accurate',
    ],
    [
      'leaves out models that were not measured there',
      target('Orin'),
      'medium on Orin, 20 ms: most-accurate',
    ],
    ['has the hardware as the API spells it', target(' oRIN'), 'medium on Orin, 20 ms: most-accurate'],
    ['with a budget is the most accurate model within it', target('t4', 10), 'medium on T4, 5 ms: budget'],
    ['may need the budget to the last bit', target('T4', 5), 'medium on T4, 5 ms: budget'],
    [
      'with a budget does not follow a recommendation',
      target('T4', 10),
      'medium on T4, 5 ms: budget',
      modelResults(nas, { T4: 'small' }),
    ],
    [
      'without a budget follows the recommendation, be it the less accurate one',
      target('t4'),
      'small on T4, 2 ms: recommended',
      modelResults(nas, { T4: 'small', Orin: 'medium' }),
    ],
    [
      'may be recommended without having been measured there',
      target('ai1'),
      'small on AI1, undefined ms: recommended',
      modelResults(nas, { AI1: 'small' }),
    ],
    [
      'does not follow a recommendation to a stock model',
      target('T4'),
      'large on T4, 12 ms: most-accurate',
      modelResults(nas, { T4: 'stock' }),
    ],
    [
      'does not follow a recommendation to an unfinished model',
      target('T4'),
      'large on T4, 12 ms: most-accurate',
      modelResults(nas, { T4: 'broken' }),
    ],
    [
      'does not follow a recommendation to a model that is not there',
      target('T4'),
      'large on T4, 12 ms: most-accurate',
      modelResults(nas, { T4: 'gone' }),
    ],
    [
      'does not follow a recommendation for other hardware',
      target('T4'),
      'large on T4, 12 ms: most-accurate',
      modelResults(nas, { Orin: 'small' }),
    ],
    [
      'with the same accuracy is the one that is faster on that hardware, not elsewhere',
      target('T4'),
      'b on T4, 4 ms: most-accurate',
      modelResults([
        model({ id: 'a', metrics: { map50: 80 }, latency: { T4: 5, Orin: 1 } }),
        model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 4, Orin: 9 } }),
      ]),
    ],
  ])('%s', (_, wanted, expected, from = modelResults(nas)) => {
    const result = pickFor(wanted, from);
    const { model, hardware, latencyMs, source } =
      result.kind === 'pick' ? result.pick : { ...result, model: undefined, latencyMs: 0, source: '' };
    expect(`${model?.id} on ${hardware}, ${latencyMs} ms: ${source}`).toBe(expected);
  });

  test('is missing if no candidate was measured there, with what was measured', () => {
    const elsewhere = model({ id: 'x', family: 'stock', metrics: { map50: 1 }, latency: { L4: 1 } });
    expect(pickFor(target('L4'), modelResults([...nas, elsewhere]))).toEqual({
      kind: 'missing',
      hardware: 'L4',
      budgetMs: undefined,
      reason: 'not-measured',
      measured: ['T4', 'Orin'],
    });
  });

  test('is missing if no candidate keeps the budget, with the fastest candidate there', () => {
    expect(pickFor(target('t4', 1.5), modelResults(nas))).toMatchObject({
      kind: 'missing',
      budgetMs: 1.5,
      reason: 'over-budget',
      fastestMs: 2,
    });
  });

  test('is missing with a budget if nothing was measured there', () => {
    expect(pickFor(target('L4', 10), modelResults(nas))).toMatchObject({
      kind: 'missing',
      reason: 'not-measured',
    });
  });

  test('is missing if what was measured there has no accuracy to be picked by', () => {
    const bare = model({ id: 'bare', latency: { T4: 2 } });
    const why = { kind: 'missing', reason: 'no-metric' };
    expect(pickFor(target('T4', 10), modelResults([bare]))).toMatchObject(why);
    expect(pickFor(target('T4'), modelResults([bare]))).toMatchObject(why);
    const over = model({ id: 'over', metrics: { map50: 90 }, latency: { T4: 20 } });
    expect(
      pickFor(target('T4', 10), modelResults([bare, over])),
      'too slow is not all that is wrong',
    ).toMatchObject(why);
  });
});

describe('the targets if the workflow names none', () => {
  test.each<{ name: string; from: ModelResults; expected: readonly string[] }>([
    {
      name: 'are those that the API recommends for',
      from: modelResults(nas, { AI1: 'small' }),
      expected: ['AI1'],
    },
    {
      name: 'are else all that a candidate was measured on',
      from: modelResults(nas),
      expected: ['T4', 'Orin'],
    },
    {
      name: 'name a hardware once, however it is spelled',
      from: modelResults([small, model({ latency: { t4: 3, ORIN: 4, L4: 5 } })]),
      expected: ['T4', 'Orin', 'L4'],
    },
    { name: 'leave out what only a stock model was measured on', from: modelResults([stock]), expected: [] },
    { name: 'are none if nothing was measured', from: modelResults([model()]), expected: [] },
  ])('$name', ({ from, expected }) => {
    expect(defaultTargets(from)).toEqual(expected.map((hardware) => ({ hardware, budgetMs: undefined })));
  });
});

describe('the targets that no rule judges', () => {
  const t4 = target('T4', 5);
  const orin = target('Orin');
  test.each([
    { rules: ['map50 >= 80'], targets: [t4, orin], expected: ['T4', 'Orin'] },
    { rules: ['map50 >= 80', 'latency@t4 <= 5'], targets: [t4, orin], expected: ['Orin'] },
    { rules: ['warn: map50@T4 >= 80', 'each: map50@orin >= 80'], targets: [t4, orin], expected: [] },
    { rules: ['latency <= 5', 'map50@test >= 80'], targets: [t4], expected: ['T4'] },
    { rules: ['map50@L4 >= 80'], targets: [t4], expected: ['T4'] },
    { rules: ['map50@L4 >= 80'], targets: [], expected: [] },
    { rules: [], targets: [t4, orin], expected: [] },
  ])('of $rules are $expected', ({ rules, targets, expected }) => {
    expect(unjudgedTargets(rules.map(rule), targets)).toEqual(expected);
  });
});
