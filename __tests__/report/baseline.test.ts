import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/decide.ts';
import type { AccuracyMetric } from '../../src/gate/metric.ts';
import type { Model } from '../../src/gate/model.ts';
import { renderReport } from '../../src/report/report.ts';
import { differenceFrom, EXACT } from '../../src/report/text/numbers.ts';
import { warningsOf } from '../../src/report/text/reasons.ts';
import { model, target } from '../build.ts';
import { type CaseParts, facts, judged } from './cases.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

function version6(...models: readonly Model[]): Baseline {
  return { kind: 'run', version: 6, modelType: undefined, pool: { models, recommended: new Map() } };
}

function withMetrics(id: string, metrics: Partial<Record<AccuracyMetric, number>>, ms = 5): Model {
  return model({ id, metrics, latency: { T4: ms } });
}

/** The report, with plain spaces. */
function reportOf(...run: Parameters<typeof renderReport>): string {
  return breakable(renderReport(...run));
}

/** The first table under a heading, as texts, the header first. */
function tableOf(parts: CaseParts, heading: string): readonly (readonly string[])[] {
  const report = reportOf(judged(parts), facts);
  const [table] = sectionsOf(report).find((each) => each.heading === heading)?.tables ?? [];
  return table?.children.map(({ children }) => children.map(textOf)) ?? [];
}

/** The one rule's row, by the names of its columns. */
function ruleRow(parts: CaseParts): Readonly<Record<string, string>> {
  const [header = [], ...rows] = tableOf(parts, 'Rules');
  expect(rows).toHaveLength(1);
  return Object.fromEntries(header.map((name, index) => [name, rows[0]?.[index] ?? '']));
}

describe('a rule that compares with the baseline', () => {
  const now = withMetrics('acme/new', { 'map50-95': 61.7, map50: 84.2, perplexity: 4 }, 4.5);
  const before = withMetrics('acme/old', { 'map50-95': 62, map50: 80.9, perplexity: 5 }, 4.2);
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    [
      'map50 >= baseline',
      {
        Value: '84.2 %',
        Baseline: '80.9 %',
        Difference: '+3.3 points (up, better)',
        Margin: '+3.3 points',
        Result: '✅ holds',
      },
    ],
    [
      'map50-95 >= baseline',
      {
        Value: '61.7 %',
        Baseline: '62.0 %',
        Difference: '-0.3 points (down, worse)',
        Margin: '-0.3 points',
        Result: '❌ broken',
      },
    ],
    [
      'map50-95 >= baseline - 0.5',
      {
        Wanted: '>= 61.5 % (baseline - 0.5)',
        Difference: '-0.3 points (down, worse)',
        Margin: '+0.2 points',
        Result: '✅ holds',
      },
    ],
    [
      'warn: map50-95 >= baseline',
      { Result: '⚠️ broken, only warns', Difference: '-0.3 points (down, worse)' },
    ],
    [
      'latency@T4 <= baseline',
      { Value: '4.50 ms', Baseline: '4.20 ms', Difference: '+0.3 ms (up, worse)', Result: '❌ broken' },
    ],
    [
      'latency@T4 <= baseline + 1',
      { Difference: '+0.3 ms (up, worse)', Margin: '+0.7 ms', Result: '✅ holds' },
    ],
    [
      'perplexity <= baseline',
      { Value: '4.00', Baseline: '5.00', Difference: '-1.00 (down, better)', Result: '✅ holds' },
    ],
  ])('%s shows value, baseline and difference', (thresholds, cells) => {
    expect(ruleRow({ models: [now], baseline: version6(before), thresholds })).toMatchObject(cells);
  });

  test('shows no difference where there is none', () => {
    const row = ruleRow({ models: [now], baseline: version6(now), thresholds: 'map50 >= baseline' });
    expect(row).toMatchObject({
      Baseline: '84.2 %',
      Difference: 'the same',
      Margin: '0.0 points',
      Result: '✅ holds',
    });
  });

  test('stands beside others that show the baseline too, as far as it has the metric', () => {
    const thresholds = 'map50 >= baseline\nrecall >= 2\nmap50 >= 80';
    const rows = tableOf({ models: [now], baseline: version6(before), thresholds }, 'Rules');
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ['Rule', 'Wanted', 'Value', 'Baseline', 'Difference'],
      ['mAP50', '>= 80.9 % (baseline)', '84.2 %', '80.9 %', '+3.3 points (up, better)'],
      ['Recall', '>= 2 %', '-', '-', '-'],
      ['mAP50', '>= 80 %', '84.2 %', '80.9 %', '+3.3 points (up, better)'],
    ]);
  });

  test.each<readonly [string, Baseline]>([
    ['was asked for', { kind: 'none' }],
    ['was found', { kind: 'missing', reason: 'no training has succeeded on a version below 7' }],
    ['reports what rules are about', version6(withMetrics('acme/old', { recall: 70 }))],
  ])('needs no columns where no baseline %s', (_, baseline) => {
    const [header] = tableOf({ models: [now], baseline, thresholds: 'map50 >= 80' }, 'Rules');
    expect(header).not.toContain('Baseline');
  });
});

