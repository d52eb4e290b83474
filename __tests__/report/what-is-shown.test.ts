import { expect, test } from 'vitest';
import { judgedPage } from '../../src/report/page/page.ts';
import { shownHardware } from '../../src/report/page/shown-figures.ts';
import { historyLine } from '../../src/report/sections/history-section.ts';
import { tradeOffSection } from '../../src/report/sections/trade-off.ts';
import { model, target } from '../build.ts';
import { type CaseParts, facts, judged } from './cases.ts';
import { measured, pairs, usual } from './charts.ts';
import { breakable } from './parsed.ts';

function pageOf(parts: CaseParts, history?: readonly number[]) {
  const points = history?.map((version) => ({ version, metrics: new Map([['map50', version] as const]) }));
  return judgedPage({ ...judged(parts), history: points }, { training: facts, wholeAt: '', mostRows: 9 });
}

const models = [model({ metrics: { map50: 80 }, latency: { A: 1, B: 1, C: 1, D: 1, E: 1 } })];

test.each<[thresholds: string, targets: string[] | undefined, expected: string]>([
  ['', undefined, 'ABC'],
  ['latency@D <= 9', undefined, 'ABD'],
  ['latency@D <= 9\nlatency@E <= 9', undefined, 'ADE'],
  ['latency@A <= 9\nlatency@B <= 9\nlatency@C <= 9\nlatency@E < 1', undefined, 'ABE'],
  ['latency@B <= 9\nlatency@C < 1\nlatency@D < 1\nlatency@E < 1', undefined, 'CDE'],
  ['', ['e', 'D', 'X'], 'EDA'],
  ['latency@A <= 9\nlatency@B < 1', ['E', 'D'], 'EAB'],
])('of five hardware three are shown, by "%s" and targets %j: %s', (thresholds, targets, expected) => {
  const page = pageOf({
    models,
    thresholds,
    ...(targets && { targets: targets.map((name) => target(name)) }),
  });
  expect(shownHardware(page, models).join('')).toBe(expected);
});

test.each<[before: number[], line: string]>([
  [[4, 5, 6], '4.0 → 5.0 → 6.0 → 84.2'],
  [[6, 4, 5], '4.0 → 5.0 → 6.0 → 84.2'],
  [[1, 2, 3, 4, 5, 6], '2.0 → 3.0 → 4.0 → 5.0 → 6.0 → 84.2'],
  [[4, 5, 6, 7, 8, 20], '4.0 → 5.0 → 6.0 → 84.2'],
  [[5, 6, 7, 8], '5.0 → 6.0 → 84.2'],
  [[6], ''],
  [[6, 7, 8], ''],
])('a history of versions %j and the judged one, which is 7: %s', (before, line) => {
  const [shown = ''] = historyLine(pageOf({ models: [model({ metrics: { map50: 84.2 } })] }, before));
  expect([...breakable(shown).matchAll(/\d+\.\d/g)].join(' → ')).toBe(line);
});

const both = measured({ T4: pairs(2, 50, 5, 61.2, 9, 63), L4: pairs(2, 50, 5, 61.2, 9, 63) });

test.each<[what: string, parts: CaseParts, hardware: string, mostMs: number]>([
  ['one bound', { models: usual, thresholds: 'latency@T4 <= 5\nmap50-95@T4 >= 60' }, 'T4', 5],
  [
    'the tightest',
    { models: usual, thresholds: 'latency@T4 <= 9\nlatency@T4 <= 5\nmap50-95@T4 >= 60' },
    'T4',
    5,
  ],
  [
    'the tightest, written first',
    { models: usual, thresholds: 'latency@T4 <= 5\nlatency@T4 <= 9\nmap50-95@T4 >= 60' },
    'T4',
    5,
  ],
  ['a budget', { models: usual, thresholds: 'map50-95@T4 >= 60', targets: [target('T4', 6)] }, 'T4', 6],
  [
    'the hardware where a bound is broken',
    {
      models: both,
      thresholds: 'latency@T4 <= 10\nmap50-95@T4 >= 60\nlatency@L4 <= 7\nmap50-95@L4 >= 60',
    },
    'L4',
    7,
  ],
  [
    'the first hardware, where none is broken',
    {
      models: both,
      thresholds: 'latency@T4 <= 10\nmap50-95@T4 >= 60\nwarn: latency@L4 <= 7\nmap50-95@L4 >= 60',
    },
    'T4',
    10,
  ],
])('the picture of speed and accuracy is of %s', (_, parts, hardware, mostMs) => {
  const [chart = '', legend] = tradeOffSection(pageOf(parts));
  expect([chart.match(/x-axis ".*?(\d+) ms" -->/)?.[1], legend]).toEqual([
    String(mostMs),
    expect.stringContaining(`Models on ${hardware}, `),
  ]);
});
