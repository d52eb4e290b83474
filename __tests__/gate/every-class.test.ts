import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/gate/model.ts';
import { type RuleResult, standsForAll } from '../../src/gate/rule-result.ts';
import type { FigureSource } from '../../src/gate/split-figures.ts';
import { classFigures, model, pastTraining, splitFigures } from '../build.ts';
import { judged, only, type Trial } from './judged.ts';

type Recalls = Readonly<Record<string, number | undefined>>;

/** A model with the recall of classes in this order; undefined: the split has no object of it. */
function withClasses(recalls: Recalls, source: FigureSource = 'training-results'): Model {
  const classes = Object.entries(recalls).map(([name, recall]) =>
    recall === undefined ? classFigures(name, 0, {}) : classFigures(name, 9, { recall }),
  );
  const figures = [{ ...splitFigures('valid', {}, classes), source }];
  return model({ id: 'now', metrics: { map50: 80 }, details: { figures, lacking: [] } });
}

function resultOf(text: string, now: Recalls, before?: Recalls, trial: Trial = {}): RuleResult {
  const baseline = before === undefined ? {} : { baseline: pastTraining([withClasses(before)]) };
  return only(judged({ rules: text, models: [withClasses(now)], ...baseline, ...trial }));
}

const now = { vest: 70, helmet: 90, boots: undefined, gloves: 50 };

describe('a rule on every class is one on each, and the one with the least margin stands for all', () => {
  test.each<[text: string, state: string, className: string, margin: number]>([
    ['recall[*] >= 40', 'holds', 'gloves', 10],
    ['recall[*] >= 50', 'holds', 'gloves', 0],
    ['recall[*] > 50', 'broken', 'gloves', 0],
    ['recall[*] >= 80', 'broken', 'gloves', -30],
    ['recall[*] <= 95', 'holds', 'helmet', 5],
    ['recall[*] <= 90', 'holds', 'helmet', 0],
    ['recall[*] < 90', 'broken', 'helmet', 0],
    ['recall[*] <= 60', 'broken', 'helmet', -30],
  ])('%s: %s by %s', (text, state, className, margin) => {
    expect(resultOf(text, now)).toMatchObject({
      state,
      margin,
      origin: { className, leftOut: ['boots'] },
      classes: [{ value: 70 }, { value: 90 }, { value: 50 }],
    });
  });

  test.each<
    [
      text: string,
      before: Recalls,
      expected: readonly [state: string, className: string, bound: number, margin: number],
    ]
  >([
    // The weakest class is better than before, and another is far worse.
    ['recall[*] >= baseline - 1', { gloves: 40, helmet: 99, vest: 70 }, ['broken', 'helmet', 98, -8]],
    ['recall[*] >= baseline - 1', { helmet: 90.5, vest: 60, gloves: 50.5 }, ['holds', 'helmet', 89.5, 0.5]],
    ['recall[*] <= baseline + 1', { helmet: 95, vest: 60, gloves: 60 }, ['broken', 'vest', 61, -9]],
    ['recall[*] > baseline', { vest: 70, helmet: 20, gloves: 49 }, ['broken', 'vest', 70, 0]],
    // One that is gone, and one that was not there then, are no figures of the others.
    [
      'recall[*] >= baseline',
      { hat: 99, Vest: 69, HELMET: 80, gloves: 49.5 },
      ['holds', 'gloves', 49.5, 0.5],
    ],
  ])('%s against %s', (text, before, [state, className, bound, margin]) => {
    expect(resultOf(text, now, before)).toMatchObject({ state, bound, margin, origin: { className } });
  });

  test('in whatever order the classes come', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 5 });
    const texts = fc.constantFrom('recall[*] >= baseline - 3', 'recall[*] < baseline + 3', 'recall[*] >= 50');
    fc.assert(
      fc.property(
        values,
        values,
        fc.shuffledSubarray(names, { minLength: 5 }),
        texts,
        (one, two, order, text) => {
          const recalls = (of: readonly number[], names_ = names): Recalls =>
            Object.fromEntries(names_.map((name) => [name, (of[names.indexOf(name)] ?? 0) / 10]));
          const each = names.map((name) =>
            resultOf(text.replace('*', name), recalls(one), recalls(two, order)),
          );
          const all = resultOf(text, recalls(one), recalls(two, order));
          const margins = each.map((result) => (result.state === 'unknown' ? Number.NaN : result.margin));
          expect(all).toMatchObject({ margin: Math.min(...margins) });
          expect(all.state).toBe(each.every(({ state }) => state === 'holds') ? 'holds' : 'broken');
        },
      ),
    );
  });
});

