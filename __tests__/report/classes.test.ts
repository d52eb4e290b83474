import { describe, expect, test } from 'vitest';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import type { ClassFigures, SplitFigures } from '../../src/gate/split-figures.ts';
import { renderReport } from '../../src/report/report.ts';
import { classFigures, model, pastTraining, splitFigures } from '../build.ts';
import { facts, judged } from './cases.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

const four = [
  classFigures('vest', 60, { map50: 89, recall: 84.6 }),
  classFigures('gloves', 18, { map50: 72.2, recall: 91 }),
  classFigures('boots', 0, {}),
  classFigures('head', 43, { map50: 82.4, recall: 69.96 }),
];
const onValidation = splitFigures('valid', {}, four);
const evaluated: SplitFigures = {
  ...splitFigures('test', {}, [
    classFigures('vest', 9, { map50: 50, recall: 60 }),
    classFigures('head', 8, { map50: 40, recall: 70 }),
  ]),
  source: 'evaluation',
};

function having(...figures: readonly SplitFigures[]): Model {
  return model({ metrics: { map50: 84.2 }, details: { figures, lacking: [] } });
}

function reportOf(thresholds: string, models: readonly Model[] = [having(onValidation, evaluated)]): string {
  return breakable(renderReport(judged({ models, thresholds }), facts));
}

/** The rows of the tables below the heading that begins with `Classes`. */
function rowsOf(report: string): readonly (readonly string[])[] {
  const section = sectionsOf(report).find(({ heading }) => heading.startsWith('Classes'));
  return (section?.tables ?? []).flatMap(({ children }) => children.map((row) => row.children.map(textOf)));
}

describe('the classes', () => {
  test('are in the order of the metric of the first broken rule on classes, weakest first', () => {
    expect(rowsOf(reportOf('map50[vest] >= 80\nrecall[*] >= 70\nmap50[gloves] >= 80'))).toEqual([
      ['Class', 'Recall, %', 'mAP50, %', 'Objects'],
      // One decimal would make it equal to its bound.
      ['head', '❌ 69.96', '82.4', '43'],
      ['vest', '84.6', '89.0', '60'],
      ['gloves', '91.0', '❌ 72.2', '18'],
    ]);
  });

  test('are on the split of that rule, which the heading says of the test split', () => {
    const report = reportOf('map50[vest] >= 80\nrecall[vest]@test >= 90');
    expect(report).toContain('### Classes on test, weakest first\n');
    expect(report).toContain("\nOn test, from Roboflow's evaluation.\n");
    expect(rowsOf(report).slice(1)).toEqual([
      ['vest', '❌ 60.0', '50.0', '9'],
      ['head', '70.0', '40.0', '8'],
    ]);
  });

  test('bear a mark of their own for a rule that only warns', () => {
    expect(rowsOf(reportOf('warn: map50[gloves] >= 80'))[1]).toEqual(['gloves', '⚠️ 72.2', '91.0', '18']);
  });

  test('bear no mark for a rule on another split', () => {
    expect(reportOf('map50[gloves] >= 80\nmap50[head]@test >= 60').match(/❌ \d\d\.\d \|/g)).toHaveLength(1);
  });

  test('are told right below the rules if a rule names one, else further down', () => {
    expect(reportOf('map50[vest] >= 80')).toMatch(/### Rules\n\n\|[^#]*\n\n### Classes, weakest first\n\n\|/);
    const report = reportOf('map50 >= 80');
    expect(report).toContain('\n### Classes, weakest first\n');
  });

  test('without objects are counted in the line that says whose the figures are', () => {
    expect(reportOf('map50 >= 80')).toContain(
      "On validation, from the version's training results. Left out: 1 class without objects there.\n",
    );
  });

  test('are those of the most accurate model of a search', () => {
    const other = model({ id: 'acme/other', metrics: { map50: 60 } });
    expect(reportOf('map50 >= 80', [having(onValidation), other])).toContain(
      "\nThe most accurate model on validation, from the version's training results.",
    );
  });

  test.each([
    ['one class', having(splitFigures('valid', {}, four.slice(0, 1)))],
    ['one class with objects', having(splitFigures('valid', {}, four.slice(1, 3)))],
    ['no figures of classes', having(splitFigures('valid', { map50: 80 }, []))],
    [
      'no metrics of classes',
      having(splitFigures('valid', {}, [classFigures('a', 1, {}), classFigures('b', 1, {})])),
    ],
    ['nothing', model({ metrics: { map50: 84.2 } })],
  ])('have no table if there is %s', (_, only) => {
    expect(reportOf('map50 >= 80', [only])).not.toContain('Classes');
    expect(reportOf('map50[vest] >= 80', [only])).not.toContain('Classes');
  });

  test('are compared with the same class, split and source of the version before only', () => {
    const before = (figures: SplitFigures) => ({
      ...judged({ models: [having(onValidation)], thresholds: 'map50[*] >= 50' }),
      previous: pastTraining([having(figures)]),
    });
    const vest = [classFigures('vest', 50, { map50: 90.5 })];
    const rows = (figures: SplitFigures) =>
      rowsOf(breakable(renderReport(before(figures), facts))).map(([, leading]) => leading);
    expect(rows(splitFigures('valid', {}, vest))).toEqual(['mAP50, %', '72.2', '82.4', '89.0 (−1.5)']);
    expect(rows(splitFigures('test', {}, vest))).toEqual(['mAP50, %', '72.2', '82.4', '89.0']);
    expect(rows({ ...splitFigures('valid', {}, vest), source: 'evaluation' }).at(-1)).toBe('89.0');
  });
});

describe('many classes', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => classFigures(`class ${at}`, 5, { map50: (at * 7) % 100 }));

  test('are eight in sight, the rest folded', () => {
    const report = reportOf('map50[*] >= 0', [having(splitFigures('valid', {}, many(23)))]);
    const [inSight, rest] =
      sectionsOf(report).find(({ heading }) => heading.startsWith('Classes'))?.tables ?? [];
    expect([inSight?.children.length, rest?.children.length]).toEqual([9, 16]);
    expect(report).toContain('<summary>15 more classes</summary>');
  });

  /** Figures that count how often anybody looks at them. */
  function counted(classes: readonly ClassFigures[]) {
    let looks = 0;
    const watched = classes.map(({ name, metrics, ...rest }): ClassFigures => {
      const values = new Map(metrics);
      const get = values.get.bind(values);
      values.get = (metric: AccuracyMetric) => {
        looks += 1;
        return get(metric);
      };
      return Object.defineProperty({ ...rest, name, metrics: values }, 'name', {
        enumerable: true,
        get: () => {
          looks += 1;
          return name;
        },
      });
    });
    return { watched, looks: () => looks };
  }

  test('are looked at a fixed number of times each, however many there are', () => {
    const thresholds = 'map50[*] >= 50\nmap50[class 7] >= 90\nmap50 >= 80';
    const looksAt = (count: number) => {
      const { watched, looks } = counted(many(count));
      reportOf(thresholds, [having(splitFigures('valid', {}, watched))]);
      return looks() / count;
    };
    expect(looksAt(500)).toBeLessThan(25);
    expect(looksAt(2_000)).toBeLessThan(looksAt(500) * 1.1);
  });
});
