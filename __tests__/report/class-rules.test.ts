import { describe, expect, test } from 'vitest';
import type { EvaluationLack, ModelDetails, SplitFigures } from '../../src/gate/split-figures.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import { renderComment, renderReport } from '../../src/report/report.ts';
import { classFigures, model, rule, splitFigures } from '../build.ts';
import { rows } from '../rows.ts';
import { dryRun, facts, judged } from './cases.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

const classes = [
  classFigures('helmet', 60, { map50: 89, recall: 84.6 }),
  classFigures('gloves', 18, { map50: 72.2, recall: 67 }),
  classFigures('boots', 0, {}),
];
const valid = splitFigures('valid', { map50: 84.2 }, classes);
const evaluated: SplitFigures = { ...splitFigures('test', { map50: 82.7 }, []), source: 'evaluation' };
const lack: EvaluationLack = { kind: 'none' };

/** The recall on test, for this reason. */
function lacking(why: EvaluationLack | undefined): ModelDetails['lacking'] {
  return why === undefined ? [] : [{ metric: 'recall', split: 'test', by: 'split', isNeeded: true, why }];
}

function conclusionOf(thresholds: string, lacks?: EvaluationLack, figures = [valid, evaluated]) {
  const only = model({ id: 'a', metrics: { map50: 84.2 }, details: { figures, lacking: lacking(lacks) } });
  return judged({ models: [only], thresholds });
}

function reportOf(thresholds: string, lacks?: EvaluationLack, figures?: SplitFigures[]): string {
  return breakable(renderReport(conclusionOf(thresholds, lacks, figures), facts));
}

test.each(
  rows(`
  recall[helmet] >= 80 | ✅ Passed: recall of helmet 84.6 %, wanted 80 % or more | ✅ | 84.6 %
  recall[*] >= 70 | ❌ Failed: recall of gloves, the weakest class, 67.0 %, wanted 70 % or more | ❌ | 67.0 % | recall of every class: gloves is weakest, 3.0 points short; without objects, so left out: boots
  map50@test >= 82.71 | ❌ Failed: mAP50 on test 82.70 %, wanted 82.71 % or more | ❌ | 82.70 % | mAP50 on test: 0.01 points short
  recall[helmt] >= 80 | ⚠️ Not judged: there is no class helmt on validation | ⚠️ | none | recall of helmt cannot be judged; classes: helmet, gloves, boots
  recall[zebra] >= 80 | ⚠️ Not judged: there is no class zebra on validation | ⚠️ | none | recall of zebra cannot be judged; classes: helmet, gloves, boots
  recall[boots] >= 80 | ⚠️ Not judged: there are no objects of boots on validation | ⚠️ | none | recall of boots cannot be judged; there are no objects of boots on validation
  f1[helmet] >= 80 | ⚠️ Not judged: F1 of helmet was not reported | ⚠️ | none | F1 of helmet cannot be judged; reported on validation: mAP50, recall
  f1[helmet]@test >= 80 | ⚠️ Not judged: F1 of helmet on test was not reported | ⚠️ | none | F1 of helmet on test cannot be judged; nothing like it was reported on test
  recall@test >= 80 | ⚠️ Not judged: recall on test was not reported | ⚠️ | none | recall on test cannot be judged; reported on test: mAP50; Roboflow has made no evaluation of this model
  `),
)('%s says %s', (thresholds, heading, icon, value, ...remarks) => {
  const report = reportOf(thresholds, thresholds === 'recall@test >= 80' ? lack : undefined);
  expect(report.split('\n')[0]).toBe(`## ${heading}`);
  const { tables = [], items } = sectionsOf(report).find((each) => each.heading === 'Rules') ?? {};
  expect(tables[0]?.children[1]?.children.map(textOf)).toEqual([icon, thresholds, value]);
  expect(items).toEqual(remarks);
});

