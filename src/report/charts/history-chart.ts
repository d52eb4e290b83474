import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { rounded } from '../words/numbers.ts';

/** One version and what its best model reached. */
export interface HistoryPoint {
  readonly version: number;
  readonly value: number;
}

/** The value of each version as a line, with the figures below, which is why there is no axis; and in grey what was wanted. */
export function historyChart({
  points,
  metric,
  bound,
}: {
  readonly points: readonly HistoryPoint[];
  readonly metric: AccuracyMetric;
  readonly bound: number | undefined;
}): string {
  const values = points.map(({ value }) => Number(rounded(value, metric)));
  const wanted = bound === undefined ? undefined : Number(rounded(bound, metric));
  const drawn = wanted === undefined ? values : [...values, wanted];
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  const air = Math.max(0.5, (high - low) / 5);
  const [floor, ceiling] = [Number((low - air).toFixed(1)), Number((high + air).toFixed(1))];
  const labels = points.map(({ version, value }) => `"v${version} ${rounded(value, metric)}"`);
  const inGrey = wanted === undefined ? '' : `; grey: ${wanted} wanted`;
  return [
    '```mermaid',
    DIRECTIVE,
    'xychart-beta',
    `  title "${labelOf(metric)} in %, best of each version${inGrey}"`,
    `  x-axis [${labels.join(', ')}]`,
    `  y-axis ${floor} --> ${ceiling}`,
    // Bars without height give the outer labels their room.
    `  bar [${values.map(() => floor).join(', ')}]`,
    `  line [${values.join(', ')}]`,
    ...(wanted === undefined ? [] : [`  line [${values.map(() => wanted).join(', ')}]`]),
    '```',
  ].join('\n');
}

const DIRECTIVE =
  '%%{init: {"xyChart": {"width": 560, "height": 220, "titleFontSize": 16, "titlePadding": 10, "showLegend": false, "xAxis": {"labelFontSize": 15, "labelPadding": 10, "showTick": false}, "yAxis": {"showLabel": false, "showTick": false, "showAxisLine": false}}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "#00000000, #2f81f7, #8b949e"}}}}%%';
