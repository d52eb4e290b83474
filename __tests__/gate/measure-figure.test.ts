import { describe, expect, test } from 'vitest';
import type { ModelDetails, SplitFigures } from '../../src/gate/split-figures.ts';
import { classFigures, model, modelResults, pastTraining, splitFigures } from '../build.ts';
import { judged, noBaseline } from './judged.ts';

const classes = [
  classFigures('helmet', 900, { recall: 87.9, map50: 92.3 }),
  classFigures('person', 1200, { recall: 81.2, map50: 85.1 }),
  classFigures('cone', 0, {}),
];
const valid = splitFigures('valid', { map50: 84.2, recall: 79.6 }, classes);
const test_ = splitFigures('test', { map50: 82.4 }, [classFigures('helmet', 90, { recall: 85 })]);
const evaluation: SplitFigures = {
  ...splitFigures('test', { map75: 68.2, f1: 80 }, []),
  source: 'evaluation',
};

function resultOf(rule: string, details: ModelDetails | undefined, baseline?: ModelDetails) {
  const results = (own: ModelDetails | undefined) =>
    modelResults([model({ metrics: { map50: 84.2 }, details: own })]);
  const past = baseline === undefined ? noBaseline : pastTraining(results(baseline).models);
  return judged({ rules: rule, models: results(details).models, baseline: past }).rules[0];
}

const details: ModelDetails = { figures: [valid, test_, evaluation], lacking: [] };

describe('a rule on a class or a split', () => {
  test.each<{ rule: string; value: number; origin: object }>([
    { rule: 'recall[helmet] >= 80', value: 87.9, origin: { split: 'valid', className: 'helmet' } },
    { rule: 'recall[HELMET] >= 80', value: 87.9, origin: { split: 'valid', className: 'helmet' } },
    { rule: 'recall[helmet]@test >= 80', value: 85, origin: { split: 'test', className: 'helmet' } },
    { rule: 'map50@test >= 80', value: 82.4, origin: { split: 'test', className: undefined } },
    { rule: 'map50@valid >= 80', value: 84.2, origin: { split: 'valid', source: 'training-results' } },
    { rule: 'map75@test >= 60', value: 68.2, origin: { split: 'test', source: 'evaluation' } },
    { rule: 'recall[*] >= 80', value: 81.2, origin: { className: 'person', leftOut: ['cone'] } },
  ])('is judged by that figure: $rule', ({ rule, value, origin }) => {
    expect(resultOf(rule, details)).toMatchObject({ state: 'holds', value, origin });
  });

  const only = (...figures: readonly SplitFigures[]): ModelDetails => ({ figures, lacking: [] });
  /** Beside those of validation, what an evaluation has of this class. */
  const evaluated = (name: string) =>
    only(valid, { ...valid, source: 'evaluation', classes: [classFigures(name, 9, { map75: 1 })] });
  // The one without a value may be the worst.
  const halfKnown = splitFigures('valid', {}, [...classes, classFigures('vest', 3, { map50: 90 })]);
  const ofOthers = (
    [
      ['recall', 'test', 'class', 'running'],
      ['f1', 'valid', 'class', 'running'],
      ['recall', 'valid', 'split', 'running'],
      ['recall', 'valid', 'class', 'none'],
    ] as const
  ).map(([metric, split, by, kind]) => ({ metric, split, by, isNeeded: true, why: { kind } }));

  test.each<[rule: string, why: object, given?: ModelDetails]>([
    ['recall[vest] >= 80', { kind: 'no-class', name: 'vest', classes: ['helmet', 'person', 'cone'] }],
    ['recall[cone] >= 80', { kind: 'no-objects', name: 'cone', split: 'valid' }],
    [
      'recall[helmet] >= 80',
      { kind: 'not-there', split: 'valid', reported: [] },
      only(splitFigures('valid', { recall: 79 }, [])),
    ],
    ['f1[helmet] >= 80', { kind: 'not-there', reported: ['map50', 'recall', 'map75'] }, evaluated('helmet')],
    ['f1[vest] >= 80', { kind: 'no-class', name: 'vest' }, evaluated('vest')],
    ['f1[helmet] >= 80', { kind: 'not-there', reported: ['map50', 'recall'] }],
    ['f1[*] >= 80', { kind: 'not-there', split: 'valid' }],
    ['f1@valid >= 80', { kind: 'not-there', reported: ['map50', 'recall'] }],
    [
      'recall[*] >= 80',
      { kind: 'no-objects', name: undefined },
      only(splitFigures('valid', {}, [classFigures('cone', 0, {})])),
    ],
    ['recall[*] >= 80', { kind: 'not-there' }, only(halfKnown)],
    [
      'recall[helmet] >= 80',
      { kind: 'not-there', reported: [], lack: { kind: 'none' } },
      { figures: [], lacking: ofOthers },
    ],
  ])('is not judged without one: %s: %o', (rule, why, given = details) => {
    expect(resultOf(rule, given)).toMatchObject({ state: 'unknown', why: { kind: 'no-figure', why } });
  });

  test('is judged by the first source that has the figure, and by it alone', () => {
    const late = { ...valid, source: 'evaluation' as const };
    const early = { ...valid, classes: classes.slice(1) };
    const found = resultOf('recall[helmet] >= 80', { figures: [early, late], lacking: [] });
    expect(found).toMatchObject({ state: 'holds', value: 87.9 });
    expect(found?.state !== 'unknown' && found?.origin).toEqual({
      ...{ split: 'valid', source: 'evaluation', className: 'helmet', leftOut: [] },
    });
  });

  test('is not judged if nothing was read', () => {
    const found = resultOf('recall[helmet] >= 80', undefined);
    expect([found?.state, found?.value]).toEqual(['unknown', undefined]);
  });

  test('is compared with the baseline from the same source and split', () => {
    const before = {
      figures: [splitFigures('valid', {}, [classFigures('helmet', 9, { recall: 88.7 })])],
      lacking: [],
    };
    expect(resultOf('recall[helmet] >= baseline - 1', details, before)).toMatchObject({
      state: 'holds',
      bound: 87.7,
      baseline: { value: 88.7 },
    });
    const other = {
      ...before,
      figures: before.figures.map((each) => ({ ...each, source: 'evaluation' as const })),
    };
    expect(resultOf('recall[helmet] >= baseline - 1', details, other)).toMatchObject({
      state: 'unknown',
      why: { kind: 'baseline-not-comparable' },
    });
  });
});
