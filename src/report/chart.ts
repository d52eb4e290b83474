import { type AccuracyMetric, labelOf, lowerIsBetter, unitOf } from '../gate/metric.ts';
import { candidatesOf, type Model, measuredHardware, sameHardware } from '../gate/model.ts';
import { type FrontierPoint, frontierOn } from '../gate/picks.ts';
import { rankingMetric } from '../gate/rank.ts';
import { formatBound } from '../gate/rules.ts';
import type { Judged } from './conclusion.ts';
import { code, folded, leftOutLine, sizeBytes, table } from './markdown.ts';
import { shown } from './numbers.ts';

/**
 * Colours that stand out from white and from GitHub's dark background alike, each with the square that shows it in the
 * legend: Mermaid's xychart has no legend that can be relied on.
 */
const HARDWARE_COLOURS = [
  { hex: '#3b82f6', square: '🟦' },
  { hex: '#d97706', square: '🟧' },
  { hex: '#16a34a', square: '🟩' },
  { hex: '#a855f7', square: '🟪' },
] as const;
const REFERENCE_COLOUR = { hex: '#a0703c', square: '🟫' };
const THRESHOLD_COLOUR = { hex: '#ef4444', square: '🟥' };

/** Mermaid takes evenly spaced values only, so the steps of a frontier are sampled this finely. */
const SAMPLES = 40;

/** One line of the chart: the best accuracy reachable within a latency budget. */
interface Line {
  readonly colour: { readonly hex: string; readonly square: string };
  readonly label: string;
  /** At a latency budget in ms; undefined where no model is that fast. */
  readonly at: (budgetMs: number) => number | undefined;
}

interface Frontier {
  readonly hardware: string;
  readonly points: readonly FrontierPoint[];
}

/**
 * The accuracy/latency frontier as a picture, its legend and its points. Nothing where no frontier has two points to
 * draw a line between, as with fine-tunes, whose latency is not measured.
 */
export function frontierSection(judged: Judged, maxBytes: number): readonly string[] {
  const { models } = judged;
  const candidates = candidatesOf(models);
  const metric = rankingMetric(candidates);
  const frontiers = chartedHardware(judged).map((hardware) => ({
    hardware,
    points: frontierOn(hardware, candidates, metric),
  }));
  const [first] = frontiers;
  if (metric === undefined || first === undefined || frontiers.every(({ points }) => points.length < 2))
    return [];
  const points = frontiers.flatMap((frontier) => frontier.points);
  const axis = latencyAxis(points);
  if (axis.from === axis.to) return [];
  const lines = [
    ...frontiers.map((frontier, index) => hardwareLine(frontier, index)),
    ...stockLines(models, first.hardware, metric),
    ...thresholdLines(judged, metric),
  ];
  const picture = [
    `Best ${labelOf(metric)} reachable within a latency budget:`,
    mermaid(lines, axis, metric),
    legend(lines, judged),
    ...edgeLine(lines, points),
  ];
  const left = maxBytes - sizeBytes(picture.join('\n\n'));
  const content = left < 0 ? [LEFT_OUT] : [...picture, ...pointsTable(frontiers, metric, left)];
  return ['### Accuracy and latency', ...content];
}

const LEFT_OUT =
  "The picture is left out here to keep to GitHub's size limit; all figures are in the results file.";

function legend(lines: readonly Line[], { models }: Judged): string {
  const drawn = lines.map(({ colour, label }) => `${colour.square} ${label}`).join(' &nbsp; ');
  const notDrawn = measuredHardware(candidatesOf(models)).length - HARDWARE_COLOURS.length;
  const more = notDrawn > 0 ? ` &nbsp; and ${notDrawn} more hardware, not drawn` : '';
  return `${drawn}${more}`;
}

/** A line has to begin at the left, also where nothing is that fast. */
function edgeLine(lines: readonly Line[], points: readonly FrontierPoint[]): readonly string[] {
  const fastestMs = points.reduce(
    (least, { latencyMs }) => Math.min(least, latencyMs),
    Number.POSITIVE_INFINITY,
  );
  const begins = lines.every(({ at }) => at(fastestMs) !== undefined);
  return begins ? [] : ['Where a line lies on the edge, no model is that fast.'];
}

/** The targets asked for first, then whatever else was measured; as many as there are colours. */
function chartedHardware({ verdict, models }: Judged): readonly string[] {
  const picked = verdict.picks.flatMap((result) => (result.kind === 'pick' ? [result.pick.hardware] : []));
  const measured = measuredHardware(candidatesOf(models));
  const others = measured.filter((name) => !picked.some((each) => sameHardware(each, name)));
  return [...picked, ...others]
    .filter((name) => measured.some((each) => sameHardware(each, name)))
    .slice(0, HARDWARE_COLOURS.length);
}

