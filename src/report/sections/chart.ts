import { frontierOn } from '../../gate/frontier.ts';
import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { candidatesOf } from '../../gate/model.ts';
import { headlineMetric } from '../../gate/rank.ts';
import type { Judged } from '../conclusion.ts';
import { shownHardware, targetFor } from '../text/hardware.ts';
import { code, folded, leftOutLine, sizeBytes, table } from '../text/markdown.ts';
import { type Axis, type Line, latencyAxis, mermaid } from '../text/mermaid.ts';
import { shown } from '../text/numbers.ts';
import { type Page, shortId } from '../text/page.ts';
import { type Frontier, frontierLines, isThreshold, thresholdLines } from './chart-lines.ts';

/**
 * The accuracy/latency frontier as a picture, its legend and its points. Nothing where no frontier has two points to
 * draw a line between, as with fine-tunes, whose latency is not measured.
 */
export function frontierSection(judged: Judged, page: Page, maxBytes: number): readonly string[] {
  const metric = headlineMetric(judged.models);
  if (metric === undefined) return [];
  const frontiers = frontiersOf(judged, metric);
  const axis = axisFor(frontiers, judged);
  if (axis === undefined) return [];
  const drawn = frontiers.filter(({ points }) => points.some(({ latencyMs }) => latencyMs <= axis.toMs));
  const names = drawn.flatMap(({ hardware, isStock }) => (isStock ? [] : [hardware]));
  const lines = [...frontierLines(drawn, judged, metric), ...thresholdLines(judged, metric, names)];
  const picture = [
    `Best ${labelOf(metric)} reachable within a latency budget:`,
    mermaid(lines, axis, metric),
    legend(lines, notDrawn(judged, names)),
    ...notes([
      edgeNote(lines, axis),
      beyondNote(frontiers, axis, metric),
      otherThresholdsNote(judged, metric),
    ]),
  ];
  const left = maxBytes - sizeBytes(picture.join('\n\n'));
  const leftOut = `The picture is left out here to keep to GitHub's size limit; all figures are in ${page.wholeAt}.`;
  const content = left < 0 ? [leftOut] : [...picture, ...pointsTable(frontiers, metric, page, left)];
  return ['### Accuracy and latency', ...content];
}

/** One for each hardware, and that of the stock models on the first of them, as far as they have points. */
function frontiersOf(judged: Judged, metric: AccuracyMetric): readonly Frontier[] {
  const { models } = judged;
  const candidates = candidatesOf(models);
  const stock = models.filter(({ family, finished }) => family === 'stock' && finished);
  const own = shownHardware(judged, candidates)
    .names.map((hardware) => ({
      hardware,
      isStock: false,
      points: frontierOn(hardware, candidates, metric),
    }))
    .filter(({ points }) => points.length > 0);
  const beside = own
    .slice(0, 1)
    .map(({ hardware }) => ({ hardware, isStock: true, points: frontierOn(hardware, stock, metric) }))
    .filter(({ points }) => points.length > 0);
  return [...own, ...beside];
}

/** A point this many times as slow as the one before it would press all others into a corner. */
const FAR_BEHIND = 10;

/**
 * From the fastest model to the last step, but for steps far behind all others. The first line is seen to rise, and so is
 * that of every hardware that was asked for.
 */
function axisFor(frontiers: readonly Frontier[], { verdict, targetsGiven }: Judged): Axis | undefined {
  const own = frontiers.filter(({ isStock }) => !isStock);
  const rising = own.find(({ points }) => points.length > 1);
  if (rising === undefined) return undefined;
  const asked = targetsGiven
    ? own.filter(({ hardware }) => targetFor(hardware, verdict.picks) !== undefined)
    : [];
  const leastMs = [rising, ...asked].reduce(
    (most, { points }) => Math.max(most, (points[1] ?? points[0])?.latencyMs ?? 0),
    0,
  );
  const all = own.flatMap(({ points }) => points.map(({ latencyMs }) => latencyMs)).toSorted((a, b) => a - b);
  const gap = all.findIndex((ms, index) => ms > leastMs && ms > FAR_BEHIND * (all[index - 1] ?? ms));
  const [first = 0] = all;
  return latencyAxis(first, (gap === -1 ? all : all.slice(0, gap)).at(-1) ?? first);
}

/** How many kinds of hardware were measured beside those with these names. */
function notDrawn(judged: Judged, names: readonly string[]): number {
  const { names: shownNames, more } = shownHardware(judged, candidatesOf(judged.models));
  return shownNames.length + more - names.length;
}

function legend(lines: readonly Line[], more: number): string {
  const drawn = lines.map(({ colour, label }) => `${colour.square} ${label}`).join(' &nbsp; ');
  return `${drawn}${more > 0 ? ` &nbsp; and ${more} more hardware, not drawn` : ''}`;
}

function notes(each: readonly (string | undefined)[]): readonly string[] {
  const said = each.filter((note) => note !== undefined);
  return said.length === 0 ? [] : [said.join(' ')];
}

/** A line has to begin at the left, also where nothing is that fast. */
function edgeNote(lines: readonly Line[], { fromMs }: Axis): string | undefined {
  const begins = lines.every(({ at }) => at(fromMs) !== undefined);
  return begins ? undefined : 'Where a line runs along the edge of the picture, no model is that fast.';
}

/** What the picture does not show of the lines, since it ends before. */
function beyondNote(
  frontiers: readonly Frontier[],
  { toMs }: Axis,
  metric: AccuracyMetric,
): string | undefined {
  const beyond = frontiers.flatMap(({ hardware, points }) =>
    points.filter(({ latencyMs }) => latencyMs > toMs).map((point) => ({ hardware, ...point })),
  );
  const last = beyond.at(-1);
  if (last === undefined) return undefined;
  const count = beyond.length === 1 ? 'One slower point is' : `${beyond.length} slower points are`;
  const example = `${shown(last.accuracy, metric)} at ${shown(last.latencyMs, 'latency')} on ${code(last.hardware)}`;
  return `${count} not drawn, such as ${example}; the table has all.`;
}

function otherThresholdsNote({ verdict }: Judged, metric: AccuracyMetric): string | undefined {
  const others = verdict.rules.flatMap(({ rule, bound }) =>
    bound !== undefined &&
    rule.severity === 'fail' &&
    rule.metric !== 'latency' &&
    rule.metric !== metric &&
    isThreshold(rule)
      ? [labelOf(rule.metric)]
      : [],
  );
  if (others.length === 0) return undefined;
  return `Thresholds on ${[...new Set(others)].join(', ')} are not drawn, since the axis is ${labelOf(metric)}.`;
}

function pointsTable(
  frontiers: readonly Frontier[],
  metric: AccuracyMetric,
  page: Page,
  maxBytes: number,
): readonly string[] {
  const rows = frontiers.flatMap(({ hardware, isStock, points }) =>
    points.map(({ model, latencyMs, accuracy }) => [
      code(hardware),
      shown(latencyMs, 'latency'),
      shown(accuracy, metric),
      `${shortId(model.id, page)}${isStock ? ', stock' : ''}`,
    ]),
  );
  const { text, leftOut } = table(
    ['Hardware', 'Latency', labelOf(metric), 'Model'],
    rows,
    ['l', 'r', 'r', 'l'],
    maxBytes,
  );
  const content = [...text, ...leftOutLine(leftOut, 'points', page.wholeAt)];
  return [folded('The points of the lines', content.join('\n\n'))];
}