describe('a rule for a hardware', () => {
  /** The most accurate of them is over the budget in both runs. */
  const now = [
    withMetrics('acme/new-fast', { map50: 80 }, 4),
    withMetrics('acme/new-best', { map50: 90 }, 20),
  ];
  const before = [
    withMetrics('acme/old-fast', { map50: 79 }, 5),
    withMetrics('acme/old-best', { map50: 95 }, 19),
  ];
  test.each<readonly [string, number | undefined, Readonly<Record<string, string>>]>([
    ['within the budget', 5, { Value: '80.0 %', Baseline: '79.0 %', Difference: '+1.0 points (up, better)' }],
    [
      'without a budget',
      undefined,
      { Value: '90.0 %', Baseline: '95.0 %', Difference: '-5.0 points (down, worse)' },
    ],
  ])('compares pick with pick, %s', (_, budgetMs, cells) => {
    const parts = { models: now, baseline: version6(...before), targets: [target('t4', budgetMs)] };
    expect(ruleRow({ ...parts, thresholds: 'map50@t4 >= baseline' })).toMatchObject(cells);
  });

  test('is not judged where the baseline keeps no such budget, and says so', () => {
    const parts = { models: now, baseline: version6(...before), targets: [target('T4', 4.5)] };
    const report = reportOf(judged({ ...parts, thresholds: 'map50@T4 >= baseline' }), facts);
    expect(report).toMatch(/^## ⚠️ Undecided/);
    expect(report).toContain('no model keeps 4.5 ms on T4 (the fastest takes 5 ms)');
  });
});

describe('where there is no baseline', () => {
  const baseline: Baseline = { kind: 'missing', reason: 'no training has succeeded on a version below 7' };
  const models = [withMetrics('acme/new', { map50: 84.2 })];
  test('rules that need it are undecided, and the report says why, also among the facts of the run', () => {
    const conclusion = judged({ models, baseline, thresholds: 'map50 >= baseline' });
    expect(conclusion.verdict.outcome).toBe('undecided');
    const report = reportOf(conclusion, facts);
    expect(report).toContain('there is no baseline: no training has succeeded on a version below 7');
    expect(report).toMatch(/\| Baseline +\| none: no training has succeeded on a version below 7/);
  });

  test('a rule that cannot be judged shows the value all the same', () => {
    expect(ruleRow({ models, baseline, thresholds: 'map50 >= baseline - 1' })).toMatchObject({
      Wanted: '>= baseline - 1',
      Value: '84.2 %',
      Margin: '-',
      Result: '⚠️ not judged',
    });
  });

  test('rules that do not need it are judged', () => {
    expect(judged({ models, baseline, thresholds: 'map50 >= 80' }).verdict.outcome).toBe('passed');
  });

  test('a rule that only warns is a warning with the reason, and no more', () => {
    const conclusion = judged({ models, baseline, thresholds: 'map50 >= 80\nwarn: map50 >= baseline' });
    expect(conclusion.verdict.outcome).toBe('passed');
    expect(warningsOf(conclusion, EXACT)).toEqual([
      expect.stringMatching(
        /map50 >= baseline: there is no baseline: no training has succeeded on a version below 7$/,
      ),
    ]);
  });

  test('nothing is said of it where none was asked for', () => {
    expect(reportOf(judged({ models, thresholds: 'map50 >= 80' }), facts)).not.toMatch(/baseline/i);
  });
});

describe('the models', () => {
  const baseline = version6(withMetrics('acme/old', { 'map50-95': 60 }));
  test('each show their difference from the headline of the baseline', () => {
    const models = [
      withMetrics('a', { 'map50-95': 61.25 }),
      withMetrics('b', { 'map50-95': 60 }),
      withMetrics('c', { 'map50-95': 58 }),
      model({ id: 'd' }),
    ];
    const [header = [], ...rows] = tableOf({ models, baseline }, 'Models');
    const column = header.indexOf('mAP50-95 against 60.0 % of version 6');
    expect(rows.map((row) => row[column])).toEqual([
      '+1.3 points (up, better)',
      'the same',
      '-2.0 points (down, worse)',
      '-',
    ]);
  });

  test('are compared in the first lines and in the facts too', () => {
    const report = reportOf(
      judged({ models: [withMetrics('acme/new', { 'map50-95': 61.7 })], baseline }),
      facts,
    );
    expect(report).toContain('mAP50-95 +1.7 points (up, better) against version 6.');
    expect(report).toMatch(/\| Baseline +\| version 6: `acme\/old`, mAP50-95 60\.0 %/);
  });

  test('are not compared with a baseline that reports other metrics', () => {
    const models = [withMetrics('acme/new', { 'map50-95': 61.7 })];
    const [header] = tableOf(
      { models, baseline: version6(withMetrics('acme/old', { accuracy: 90 })) },
      'Models',
    );
    expect(header?.join()).not.toContain('version 6');
  });
});

describe('the figures of a row', () => {
  test.each<readonly [number, number, string]>([
    [76.45, 55, '+21.5 points (up, better)'],
    [86.3, 85.75, '+0.6 points (up, better)'],
    [80.05, 80, '+0.1 points (up, better)'],
    [73.1, 80, '-6.9 points (down, worse)'],
    [0.1 + 0.2, 0.3, 'the same'],
    [79.96, 79.98, '-0.02 points (down, worse)'],
    [80.0004, 80, '+0.0004 points (up, better)'],
  ])('add up to the eye: %d against %d', (value, base, text) => {
    expect(breakable(differenceFrom(value, base, 'map50'))).toBe(text);
  });

  test.each<readonly [AccuracyMetric | 'latency', number, number, string]>([
    ['latency', 4.5, 5, '-0.5 ms (down, better)'],
    ['latency', 120, 100, '+20.0 ms (up, worse)'],
    ['latency', 5.001, 5, '+0.001 ms (up, worse)'],
    ['perplexity', 4.0000001, 4, '+0.0000001 (up, worse)'],
    ['perplexity', 4, 5, '-1.00 (down, better)'],
    ['recall', 80, 79, '+1.0 points (up, better)'],
  ])('call a %s of %d after %d by the direction that is good', (metric, value, base, text) => {
    expect(breakable(differenceFrom(value, base, metric))).toBe(text);
  });
});
