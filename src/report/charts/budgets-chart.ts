import { type AccuracyMetric, labelOf, lowerIsBetter, unitOf } from '../../gate/metric.ts';

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

/** Spans in which the marks of an axis are neither crowded nor few: 7 to 10 steps of 1, 2 or 5. */
const READABLE_SPANS = [
  [1.5, 2],
  [3.3, 5],
  [7.5, 10],
] as const;

/** The least span of that kind that is no smaller than `span`. */
function readableSpan(span: number): number {
  const scale = 10 ** Math.floor(Math.log10(span));
  const digits = span / scale;
  const [least] = READABLE_SPANS.find(([, most]) => digits <= most) ?? [10];
  return Math.max(digits, least) * scale;
}

/** The label of a mark at the very end of an axis is cut. */
const ROOM_AT_THE_END = 0.03;

/** The end of an axis of marks that can be read, from `from` to at least `to`, with room for the last label. */
export function readableEnd(from: number, to: number): number {
  const span = readableSpan(to - from);
  const end = from + span;
  const scale = 10 ** Math.floor(Math.log10(span));
  const step = scale * (STEPS.find(([most]) => span / scale <= most)?.[1] ?? 1);
  return end % step < span * ROOM_AT_THE_END ? end + span * ROOM_AT_THE_END : end;
}

/** The distance of the marks for spans up to so many, as Mermaid chooses it. */
const STEPS = [
  [2, 0.2],
  [5, 0.5],
] as const;

const LEAST_SPAN = 2;

/** A range with air on both sides, not below 0 nor above `most`. */
function readableRange(least: number, greatest: number, most: number): readonly [number, number] {
  const span = readableSpan(Math.max(LEAST_SPAN, (greatest - least) * 1.2));
  const middle = (least + greatest) / 2;
  const low = Math.max(0, Math.min(middle - span / 2, most - span));
  const places = span < 10 ? 1 : 0;
  const whole = Number(low.toFixed(places));
  return [whole, Number((whole + span).toFixed(places))];
}
