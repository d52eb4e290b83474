import { describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';
import { type Part, several } from './several.ts';
import {
  failed,
  fineTuned,
  nano,
  nanoByClass,
  small,
  smallByClass,
  withClasses,
  yolo,
  yoloByClass,
} from './several-parts.ts';

type More = Parameters<typeof several>[1];

function reportOf(parts: readonly Part[], more?: More): string {
  return breakable(renderReport(...several(parts, more)));
}

/** The tables below the heading of the classes, row by row, the header first. */
function tablesOf(report: string): readonly (readonly (readonly string[])[])[] {
  const section = sectionsOf(report).find(({ heading }) => heading.startsWith('Classes'));
  return (section?.tables ?? []).map(({ children }) => children.map((row) => row.children.map(textOf)));
}

describe('the classes of several trainings', () => {
  test('stand side by side, the trainings best first and the weakest class of the best above', () => {
    const report = reportOf([nanoByClass, smallByClass, yoloByClass]);
    expect(tablesOf(report)).toEqual([
      [
        ['Class (mAP50, %)', 'rfdetr-small', 'rfdetr-nano', 'yolo26n', 'Objects'],
        ['gloves', '76.9', '72.2', '66.4', '187'],
        ['head', '85.2', '82.4', '78.0', '431'],
        ['person', '87.6', '85.1', '81.8', '988'],
        ['vest', '91.0', '89.0', '85.2', '612'],
        ['helmet', '93.3', '92.3', '90.1', '1,204'],
      ],
    ]);
    expect(report).toContain("\nOn validation, from Roboflow's evaluation.\n");
    expect(report.match(/Classes/g)).toHaveLength(1);
  });

  test('have the best figure of each row bold, those that are equal too, and none if all are', () => {
    const parts = [
      withClasses(small, { a: 10, b: 50, c: 70 }),
      withClasses(nano, { a: 20, b: 50, c: 70 }),
      withClasses(yolo, { a: 20, b: 50, c: 60 }),
    ];
    expect(reportOf(parts).match(/\*\*\d\d\.\d\*\*/g)).toEqual([
      ...['**64.9**', '**20.0**', '**20.0**', '**70.0**', '**70.0**'],
    ]);
  });

  test('have a dash where a training lacks one, and those that only others report below', () => {
    const parts = [withClasses(small, { a: 10, b: 50 }), withClasses(nano, { c: 1, a: 20 })];
    expect(tablesOf(reportOf(parts))[0]?.slice(1)).toEqual([
      ['a', '10.0', '20.0', '10'],
      ['b', '50.0', '–', '10'],
      ['c', '–', '1.0', '10'],
    ]);
  });

  test('leave out a training that reports none, or by another answer of Roboflow', () => {
    const other = withClasses(nano, { gloves: 99, head: 99 }, 'training-results');
    expect(tablesOf(reportOf([other, smallByClass, failed, yoloByClass]))[0]?.[0]).toEqual([
      ...['Class (mAP50, %)', 'rfdetr-small', 'yolo26n', 'Objects'],
    ]);
    expect(tablesOf(reportOf([nano, smallByClass, yoloByClass]))[0]?.[0]).not.toContain('rfdetr-nano');
  });

  test('are those of the best alone if no other reports them as it does, and none if it has but one', () => {
    const alone = reportOf([nano, smallByClass]);
    expect(alone).toContain('### Classes, weakest first');
    expect(alone).toContain("\n`rfdetr-small` on validation, from Roboflow's evaluation.");
    expect(reportOf([nano, small])).not.toContain('Classes');
    const one = { helmet: 90 };
    expect(reportOf([withClasses(nano, one), withClasses(small, one)])).not.toContain('Classes');
  });

  test('are marked where a training breaks a rule on them, by the metric of the first rule', () => {
    const report = reportOf([nanoByClass, smallByClass], {
      thresholds: 'each: recall[helmet] >= 88\nwarn: map50[*] >= 75',
    });
    expect(tablesOf(report).map(([header, first, ...rest]) => [header, first, rest.at(-1)])).toEqual([
      [
        ['Class (Recall, %)', 'rfdetr-small', 'rfdetr-nano', 'Objects'],
        ['gloves', '71.9', '67.2', '187'],
        ['helmet', '88.3', '❌ 87.3', '1,204'],
      ],
    ]);
    const warned = reportOf([nanoByClass, smallByClass], { thresholds: 'warn: map50[*] >= 75' });
    expect(tablesOf(warned)[0]?.[1]).toEqual(['gloves', '76.9', '⚠️ 72.2', '187']);
    expect(report).toMatch(/\| gloves +\| +\*\*71\.9\*\* \|/);
  });

  test('are eight in sight and four trainings wide, and say what is left out', () => {
    const names = Array.from({ length: 11 }, (_, at) => [`class ${at}`, 50 + at] as const);
    const parts = Array.from({ length: 20 }, (_, at) =>
      withClasses(fineTuned(`type-${at}`, [60 - at, 80, 80], 60), Object.fromEntries(names)),
    );
    const report = reportOf(parts);
    const [inSight, rest] = tablesOf(report);
    expect(inSight?.[0]).toEqual(['Class (mAP50, %)', 'type-0', 'type-1', 'type-2', 'type-3', 'Objects']);
    expect([inSight?.length, rest?.length]).toEqual([9, 4]);
    expect(report).toContain('<summary>3 more classes</summary>');
    expect(report).toContain(' Not shown: the last 16 of 20 trainings that report them.\n');
  });
});