describe('below the rules stands', () => {
  const open = 'A rule on classes that names no split is judged on validation.';
  const fromEvaluation = "Figures of splits and classes are from Roboflow's evaluation.";
  test.each<readonly [string, string]>([
    ['recall[helmet] >= 80', open],
    ['map50@test >= 80', fromEvaluation],
    ['recall[helmet] >= 80\nmap50@test >= 80', `${open} ${fromEvaluation}`],
    ['map50@valid >= 80', "Figures of splits and classes are from the version's training results."],
  ])('which figures they were judged on: %s', (thresholds, line) => {
    expect(reportOf(thresholds)).toContain(` |\n\n${line}\n\n`);
  });

  test('no line if the rules say it all', () => {
    expect(reportOf('map50 >= 80\nf1@test >= 80')).not.toMatch(/judged on|Figures of/);
  });

  test('the source also if there is no table of the classes that says it', () => {
    const single = splitFigures('valid', {}, classes.slice(0, 1));
    expect(reportOf('recall[helmet] >= 80', undefined, [single])).toContain(
      `\n${open} Figures of splits and classes are from the version's training results.\n`,
    );
  });
});

describe('a figure that a lack keeps away', () => {
  const cure =
    'Evaluations need a paid plan, and the models of a search seldom have one; start one on Roboflow';
  const sentence =
    'recall on test was not reported; reported on test: mAP50; Roboflow has made no evaluation of this model';

  test('brings what helps as the next step, then the way to judge again', () => {
    expect(reportOf('recall@test >= 80', lack)).toContain(
      '\n👉 Evaluations need a paid plan, and the models of a search seldom have one; start one on Roboflow. **Then judge this training again** with `job-id: job_1`: that starts no new one.\n',
    );
    const [error, ...others] = annotationsOf(conclusionOf('recall@test >= 80', lack), facts, true);
    expect(others).toEqual([]);
    expect(error?.text).toBe(
      `recall@test >= 80: ${sentence}. ${cure}. Then judge this training again with job-id: job_1: that starts no new one. ${facts.url}`,
    );
  });

  test('says what helps in the warning of a rule that only warns', () => {
    const [warning] = annotationsOf(conclusionOf('warn: recall@test >= 80', lack), facts, true);
    expect(warning?.text).toBe(`recall@test >= 80: ${sentence}. ${cure}`);
  });

  test('says it without markup from outside', () => {
    const error = new Error('<b>|@everyone [x](http://evil.example)');
    const hostile = { kind: 'unread', obstacle: 'other', error } as const;
    const report = reportOf('recall@test >= 80', hostile);
    expect(report).not.toMatch(/<b>|@everyone|\]\(http:\/\/evil/);
  });
});

test('the comment shows the rules and no other figures of classes', () => {
  const comment = renderComment(conclusionOf('recall[helmet] >= 90'), facts, {
    runUrl: undefined,
    sha: undefined,
  });
  expect(comment).toContain('recall[helmet]');
  expect(comment).not.toMatch(/gloves|Classes|judged on validation/);
});

test('a dry run says on which split a rule on classes would be judged, unless the rule does', () => {
  const rules = ['recall[helmet] >= 90', 'recall[helmet]@test >= 90'].map((text) => ({
    rule: rule(text),
    bound: 90,
  }));
  const report = renderReport(dryRun({ rules }), undefined);
  expect(breakable(report)).toContain(
    'To be judged: recall of helmet on validation ≥ 90 %, recall of helmet on test ≥ 90 %.',
  );
});

test.each([
  [undefined, "the test split's own best confidence and the validation split's own best confidence"],
  [0.4, 'a confidence of 0.4'],
])('it is said at which confidence each figure was measured: %s', (confidence, where) => {
  const on = (split: 'valid' | 'test') => ({
    ...splitFigures(split, { recall: 80 }, []),
    source: 'evaluation' as const,
    confidence,
  });
  const report = reportOf('recall@test >= 70\nrecall@valid >= 70', undefined, [on('valid'), on('test')]);
  expect(report).toContain(`Precision, recall and F1 by the evaluation are at ${where}.`);
});
