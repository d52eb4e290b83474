import { describe, expect, test } from 'vitest';
import type { SplitFigures } from '../../src/gate/split-figures.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import type { Confusion, EvaluationFindings } from '../../src/report/evaluation-findings.ts';
import { renderReport } from '../../src/report/report.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { classFigures, model, pastTraining, splitFigures } from '../build.ts';
import { facts, judged } from './cases.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

const onValidation: TrainingFacts = { ...facts, split: 'validation' };
const metrics = { 'map50-95': 61.7, map50: 84.2, recall: 79.6 };

function reportOf(conclusion: Judged, run: TrainingFacts = facts): string {
  return breakable(renderReport(conclusion, run));
}

function confused(...pairs: readonly Confusion[]): string {
  const evaluation: EvaluationFindings = {
    confidence: undefined,
    confusions: { split: 'test', threshold: 0.41, pairs },
  };
  return reportOf({ ...judged(), evaluation });
}

describe('the most frequent mistakes', () => {
  const missed = (actual: string, times: number) => ({ actual, predicted: undefined, times, objects: 380 });

  test('say in words what was missed, taken for another, and seen where nothing is', () => {
    const report = confused(
      { actual: 'person', predicted: 'helmet', times: 14, objects: 1_494 },
      missed('helmet', 41),
      { actual: undefined, predicted: 'helmet', times: 33, objects: undefined },
    );
    expect(report).toContain(
      [
        '### Most frequent mistakes\n',
        'On the test split, at a confidence of 0.41:\n',
        '- `helmet` missed: 10.8 % (41 of 380)',
        '- `person` taken for `helmet`: 0.9 % (14 of 1,494)',
        '- `helmet` seen where nothing is: 33 times\n',
      ].join('\n'),
    );
  });

  test('are in the order of their part of the class, of which more say nothing', () => {
    const rare = (actual: string, times: number, objects: number) => ({ ...missed(actual, times), objects });
    const report = confused(rare('common', 90, 9_000), rare('rare', 3, 6), rare('empty', 3, 0));
    expect(report.match(/(?<=^- `)\w+(?=` missed)/gmu)).toEqual(['rare', 'common', 'empty']);
  });

  test('are the five largest, from three cases on', () => {
    const report = confused(...[2, 3, 9, 4, 5, 6, 7].map((times) => missed(`class ${times}`, times)));
    expect(report.match(/(?<=^- `class )\d/gmu)).toEqual(['9', '7', '6', '5', '4']);
    expect(confused(missed('a', 2), missed('b', 3)).match(/(?<=^- `)\w/gmu)).toEqual(['b']);
  });

  test('have no heading if all of them are rare', () => {
    expect(confused(missed('a', 2))).not.toContain('mistakes');
    expect(confused()).not.toContain('mistakes');
  });
});

describe('the best confidence', () => {
  test.each<readonly [EvaluationFindings['confidence'], string]>([
    [{ threshold: 0.41, f1: 83.14, split: 'valid' }, '**0.41** (F1 83.1 % on validation)'],
    [{ threshold: 0.405, f1: undefined, split: 'test' }, '**0.405** (by F1 on test)'],
  ])('of %j', (confidence, words) => {
    const report = reportOf({ ...judged(), evaluation: { confidence, confusions: undefined } });
    expect(report).toContain(`\n\nBest confidence threshold: ${words}\n`);
  });
});

describe('beside its figures of the test split a model', () => {
  const onTest = splitFigures('test', { 'map50-95': 59.9, map50: 82.7, f1: 80 }, []);
  const withTest = model({ metrics, details: { figures: [onTest], lacking: [] } });
  const previous = pastTraining([model({ metrics: { map50: 81.4 } })]);
  const tableOf = (report: string, heading: string) =>
    (sectionsOf(report).find((each) => each.heading === heading)?.tables[0]?.children ?? []).map((row) =>
      row.children.map(textOf),
    );

  test('stands with its figures of validation, and the version before', () => {
    const report = reportOf({ ...judged({ models: [withTest] }), previous }, onValidation);
    expect(tableOf(report, 'Validation and test')).toEqual([
      ['Split', 'mAP50-95, %', 'mAP50, %'],
      ['Validation', '61.7', '84.2'],
      ['Test', '59.9', '82.7'],
      ['Version 6, validation', '–', '81.4'],
    ]);
  });

  test('stands also without a version before', () => {
    const alone = judged({ models: [withTest] });
    expect(tableOf(reportOf(alone, onValidation), 'Validation and test')).toHaveLength(3);
    const names = tableOf(reportOf(alone), 'In comparison').map(([name]) => name);
    expect(names).toEqual(['Split', 'Version 7', 'Test']);
  });

  test('stands by figures that can be told from the bounds of their rules', () => {
    const report = reportOf(judged({ models: [withTest], thresholds: 'map50@test >= 82.71' }), onValidation);
    expect(tableOf(report, 'Validation and test')[2]).toEqual(['Test', '59.9', '82.70']);
  });

  const only = (figures: SplitFigures) => model({ metrics, details: { figures: [figures], lacking: [] } });
  const ofClasses = splitFigures('test', {}, [classFigures('a', 1, { map50: 2 })]);
  test.each([
    ['those are its own', withTest, { ...facts, split: 'test' } as const],
    ['only classes have some', only(ofClasses), onValidation],
    ['they are other metrics', only(splitFigures('test', { f1: 3 }, [])), onValidation],
  ])('does not stand if %s', (_, shown, run) => {
    expect(reportOf(judged({ models: [shown] }), run)).not.toContain('### ');
  });
});
