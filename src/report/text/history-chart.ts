import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { rounded } from './numbers.ts';

const DIRECTIVE =
  '%%{init: {"xyChart": {"width": 560, "height": 200, "titleFontSize": 16, "titlePadding": 10, "showLegend": false, "xAxis": {"labelFontSize": 16, "labelPadding": 10, "showTick": false}, "yAxis": {"showLabel": false, "showTick": false, "showAxisLine": false}}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "#00000000, #2f81f7"}}}}%%';

/** As many figures as have room side by side. */
const MOST_FIGURES = 6;

interface Point {
  readonly version: number;
  readonly value: number;
}

/**
 * The value of each version as a line with its figures below. The bars have no height: they give the outer labels their
 * room.
 */
export function historyChart(points: readonly Point[], metric: AccuracyMetric): string {
  const values = points.map(({ value }) => Number(rounded(value, metric)));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max(0.5, (high - low) / 5);
  const floor = Number((low - air).toFixed(1));
  const ceiling = Number((high + air).toFixed(1));
  // Of many versions every second has its figure: all of them would touch each other.
  const step = points.length > MOST_FIGURES ? 2 : 1;
  const labels = points.map(({ version, value }, index) =>
    (points.length - 1 - index) % step === 0 ? `v${version}: ${rounded(value, metric)}` : `v${version}`,
  );
  return [
    '```mermaid',
    DIRECTIVE,
    'xychart-beta',
    `  title "${labelOf(metric)} in %, best of each version"`,
    `  x-axis [${labels.map((label) => `"${label}"`).join(', ')}]`,
    `  y-axis ${floor} --> ${ceiling}`,
    `  bar [${values.map(() => floor).join(', ')}]`,
    `  line [${values.join(', ')}]`,
    '```',
  ].join('\n');
}
