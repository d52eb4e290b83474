import { type AccuracyMetric, labelOf, lowerIsBetter, unitOf } from '../../gate/metric.ts';
import { clipped } from '../../lib/fit-text.ts';
import { rounded } from '../words/numbers.ts';

/** One bar. */
export interface Bar {
  /** A name from outside. */
  readonly name: string;
  readonly value: number;
}

const MOST_BARS = 8;
const LONGEST_NAME = 20;
const TITLE_HEIGHT = 50;
const BAR_HEIGHT = 38;
/** Mermaid drops a title of spaces. */
const INVISIBLE = '\u{200B}';
const LETTER_WIDTH = 8;
/** How much narrower than they are Mermaid takes the names for on a phone, where the picture is scaled. */
const SCALED_AWAY = 0.4;

/** The value of each as a bar from 0, first above, with name and figure beside it, which is why there is no axis. */
export function typesChart(bars: readonly Bar[], metric: AccuracyMetric): string {
  const shown = bars.slice(0, MOST_BARS);
  const labels = labelsOf(shown, metric);
  const values = shown.map(({ value }) => Number(rounded(value, metric)));
  const unit = unitOf(metric) === 'percent' ? ' in %' : '';
  const order = lowerIsBetter(metric) ? ', lower is better' : '';
  return [
    '```mermaid',
    directive(TITLE_HEIGHT + BAR_HEIGHT * shown.length, labels),
    'xychart-beta horizontal',
    `  title "${labelOf(metric)}${unit}, best of each model type${order}"`,
    // A title that shows nothing: its padding is the room that the names need beside what Mermaid gives them.
    `  x-axis "${INVISIBLE}" [${labels.map((label) => `"${label}"`).join(', ')}]`,
    `  y-axis 0 --> ${Math.max(1, ...values)}`,
    `  bar [${values.join(', ')}]`,
    '```',
  ].join('\n');
}

function directive(height: number, labels: readonly string[]): string {
  const widest = LETTER_WIDTH * Math.max(...labels.map(({ length }) => length));
  const room = Math.ceil((widest * SCALED_AWAY) / 2);
  return `%%{init: {"xyChart": {"width": 560, "height": ${height}, "titleFontSize": 16, "titlePadding": 10, "showLegend": false, "plotReservedSpacePercent": 40, "xAxis": {"titlePadding": ${room}, "labelFontSize": 14, "labelPadding": 10, "showTick": false}, "yAxis": {"showLabel": false, "showTick": false, "showAxisLine": false}}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "#2f81f7"}}}}%%`;
}

/** With their places in front where two would be alike, and drawn as one, or one would say nothing. */
function labelsOf(bars: readonly Bar[], metric: AccuracyMetric): readonly string[] {
  const names = bars.map(({ name }) => plainName(name));
  const isNumbered = new Set(names).size < names.length || names.includes('');
  return bars.map(({ value }, index) => {
    const name = names[index] ?? '';
    return `${isNumbered ? `${index + 1}. ${name}`.trim() : name} ${rounded(value, metric)}`;
  });
}

/** Only what means nothing to Mermaid. */
function plainName(name: string): string {
  return clipped(name.replace(/[^\p{L}\p{N}._ -]+/gu, ' ').trim(), LONGEST_NAME);
}