function hardwareLine({ hardware, points }: Frontier, index: number): Line {
  return {
    colour: HARDWARE_COLOURS[index] ?? REFERENCE_COLOUR,
    label: code(hardware),
    at: (budgetMs) => reachable(points, budgetMs),
  };
}

/** The stock models that an architecture search trains beside its own, on the first hardware. */
function stockLines(models: readonly Model[], hardware: string, metric: AccuracyMetric): readonly Line[] {
  const points = frontierOn(
    hardware,
    models.filter(({ family, finished }) => family === 'baseline' && finished),
    metric,
  );
  if (points.length === 0) return [];
  return [
    {
      colour: REFERENCE_COLOUR,
      label: `stock models on ${code(hardware)}`,
      at: (budgetMs) => reachable(points, budgetMs),
    },
  ];
}

/** The bounds that rules set on the accuracy of the chart, the highest only: lines on lines tell nothing. */
function thresholdLines({ verdict }: Judged, metric: AccuracyMetric): readonly Line[] {
  const judged = verdict.rules.flatMap((result) =>
    result.rule.metric === metric && result.state !== 'unknown' ? [result] : [],
  );
  const [tightest] = judged.sort((a, b) => (lowerIsBetter(metric) ? a.bound - b.bound : b.bound - a.bound));
  if (tightest === undefined) return [];
  const { rule, bound } = tightest;
  const origin = rule.bound.kind === 'baseline' ? ` (${formatBound(rule)})` : '';
  return [{ colour: THRESHOLD_COLOUR, label: `threshold ${shown(bound, metric)}${origin}`, at: () => bound }];
}

function reachable(points: readonly FrontierPoint[], budgetMs: number): number | undefined {
  return points.findLast(({ latencyMs }) => latencyMs <= budgetMs)?.accuracy;
}

/** The budgets that are drawn, and their ends as Mermaid reads them. */
interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: string;
  readonly to: string;
}

function latencyAxis(points: readonly FrontierPoint[]): Axis {
  const latencies = points.map(({ latencyMs }) => latencyMs);
  const fromMs = latencies.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  const toMs = latencies.reduce((most, ms) => Math.max(most, ms), 0) * 1.05;
  return { fromMs, toMs, from: plain(fromMs, 6), to: plain(toMs, 6) };
}

function mermaid(lines: readonly Line[], { fromMs, toMs, from, to }: Axis, metric: AccuracyMetric): string {
  const budgets = Array.from(
    { length: SAMPLES },
    (_, index) => fromMs + ((toMs - fromMs) * index) / (SAMPLES - 1),
  );
  const values = lines.map(({ at }) => budgets.map(at));
  const [low, high] = accuracyRange(
    values.flat().filter((value) => value !== undefined),
    metric,
  );
  const worst = lowerIsBetter(metric) ? high : low;
  const palette = lines.map(({ colour }) => colour.hex).join(', ');
  const unit = unitOf(metric) === 'percent' ? ' in %' : '';
  return [
    '```mermaid',
    `%%{init: {"xyChart": {"width": 800, "height": 380}, "themeVariables": {"xyChart": {"backgroundColor": "transparent", "plotColorPalette": "${palette}"}}}}%%`,
    'xychart-beta',
    `  x-axis "Latency budget in ms" ${from} --> ${to}`,
    `  y-axis "${labelOf(metric)}${unit}" ${low} --> ${high}`,
    ...values.map((line) => `  line [${line.map((value) => plain(value ?? worst, 3)).join(', ')}]`),
    '```',
  ].join('\n');
}

const RANGE_STEP = 5;

/** A range in round numbers with some air on both sides; a line starts at its worst end, where no model is fast enough. */
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

function pointsTable(
  frontiers: readonly Frontier[],
  metric: AccuracyMetric,
  maxBytes: number,
): readonly string[] {
  const rows = frontiers.flatMap(({ hardware, points }) =>
    points.map(({ model, latencyMs, accuracy }) => [
      code(hardware),
      shown(latencyMs, 'latency'),
      shown(accuracy, metric),
      code(model.id),
    ]),
  );
  const { text, leftOut } = table(
    ['Hardware', 'Latency', labelOf(metric), 'Model'],
    rows,
    ['l', 'r', 'r', 'l'],
    maxBytes,
  );
  return [folded('The points of the lines', [...text, ...leftOutLine(leftOut, 'points')].join('\n\n'))];
}
