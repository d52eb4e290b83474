import { describe, expect, it } from 'vitest';
import { readText } from './pages.ts';

/** One bar of a chart. */
interface Bar {
  readonly label: string;
  readonly value: number;
}

const text = await readText('docs/benchmarks.md');

/** A bar has its value in one series, and in the others none: that is how it gets its colour. */
function barsOf(chart: string): readonly Bar[] {
  const [, names = ''] = /x-axis .*\[(.+)\]$/m.exec(chart) ?? [];
  const labels = [...names.matchAll(/"([^"]+)"/g)].map(([, label = '']) => label);
  const series = [...chart.matchAll(/^ {2}bar \[(.+)\]$/gm)].map(([, values = '']) =>
    values.split(', ').map(Number),
  );
  return labels.map((label, index) => ({
    label,
    value: series.reduce((sum, values) => sum + (values[index] ?? Number.NaN), 0),
  }));
}

const charts = [...text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, chart = '']) => ({
  title: /title "(.+)"/.exec(chart)?.[1],
  bars: barsOf(chart),
}));

const cells = new Set(
  [...text.matchAll(/^\|.+\|$/gm)].flatMap(([row]) => row.replaceAll(',', '').match(/\d+(?:\.\d+)?/g) ?? []),
);

describe('the charts of docs/benchmarks.md', () => {
  it('are found', () => {
    expect(charts.length).toBeGreaterThanOrEqual(1);
  });

  it.each(charts)('draw what they say, and what a table says: $title', ({ bars }) => {
    expect(bars.length).toBeGreaterThan(1);
    for (const { label, value } of bars) {
      expect(label).toMatch(new RegExp(`: ${value.toLocaleString('en')}$`));
      expect([...cells]).toContain(String(value));
    }
  });
});
