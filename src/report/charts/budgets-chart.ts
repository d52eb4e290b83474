import { type AccuracyMetric, labelOf, lowerIsBetter, unitOf } from '../../gate/metric.ts';
import { readableRange } from './axis.ts';

/** A line of the picture: the value of the metric at each budget, from the first to the last that is drawn. */
export interface Line {
  readonly colour: string;
  readonly values: readonly number[];
}

/** The budgets that are drawn. */
export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The source of an xychart of `lines` as a Markdown code block, which GitHub draws. */
export function budgetsChart(lines: readonly Line[], { fromMs, toMs }: Axis, metric: AccuracyMetric): string {
  const values = lines.flatMap((line) => line.values);
  const isPercent = unitOf(metric) === 'percent';
  const [low, high] = readableRange(Math.min(...values), Math.max(...values), isPercent ? 100 : Infinity);
  const best = lowerIsBetter(metric) ? 'Lowest' : 'Best';
  return [
    '```mermaid',
    `%%{init: {"xyChart": {"width": 560, "height": 320, "titleFontSize": 16, "titlePadding": 10, "showLegend": false, "xAxis": {"titleFontSize": 16, "labelFontSize": 16, "titlePadding": 10, "labelPadding": 8}, "yAxis": {"labelFontSize": 16, "labelPadding": 16}}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "${lines.map(({ colour }) => colour).join(', ')}"}}}}%%`,
    'xychart-beta',
    `  title "${best} ${labelOf(metric)}${isPercent ? ' in %' : ''} within a latency budget"`,
    `  x-axis "Latency budget, ms" ${plain(fromMs)} --> ${plain(toMs)}`,
    `  y-axis ${plain(low)} --> ${plain(high)}`,
    ...lines.map(
      (line) => `  line [${line.values.map((value) => plain(value, isPercent ? 1 : 2)).join(', ')}]`,
    ),
    '```',
  ].join('\n');
}

/** Plain decimals: Mermaid's grammar has no exponents. */
function plain(value: number, decimals = 2): string {
  return String(Number(value.toFixed(decimals)));
}
