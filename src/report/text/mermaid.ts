import { type AccuracyMetric, labelOf, lowerIsBetter, unitOf } from '../../gate/metric.ts';

/** One line of a chart over latency budgets, and how the legend tells of it. */
export interface Line {
  readonly colour: { readonly hex: string; readonly square: string };
  readonly label: string;
  /** The value of the metric at a latency budget in ms; undefined if no model is that fast. */
  readonly at: (budgetMs: number) => number | undefined;
}

/** The budgets that are drawn, and their ends as Mermaid reads them. */
export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: string;
  readonly to: string;
}

/** Some air behind the last step, so that it is seen. */
const AIR = 1.05;

/** The axis for points from `fromMs` to `lastMs`; undefined if those are too close to nothing to be told apart. */
export function latencyAxis(fromMs: number, lastMs: number): Axis | undefined {
  const toMs = lastMs * AIR;
  const [from, to] = [plain(fromMs, 6), plain(toMs, 6)];
  return from === to ? undefined : { fromMs, toMs, from, to };
}

/** Mermaid takes evenly spaced values only, so steps are sampled: finely enough that they look upright. */
const SAMPLES = 160;

/** The source of an xychart of `lines` as a Markdown code block, which GitHub draws. */
export function mermaid(lines: readonly Line[], axis: Axis, metric: AccuracyMetric): string {
  const { fromMs, toMs, from, to } = axis;
  const budgets = Array.from(
    { length: SAMPLES },
    (_, index) => fromMs + ((toMs - fromMs) * index) / (SAMPLES - 1),
  );
  const values = lines.map(({ at }) => budgets.map(at));
  const [low, high] = accuracyRange(
    values.flat().filter((value) => value !== undefined),
    metric,
  );
  const decimals = high - low < NARROW_RANGE ? 2 : 1;
  const worst = lowerIsBetter(metric) ? high : low;
  const palette = lines.map(({ colour }) => colour.hex).join(', ');
  const unit = unitOf(metric) === 'percent' ? ' in %' : '';
  return [
    '```mermaid',
    `%%{init: {"xyChart": {"width": 800, "height": 380}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "${palette}"}}}}%%`,
    'xychart-beta',
    `  x-axis "Latency budget in ms" ${from} --> ${to}`,
    `  y-axis "${labelOf(metric)}${unit}" ${low} --> ${high}`,
    ...values.map((line) => `  line [${line.map((value) => plain(value ?? worst, decimals)).join(', ')}]`),
    '```',
  ].join('\n');
}

const RANGE_STEP = 5;
/** In a wider one a tenth is less than can be seen, and every digit is paid for hundreds of times. */
const NARROW_RANGE = 20;

/** A range in round numbers with some air on both sides; a line starts at its worst end, if no model is fast enough. */
function accuracyRange(values: readonly number[], metric: AccuracyMetric): readonly [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const low = Math.max(0, Math.floor((least - 1) / RANGE_STEP) * RANGE_STEP);
  const high = Math.ceil((most + 1) / RANGE_STEP) * RANGE_STEP;
  return [low, unitOf(metric) === 'percent' ? Math.min(100, high) : high];
}

/** Plain decimals: Mermaid's grammar has no exponents. */
function plain(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
