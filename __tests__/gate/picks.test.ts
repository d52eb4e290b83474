import { describe, expect, test } from 'vitest';
import { defaultTargets, type ModelResults, pickFor, unjudgedTargets } from '../../src/gate/picks.ts';
import { model, modelResults, rule, target } from '../build.ts';
import { rows } from '../rows.ts';
import { broken, large, medium, small, stock } from './judged.ts';

const nas = [small, stock, medium, broken, large];

describe('the pick for a hardware', () => {
  const twins = [
    model({ id: 'a', metrics: { map50: 80 }, latency: { T4: 5, Orin: 1 } }),
    model({ id: 'b', metrics: { map50: 80 }, latency: { T4: 4, Orin: 9 } }),
  ];
  // Name | hardware, with its budget | what Roboflow recommends | the pick
  test.each(
    rows(`
    without a budget is the most accurate model measured there | T4 | | large on T4, 12 ms: most-accurate
    leaves out models that were not measured there | Orin | | medium on Orin, 20 ms: most-accurate
    has the hardware as the API spells it | oRIN | | medium on Orin, 20 ms: most-accurate
    with a budget is the most accurate model within it | t4 <= 10 | | medium on T4, 5 ms: budget
    may need the budget to the last bit | T4 <= 5 | | medium on T4, 5 ms: budget
    with a budget does not follow a recommendation | T4 <= 10 | T4: small | medium on T4, 5 ms: budget
    without a budget follows the recommendation, be it the less accurate one | t4 | T4: small; Orin: medium | small on T4, 2 ms: recommended
    may be recommended without having been measured there | ai1 | AI1: small | small on AI1, undefined ms: recommended
    does not follow a recommendation to a stock model | T4 | T4: stock | large on T4, 12 ms: most-accurate
    does not follow a recommendation to an unfinished model | T4 | T4: broken | large on T4, 12 ms: most-accurate
    does not follow a recommendation to a model that is not there | T4 | T4: gone | large on T4, 12 ms: most-accurate
    does not follow a recommendation for other hardware | T4 | Orin: small | large on T4, 12 ms: most-accurate
    with the same accuracy is the one that is faster on that hardware, not elsewhere | T4 | twins | b on T4, 4 ms: most-accurate
    `),
  )('%s', (_, wanted, recommended, expected) => {
    const [name = '', budget] = wanted.split(' <= ');
    const told = Object.fromEntries(recommended.split('; ').map((pair) => pair.split(': ')));
    const from = recommended === 'twins' ? modelResults(twins) : modelResults(nas, recommended ? told : {});
    const result = pickFor(target(name, budget === undefined ? undefined : Number(budget)), from);
    const { model, hardware, latencyMs, source } =
      result.kind === 'pick' ? result : { ...result, model: undefined, latencyMs: 0, source: '' };
    expect(`${model?.id} on ${hardware}, ${latencyMs} ms: ${source}`).toBe(expected);
  });

  test('does not mind blanks around a name', () => {
    expect(pickFor(target(' oRIN'), modelResults(nas))).toMatchObject({ hardware: 'Orin' });
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
  const spelled = modelResults([small, model({ latency: { t4: 3, ORIN: 4, L4: 5 } })]);
  test.each<[name: string, from: ModelResults, expected: readonly string[]]>([
    ['are those that the API recommends for', modelResults(nas, { AI1: 'small' }), ['AI1']],
    ['are else all that a candidate was measured on', modelResults(nas), ['T4', 'Orin']],
    ['name a hardware once, however it is spelled', spelled, ['T4', 'Orin', 'L4']],
    ['leave out what only a stock model was measured on', modelResults([stock]), []],
    ['are none if nothing was measured', modelResults([model()]), []],
  ])('%s', (_, from, expected) => {
    expect(defaultTargets(from, [])).toEqual(expected.map((hardware) => ({ hardware, budgetMs: undefined })));
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
