import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { renderReport } from '../../src/report/report.ts';
import { model, target } from '../build.ts';
import { type CaseParts, facts, judged } from './cases.ts';
import { measured, rising } from './charts.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

const zero = '&#8203;';

function version6(...models: readonly Model[]): Baseline {
  return { kind: 'run', version: 6, modelType: undefined, pool: { models, recommended: new Map() } };
}

function reportOf(parts: CaseParts): string {
  return breakable(renderReport(judged(parts), facts));
}

/** What stands before the first section. */
function openingOf(parts: CaseParts): readonly string[] {
  return (reportOf(parts).split('\n### ')[0] ?? '').trim().split('\n\n');
}

/** The first table under a heading, by the names of its columns. */
function rowsOf(parts: CaseParts, heading: string): readonly Readonly<Record<string, string>>[] {
  const [table] = sectionsOf(reportOf(parts)).find((each) => each.heading === heading)?.tables ?? [];
  const [header = [], ...rows] = table?.children.map(({ children }) => children.map(textOf)) ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

describe('a run whose stock model alone reports mAP50-95', () => {
  const parts: CaseParts = {
    models: [
      model({ id: 'good', metrics: { map50: 70 }, latency: { T4: 2 } }),
      model({ id: 'best', metrics: { map50: 75 }, latency: { T4: 4 } }),
      model({ id: 'stock', family: 'stock', metrics: { map50: 72, 'map50-95': 50 }, latency: { T4: 3 } }),
    ],
    baseline: version6(model({ id: 'old', metrics: { map50: 72 } })),
  };

  test('is told by the metric of its own models throughout', () => {
    expect(openingOf(parts)[1]).toBe(
      '**mAP50 75.0 %** with `best`, the most accurate model of this run; mAP50 +3.0 points (up, better) against version 6.',
    );
    expect(rowsOf(parts, 'Models').map((row) => row.Model)).toEqual(['best', 'stock', 'good']);
    expect(rowsOf(parts, 'Models').map((row) => row['mAP50 against 72.0 % of version 6'])).toEqual([
      '+3.0 points (up, better)',
      'the same',
      '-2.0 points (down, worse)',
    ]);
    expect(Object.keys(rowsOf(parts, 'Best model per hardware')[0] ?? {})[2]).toBe('mAP50');
    expect(reportOf(parts)).toContain('version 6: `old`, mAP50 72.0 %');
  });
});

describe('the verdict', () => {
  const models = [model({ id: 'a', metrics: { map50: 73.14159, recall: 60 }, latency: { T4: 5.123456 } })];
  const best = '**mAP50 73.1 %**, **Recall 60.0 %** with `a`.';
  test.each<{ name: string; parts: CaseParts; expected: readonly string[] }>([
    {
      name: 'names the one rule that does not hold, and says it once',
      parts: { models, thresholds: 'map50 >= 80\nrecall >= 50' },
      expected: ['## ❌ Failed: 1 of 2 rules: map50 73.1, wanted >= 80 (short by 6.9)', best],
    },
    {
      name: 'names the one target that no model keeps the budget of',
      parts: { models, targets: [target('t4', 5)] },
      expected: ['## ❌ Failed: no model keeps 5 ms on T4 (the fastest takes 5.12 ms)', best],
    },
    {
      name: 'counts rules that do not hold, and gives the reasons before any praise',
      parts: { models, thresholds: 'map50 >= 80\nrecall > 60\nlatency <= 6' },
      expected: [
        '## ❌ Failed: 2 of 3 rules do not hold',
        '- map50 73.1, wanted >= 80 (short by 6.9)\n- recall 60, wanted > 60 (equal is not enough)',
        best,
      ],
    },
    {
      name: 'names rule and target without a model',
      parts: { models, thresholds: 'map50 >= 80', targets: [target('T4', 5)] },
      expected: [
        '## ❌ Failed: the rule does not hold, no model for T4',
        '- map50 73.1, wanted >= 80 (short by 6.9)\n- no model keeps 5 ms on T4 (the fastest takes 5.12 ms)',
        best,
      ],
    },
    {
      name: 'names the one target that was not measured',
      parts: { models, targets: [target('L4')] },
      expected: ['## ⚠️ Undecided: no model was measured on L4; measured: T4', best],
    },
    {
      name: 'counts targets that were not measured',
      parts: { models, targets: [target('L4'), target('A10')] },
      expected: [
        '## ⚠️ Undecided: no model for 2 hardware targets',
        '- no model was measured on L4; measured: T4\n- no model was measured on A10; measured: T4',
        best,
      ],
    },
    {
      name: 'does not speak of targets that nobody asked for',
      parts: { models, recommended: { L4: 'gone' }, thresholds: 'map50 >= 80\nrecall >= 70' },
      expected: [
        '## ❌ Failed: 2 of 2 rules do not hold',
        '- map50 73.1, wanted >= 80 (short by 6.9)\n- recall 60, wanted >= 70 (short by 10)',
        best,
      ],
    },
    {
      name: 'names the one rule that cannot be judged',
      parts: { models, thresholds: 'map75@T4 >= 80' },
      expected: [
        `## ⚠️ Undecided: map75@${zero}T4 cannot be judged`,
        `- map75@${zero}T4 >= 80: map75@${zero}T4 was not reported for a; reported: map50 73.1, recall 60, latency@${zero}T4 5.12 ms`,
        best,
      ],
    },
    {
      name: 'that is a pass has the figures first, then the warnings',
      parts: { models, thresholds: 'warn: latency@T4 <= 5' },
      expected: [
        '## ✅ Passed: the training succeeded',
        best,
        `- only a warning: latency@${zero}T4 5.12 ms, wanted <= 5 ms (over by 0.12 ms)`,
      ],
    },
  ])('$name', ({ parts, expected }) => {
    expect(openingOf(parts)).toEqual(expected);
  });
});

test('a value is never written as if it held the rule that it breaks', () => {
  const models = [model({ id: 'a', metrics: { map50: 79.96 }, latency: { T4: 10.004 } })];
  const parts: CaseParts = { models, thresholds: 'map50 >= 80\nlatency@T4 <= 10' };
  expect(openingOf(parts)).toEqual([
    '## ❌ Failed: 2 of 2 rules do not hold',
    `- map50 79.96, wanted >= 80 (short by 0.04)\n- latency@${zero}T4 10.004 ms, wanted <= 10 ms (over by 0.004 ms)`,
    '**mAP50 79.96 %** with `a`.',
  ]);
  expect(rowsOf(parts, 'Rules')).toMatchObject([
    { Wanted: '>= 80 %', Value: '79.96 %', Margin: '-0.04 points' },
    { Wanted: '<= 10 ms', Value: '10.004 ms', Margin: '-0.004 ms' },
  ]);
  expect(rowsOf(parts, 'Best model per hardware')).toMatchObject([
    { mAP50: '79.96 %', Latency: '10.004 ms' },
  ]);
  expect(rowsOf(parts, 'Models')).toMatchObject([{ 'mAP50, %': '79.96', 'T4, ms': '10.004' }]);
});

test('a bound from the baseline can be told from the value that misses it', () => {
  const parts: CaseParts = {
    models: [model({ id: 'a', metrics: { map50: 76.08 } })],
    baseline: version6(model({ id: 'b', metrics: { map50: 76.61 } })),
    thresholds: 'map50 >= baseline - 0.5',
  };
  expect(rowsOf(parts, 'Rules')).toMatchObject([
    { Wanted: '>= 76.11 % (baseline - 0.5)', Value: '76.08 %', Baseline: '76.6 %', Margin: '-0.03 points' },
  ]);
});

test('a baseline that differs by less than a tenth can be told from the value', () => {
  const parts: CaseParts = {
    models: [model({ id: 'a', metrics: { map50: 61.73 } })],
    baseline: version6(model({ id: 'b', metrics: { map50: 61.71 } })),
    thresholds: 'map50 >= 50',
  };
  expect(rowsOf(parts, 'Rules')).toMatchObject([
    { Value: '61.73 %', Baseline: '61.71 %', Difference: '+0.02 points (up, better)' },
  ]);
});

describe('the models', () => {
  test('have columns for the hardware asked for first, and it says how many there are not', () => {
    const models = measured({
      A: rising(1),
      B: rising(2),
      C: rising(3),
      D: rising(4),
      E: rising(5),
      F: rising(6),
    });
    const parts: CaseParts = { models, targets: [target('f', 1), target('E')] };
    expect(Object.keys(rowsOf(parts, 'Models')[0] ?? {}).slice(2, -1)).toEqual([
      'F, ms',
      'E, ms',
      'A, ms',
      'B, ms',
    ]);
    expect(reportOf(parts)).toContain(
      '2 more hardware has no column here; all latencies are in the results file.',
    );
  });

  test.each<{ name: string; ids: readonly string[]; shown: readonly string[]; said: string | undefined }>([
    {
      name: 'without workspace, project and version where all have them',
      ids: ['acme/hard-hats-7-nas-1', 'acme/hard-hats-7-stock'],
      shown: ['nas-1', 'stock'],
      said: 'begin with acme/hard-hats-7-, which most tables leave out',
    },
    {
      name: 'without the workspace where all have that',
      ids: ['acme/hard-hats-7-nas-1', 'acme/other'],
      shown: ['hard-hats-7-nas-1', 'other'],
      said: 'begin with acme/, which most tables leave out',
    },
    {
      name: 'whole where one of them has not',
      ids: ['acme/hard-hats-7-nas-1', 'else/other'],
      shown: ['acme/hard-hats-7-nas-1', 'else/other'],
      said: undefined,
    },
    {
      name: 'whole where nothing would be left of one',
      ids: ['acme/', 'acme/other'],
      shown: ['acme/', 'acme/other'],
      said: undefined,
    },
  ])('are named $name', ({ ids, shown, said }) => {
    const models = ids.map((id, index) => model({ id, metrics: { map50: 90 - index } }));
    expect(rowsOf({ models }, 'Models').map((row) => row.Model)).toEqual(shown);
    const [facts] = sectionsOf(reportOf({ models })).find(({ heading }) => heading === 'Run')?.tables ?? [];
    const rows = facts?.children.map(({ children }) => children.map(textOf)) ?? [];
    expect(rows.find(([name]) => name === 'Model ids')?.[1]).toBe(said);
  });

  test('have a column for their type only where those of the run differ', () => {
    const own = [model({ id: 'a', type: 'nas', metrics: { map50: 9 } }), model({ id: 'b', type: 'nas' })];
    const stock = model({ id: 's', type: 'rfdetr-nano', family: 'stock', metrics: { map50: 5 } });
    const rows = rowsOf({ models: [...own, stock] }, 'Models');
    expect(rows.map(({ Type, Note }) => [Type, Note])).toEqual([
      [undefined, 'most accurate'],
      [undefined, 'stock rfdetr-nano, for reference'],
      [undefined, ''],
    ]);
    const mixed = [...own, model({ id: 'c', type: 'other', metrics: { map50: 1 } })];
    expect(rowsOf({ models: mixed }, 'Models').map(({ Type }) => Type)).toEqual(['nas', 'other', 'nas']);
  });
});

test.each<{
  name: string;
  trained: string | undefined;
  types: readonly (string | undefined)[];
  said: string | undefined;
}>([
  { name: 'what was trained', trained: 'nano', types: ['nano'], said: 'nano' },
  {
    name: 'what came of it too',
    trained: 'nas-parent',
    types: ['nas', 'nas'],
    said: 'nas-parent, its models are nas',
  },
  {
    name: 'what was trained where there are many',
    trained: 'nas-parent',
    types: ['a', 'b'],
    said: 'nas-parent',
  },
  { name: 'what was trained where the models do not say', trained: 'nano', types: [undefined], said: 'nano' },
  { name: 'what came of it where that is all there is', trained: undefined, types: ['nano'], said: 'nano' },
  { name: 'nothing where nothing is known', trained: undefined, types: [], said: undefined },
])('the facts say of the model type $name', ({ trained, types, said }) => {
  const models = types.map((type, index) => model({ id: `${index}`, type }));
  const report = renderReport(judged({ models }), { ...facts, modelType: trained });
  const [table] = sectionsOf(report).find(({ heading }) => heading === 'Run')?.tables ?? [];
  const rows = table?.children.map(({ children }) => children.map(textOf)) ?? [];
  expect(rows.find(([name]) => name === 'Model type')?.[1]).toBe(said);
});

test('whoever shows the report says where the reader finds what is left out', () => {
  const models = Array.from({ length: 400 }, (_, index) =>
    model({
      id: `m${index}`,
      metrics: { map50: index / 10 },
      latency: Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map((name) => [name, 1 + index])),
      unreadable: [{ name: 'f1', raw: 'NaN' }],
    }),
  );
  const report = renderReport(judged({ models, thresholds: 'map50 >= 90' }), facts, {
    maxBytes: 12_000,
    wholeAt: '[the job summary](https://github.com/o/r)',
  });
  expect(report).not.toContain('the results file');
  const said = report
    .split('\n')
    .filter((line) => line.includes('[the job summary](https://github.com/o/r)'));
  expect(said).toEqual([
    expect.stringMatching(/^The picture is left out here/),
    expect.stringMatching(/^1 more hardware has no column here/),
    expect.stringMatching(/^\d+ models more are left out here/),
    expect.stringMatching(/^- and 390 more, all in/),
  ]);
});
