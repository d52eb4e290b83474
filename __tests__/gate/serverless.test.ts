import { describe, expect, test } from 'vitest';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { isAsked, serverlessNeed } from '../../src/gate/serverless.ts';
import { model, pastTraining, target } from '../build.ts';
import { linesIn, rows } from '../rows.ts';
import { judged } from './judged.ts';

const tune = (id: string, map: number, ms: number | undefined, device?: number) =>
  model({
    id,
    metrics: { 'map50-95': map, map50: map },
    latency: { ...(device && { T4: device }), ...(ms && { serverless: ms }) },
  });
const three = [tune('nano', 60, 31), tune('small', 65, 44), tune('medium', 70, 66)];
const running = { ...tune('late', 80, undefined), serverlessLack: { kind: 'running' } as const };

describe('a rule on Serverless', () => {
  test.each<readonly [rule: string, models: typeof three, state: string, value: number | undefined]>([
    ['latency@serverless <= 70 ms', three, 'holds', 66],
    ['latency@Serverless <= 60 ms', three, 'broken', 66],
    ['map50@serverless >= 70', three, 'holds', 70],
    ['latency <= 31 ms', [tune('nano', 60, 31)], 'holds', 31],
    ['latency <= 30 ms', [tune('nano', 60, 31)], 'broken', 31],
    ['latency <= 30 ms', [tune('nas', 60, 31, 4)], 'holds', 4],
    ['latency@serverless <= 30 ms', [tune('nas', 60, undefined, 4)], 'unknown', undefined],
    ['latency@T4 <= 30 ms', [tune('nano', 60, 4)], 'unknown', undefined],
    ['latency <= 30 ms', [running], 'unknown', undefined],
    ['latency@serverless <= 30 ms', [running], 'unknown', undefined],
  ])('%s', (rules, models, state, value) => {
    const [result] = judged({ models, rules }).rules;
    expect([result?.state, result?.value]).toEqual([state, value]);
  });

  test('compares with the same of the baseline', () => {
    const baseline = pastTraining([tune('old', 60, 40)]);
    const rules = 'latency <= baseline\nlatency@serverless <= baseline + 30';
    const { rules: results } = judged({ models: [three[2] ?? running], rules, baseline });
    expect(results.map(({ state, bound }) => [state, bound])).toEqual([
      ['broken', 40],
      ['holds', 70],
    ]);
  });
});

test('a lack of it is none of a device that the baseline was not measured on', () => {
  const baseline = pastTraining([running]);
  const [result] = judged({
    models: [tune('nas', 60, undefined, 4)],
    rules: 'latency <= baseline',
    baseline,
  }).rules;
  expect(result).toMatchObject({ why: { kind: 'baseline-not-reported' } });
});

describe('a pick for Serverless', () => {
  const picked = (given: Parameters<typeof judged>[0]) =>
    judged({ models: three, ...given }).picks.map((pick) =>
      pick.kind === 'pick' ? `${pick.hardware}: ${pick.model.id}` : pick.reason,
    );
  const within = (budgetMs: number) => ({
    targetsGiven: true,
    targets: [{ hardware: 'serverless', budgetMs }],
  });

  test('is the most accurate model within the budget', () => {
    expect(picked(within(60))).toEqual(['serverless: small']);
    expect(judged({ models: three, ...within(60) }).outcome).toBe('passed');
  });

  test('fails if none is that fast, unless one may be whose evaluation still runs', () => {
    expect(judged({ models: three, ...within(20) }).outcome).toBe('failed');
    expect(picked({ models: [...three, running], ...within(20) })).toEqual(['not-measured']);
    expect(judged({ models: [...three, running], ...within(20) }).outcome).toBe('undecided');
  });
});

// Rules | targets | whether the training measures some itself | name | rules on it | a target, needed, asked
test.each(
  rows(`
  map50 >= 80 | | no | serverless | 0 |
  map50 >= 80; latency@T4 <= 9 | T4 | no | serverless | 0 |
  latency <= 9 | | no | serverless | 1 | needed asked
  latency <= 9 | | yes | serverless | 0 |
  warn: latency <= 9 | | no | serverless | 1 | asked
  latency@Serverless <= 9; map50@serverless >= 9 | | yes | Serverless | 2 | needed asked
  warn: map50@SERVERLESS >= 9; map50 >= 9 | | yes | SERVERLESS | 1 | asked
  map50@serverless >= 9 | T4; Serverless | yes | Serverless | 1 | target needed asked
  | T4; serverless | yes | serverless | 0 | target needed asked
  | T4 | no | serverless | 0 |
  `),
)('what "%s" and the targets "%s" need of Serverless', (text, targets, own, name, count, expected) => {
  const names = targets === '' ? [] : targets.split('; ');
  const need = serverlessNeed(
    parseRules(linesIn(text)).rules,
    names.map((each) => target(each)),
    own === 'yes',
  );
  const said = [need.targets.length > 0 && 'target', need.isNeeded && 'needed', isAsked(need) && 'asked'];
  expect([need.name, need.rules.length, said.filter(Boolean).join(' ')]).toEqual([
    name,
    Number(count),
    expected,
  ]);
});
