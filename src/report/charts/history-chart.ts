import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { rounded } from '../words/numbers.ts';
import { readableRange } from './axis.ts';

/** More figures than this touch each other, and so do those of versions with long numbers. */
const MOST_FIGURES = 6;
const LAST_SHORT_VERSION = 99;

interface Point {
  readonly version: number;
  readonly value: number;
}

/**
 * The value of each version as a line. Of a few versions the figures stand below, and there is no axis; of many there is
 * no room for them.
 */
export function historyChart(points: readonly Point[], metric: AccuracyMetric): string {
  const values = points.map(({ value }) => Number(rounded(value, metric)));
  const hasRoom =
    points.length <= MOST_FIGURES && points.every(({ version }) => version <= LAST_SHORT_VERSION);
  const [floor, ceiling] = hasRoom
    ? closeRange(values)
    : readableRange(Math.min(...values), Math.max(...values), 100);
  const labels = points.map(({ version, value }) =>
    hasRoom ? `v${version} ${rounded(value, metric)}` : `v${version}`,
  );
  return [
    '```mermaid',
    directive(hasRoom),
    'xychart-beta',
    `  title "${labelOf(metric)} in %, best of each version"`,
    `  x-axis [${labels.map((label) => `"${label}"`).join(', ')}]`,
    `  y-axis ${floor} --> ${ceiling}`,
    // Bars without height give the outer labels their room.
    `  bar [${values.map(() => floor).join(', ')}]`,
    `  line [${values.join(', ')}]`,
    '```',
  ].join('\n');
}

function directive(hasFigures: boolean): string {
  const height = hasFigures ? 200 : 300;
  const yAxis = hasFigures
    ? '{"showLabel": false, "showTick": false, "showAxisLine": false}'
    : '{"labelFontSize": 15, "labelPadding": 16}';
  return `%%{init: {"xyChart": {"width": 560, "height": ${height}, "titleFontSize": 16, "titlePadding": 10, "showLegend": false, "xAxis": {"labelFontSize": 15, "labelPadding": 10, "showTick": false}, "yAxis": ${yAxis}}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "#00000000, #2f81f7"}}}}%%`;
}

/** The values with some air. */
function closeRange(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(0.5, (high - low) / 5);
  return [Number((low - air).toFixed(1)), Number((high + air).toFixed(1))];
}
