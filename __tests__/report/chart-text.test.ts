import { describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/report.ts';
import { model, target } from '../build.ts';
import { type CaseParts, facts, judged } from './cases.ts';
import { chartOf, measured, rising, usual } from './charts.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

const TITLE = 'Accuracy and latency';

function chartIn(parts: CaseParts) {
  const report = breakable(renderReport(judged(parts), facts));
  const section = report.split(`### ${TITLE}`)[1]?.split('\n### ')[0] ?? '';
  const { legend, source } = chartOf({ name: '', report });
  const [table] = sectionsOf(report).find(({ heading }) => heading === TITLE)?.tables ?? [];
  return {
    legend,
    notes: section.slice(section.indexOf(legend) + legend.length),
    entries: legend.split(' &nbsp; '),
    points: table?.children.slice(1).map(({ children }) => children.map(textOf)) ?? [],
    axis: /x-axis ".*" (\S+) --> (\S+)/.exec(source)?.slice(1).map(Number) ?? [],
    lines: [...source.matchAll(/ line \[(.*)\]/g)].map(([, values = '']) => values.split(', ').map(Number)),
  };
}

const onBoth = [...usual, ...measured({ AI1: rising(20) })];

describe('the threshold in the picture', () => {
  test.each<{ name: string; thresholds: string; expected: readonly string[] }>([
    { name: 'is the bound', thresholds: 'map50-95 >= 60', expected: ['threshold 60.0 %'] },
    { name: 'is a strict one too', thresholds: 'map50-95 > 60', expected: ['threshold 60.0 %'] },
    {
      name: 'is the tightest of several',
      thresholds: 'map50-95 >= 50\nmap50-95 >= 60',
      expected: ['threshold 60.0 %'],
    },
    {
      name: 'is no higher one that only warns',
      thresholds: 'map50-95 >= 60\nwarn: map50-95 >= 90',
      expected: ['threshold 60.0 %'],
    },
    {
      name: 'is one that only warns where there is no other, and says so',
      thresholds: 'warn: map50-95 >= 90\nmap50 >= 5',
      expected: ['warning threshold 90.0 %'],
    },
    {
      name: 'is none that rules out what is too good to be true',
      thresholds: 'map50-95 >= 60\nmap50-95 <= 99',
      expected: ['threshold 60.0 %'],
    },
    { name: 'is nothing where only such a rule is', thresholds: 'map50-95 <= 99', expected: [] },
    {
      name: 'is one for each hardware and one for the headline model',
      thresholds: 'map50-95@ai1 >= 50\nmap50-95@T4 >= 60\nmap50-95@t4 >= 55\nmap50-95 >= 40',
      expected: ['threshold 40.0 %', 'threshold for `T4` 60.0 %', 'threshold for `AI1` 50.0 %'],
    },
    {
      name: 'is drawn also where no model can be held against it',
      thresholds: 'map50-95@T4 >= 60',
      expected: ['threshold for `T4` 60.0 %'],
    },
    { name: 'is none for hardware that is not drawn', thresholds: 'map50-95@L4 >= 60', expected: [] },
    { name: 'is none where the baseline is missing', thresholds: 'map50-95 >= baseline', expected: [] },
  ])('$name', ({ thresholds, expected }) => {
    const { entries, lines } = chartIn({
      models: onBoth,
      thresholds,
      targets: [target('T4', 1), target('AI1')],
      baseline: { kind: 'missing', reason: 'there is none' },
    });
    const shown = entries.filter((entry) => entry.includes('threshold'));
    expect(shown).toEqual(expected.map((label) => `🟥 ${label}`));
    expect(lines.slice(entries.length - expected.length).map((line) => line[0])).toEqual(
      expected.map((label) => Number(/([\d.]+) %$/.exec(label)?.[1])),
    );
  });

  test('is the lowest bound where less is better', () => {
    const models = [2, 3, 4].map((ms) =>
      model({ id: `${ms}`, metrics: { perplexity: 12 - ms }, latency: { T4: ms } }),
    );
    const { entries } = chartIn({ models, thresholds: 'perplexity <= 9\nperplexity <= 7\nperplexity >= 1' });
    expect(entries.slice(1)).toEqual(['🟥 threshold 7.00']);
  });

  test('on another metric is not drawn, and the picture says so', () => {
    const models = usual.map((each) => ({
      ...each,
      metrics: new Map([...each.metrics, ['map50', 80] as const]),
    }));
    const { legend, notes } = chartIn({
      models,
      thresholds: 'map50 >= 75\nlatency <= 10\nwarn: recall >= 5',
    });
    expect(legend).not.toContain('threshold');
    expect(notes).toContain('Thresholds on mAP50 are not drawn, since the axis is mAP50-95.');
  });
});

const six = measured({ A: rising(1), B: rising(2), C: rising(3), D: rising(4), E: rising(5), F: rising(6) });

describe('the hardware in the picture', () => {
  test.each<{ name: string; parts: CaseParts; expected: string }>([
    {
      name: 'has the targets asked for first, also one whose budget no model keeps',
      parts: { models: six, targets: [target('f', 1), target('D')] },
      expected:
        '🟦 `F`, none within 1 ms &nbsp; 🟧 `D` &nbsp; 🟩 `A` &nbsp; 🟪 `B` &nbsp; and 2 more hardware, not drawn',
    },
    {
      name: 'says what is reached within a budget',
      parts: { models: usual, targets: [target('t4', 5)] },
      expected: '🟦 `T4`, 61.2 % within 5 ms',
    },
    {
      name: 'has none of which no model has a value',
      parts: { models: [...usual, model({ id: 'x', latency: { L4: 4 } })] },
      expected: '🟦 `T4` &nbsp; and 1 more hardware, not drawn',
    },
  ])('$name', ({ parts, expected }) => {
    const { legend, lines } = chartIn(parts);
    expect(legend).toBe(expected);
    expect(lines).toHaveLength(legend.match(/🟦|🟧|🟩|🟪/gu)?.length ?? 0);
  });

  test('has its points in the table, and those of the stock models, as drawn', () => {
    const stock = measured({ T4: rising(3) }, 'stock');
    expect(chartIn({ models: [...usual, ...stock] }).points).toEqual([
      ['T4', '2.00 ms', '50.0 %', 'm-T4-0'],
      ['T4', '5.00 ms', '61.2 %', 'm-T4-1'],
      ['T4', '9.00 ms', '63.0 %', 'm-T4-2'],
      ['T4', '3.00 ms', '40.0 %', 'stock-T4-0, stock'],
      ['T4', '6.00 ms', '55.0 %', 'stock-T4-1, stock'],
    ]);
  });
});

test('the picture of four kinds of hardware, stock models and thresholds has room in a comment', () => {
  const models = measured({
    A: rising(1),
    B: rising(2),
    C: rising(3),
    D: rising(4),
  });
  const thresholds = 'map50-95 >= 41.5\nmap50-95@A >= 42.5\nmap50-95@B >= 43.5';
  const stock = measured({ A: rising(1.5) }, 'stock');
  const report = renderReport(judged({ models: [...models, ...stock], thresholds }), facts, {
    maxBytes: 65_000,
  });
  expect(report).toContain('```mermaid');
  expect(report).toContain('stock-A-1');
});

describe('the axis', () => {
  test('ends behind the last step', () => {
    expect(chartIn({ models: usual }).axis).toEqual([2, 9.45]);
  });

  test('ends before a point far behind all others, and says what is not drawn', () => {
    const models = measured({
      T4: [
        [1, 40],
        [2, 50],
        [250_000, 90],
      ],
    });
    const { axis, notes, points } = chartIn({ models });
    expect(axis).toEqual([1, 2.1]);
    expect(notes).toContain(
      'One slower point is not drawn, such as 90.0 % at 250000 ms on `T4`; the table has all.',
    );
    expect(points).toHaveLength(3);
  });

  test('never ends before the first hardware is seen to rise', () => {
    const models = measured({ Pi: rising(500), T4: rising(1) });
    expect(chartIn({ models }).axis).toEqual([1, 1050]);
  });

  test('never ends before hardware that was asked for is seen to rise', () => {
    const models = measured({ T4: rising(1), Pi: rising(500), CPU: rising(20_000) });
    const { axis, legend } = chartIn({ models, targets: [target('T4'), target('Pi', 2)] });
    expect(axis).toEqual([1, 1050]);
    expect(legend).toBe('🟦 `T4` &nbsp; 🟧 `Pi`, none within 2 ms &nbsp; and 1 more hardware, not drawn');
  });

  test('has no line for hardware that is slower than all of it', () => {
    const models = measured({ T4: rising(1), Pi: rising(500) });
    const { axis, legend, notes } = chartIn({ models });
    expect(axis).toEqual([1, 2.1]);
    expect(legend).toBe('🟦 `T4` &nbsp; and 1 more hardware, not drawn');
    expect(notes).toContain('2 slower points are not drawn, such as 55.0 % at 1000 ms on `Pi`');
  });
});