test('any other rule has no results of classes', () => {
  expect(resultOf('recall[vest] >= 40', now).classes).toBeUndefined();
  expect(resultOf('map50 >= 40', now).classes).toBeUndefined();
});

describe('a class without a figure of the baseline', () => {
  const before = { vest: 71, helmet: 80 };

  test('leaves the rule open, since the others are not all', () => {
    expect(resultOf('recall[*] >= baseline - 2', now, before)).toMatchObject({
      state: 'unknown',
      isSkipped: false,
      origin: { className: 'gloves' },
      why: { kind: 'baseline-not-reported', version: 6, why: { why: { kind: 'no-class', name: 'gloves' } } },
    });
  });

  test.each([
    ['recall[*] >= baseline - 2', 'holds'],
    ['recall[*] >= baseline', 'broken'],
  ])('is left to the others if the workflow skips what is missing: %s %s', (text, state) => {
    const result = resultOf(text, now, before, { onMissingBaseline: 'skip' });
    expect(result).toMatchObject({ state, origin: { className: 'vest' } });
    expect(result.classes?.map((each) => each.state)).toEqual([state, 'holds', 'unknown']);
  });

  test('skips the rule if none has one', () => {
    const trial = { onMissingBaseline: 'skip' } as const;
    expect(resultOf('recall[*] >= baseline', now, { hat: 80, boots: undefined }, trial)).toMatchObject({
      state: 'unknown',
      isSkipped: true,
    });
  });

  test.each(['fail', 'skip'] as const)('from another source is not comparable (%s)', (onMissingBaseline) => {
    const baseline = pastTraining([withClasses({ vest: 1, helmet: 1, gloves: 1 }, 'evaluation')]);
    const trial = { rules: 'recall[*] >= baseline', models: [withClasses(now)], baseline, onMissingBaseline };
    expect(judged(trial)).toMatchObject({
      outcome: 'undecided',
      rules: [{ state: 'unknown', isSkipped: false, why: { kind: 'baseline-not-comparable' } }],
    });
  });
});

describe('of several results of one rule', () => {
  const at = (value: number): RuleResult => resultOf('recall[*] >= 50', { only: value });
  const missing = { rules: 'map50 >= baseline', baseline: { kind: 'missing', reason: 'none' } } as const;
  const skipped = only(judged({ ...missing, onMissingBaseline: 'skip' }));
  const open = only(judged(missing));

  test.each<[name: string, results: readonly RuleResult[], index: number]>([
    ['the only one', [at(60)], 0],
    ['the one with the least margin', [at(60), at(55), at(70)], 1],
    ['the one that breaks it most', [at(40), at(60), at(30)], 2],
    ['the first of equals', [at(60), at(55), at(55)], 1],
    ['the first that cannot be judged', [at(10), open, { ...open }], 1],
    ['one that is judged before one that is skipped', [skipped, at(10)], 1],
    ['one that cannot be judged before one that is skipped', [skipped, open], 1],
    ['the first, if all are skipped', [skipped, { ...skipped }], 0],
  ])('%s stands for all', (_, results, index) => {
    expect(standsForAll(results)).toBe(results[index]);
  });
});
