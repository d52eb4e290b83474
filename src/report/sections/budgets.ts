import { type FrontierPoint, frontierOn } from '../../gate/frontier.ts';
import type { AccuracyMetric } from '../../gate/metric.ts';
import { type Axis, budgetsChart, readableEnd } from '../charts/budgets-chart.ts';
import { MARKDOWN } from '../markdown/voice.ts';
import type { JudgedPage } from '../page/page.ts';
import { shownHardware } from '../page/shown-figures.ts';

/** Colours that stand out from white and dark alike, each with its square for the legend: Mermaid's own is cut off. */
const COLOURS = [
  { hex: '#2f81f7', square: '🟦' },
  { hex: '#d97706', square: '🟧' },
  { hex: '#a855f7', square: '🟪' },
] as const;

interface Frontier {
  readonly hardware: string;
  readonly points: readonly FrontierPoint[];
}

/** Mermaid takes evenly spaced values only. */
const SAMPLES = 40;
/** A point this many times as slow as the one before it would press all others into a corner. */
const FAR_BEHIND = 4;
const LEAST_MS = 0.5;
const MOST_MS = 9_000;

/** The best accuracy within a latency budget, a line for each hardware. Nothing if no line rises. */
export function budgetsPicture(page: JudgedPage): readonly string[] {
  const { metric, candidates } = page;
  if (metric === undefined) return [];
  const frontiers = risingTogether(
    shownHardware(page, candidates).map((hardware) => ({
      hardware,
      points: frontierOn(hardware, candidates, metric),
    })),
  );
  const axis = axisFor(frontiers);
  if (axis === undefined) return [];
  return [chartOf(frontiers, axis, metric), legend(frontiers)];
}

/** Those that still rise where all of them have a model; one that would leave no line to see is not drawn. */
function risingTogether(all: readonly Frontier[]): readonly Frontier[] {
  let kept: readonly Frontier[] = [];
  for (const frontier of all) {
    const more = [...kept, frontier];
    const fromMs = startOf(more);
    if (more.every(({ points }) => (points.at(-1)?.latencyMs ?? 0) > fromMs * 1.2)) kept = more;
  }
  return kept;
}

function startOf(frontiers: readonly Frontier[]): number {
  return Math.max(0, ...frontiers.map(({ points }) => points[0]?.latencyMs ?? 0));
}

function axisFor(frontiers: readonly Frontier[]): Axis | undefined {
  if (frontiers.length === 0) return undefined;
  const fromMs = Math.ceil(startOf(frontiers) * 10) / 10;
  const steps = frontiers
    .flatMap(({ points }) => points.map(({ latencyMs }) => latencyMs))
    .filter((ms) => ms > fromMs)
    .toSorted((a, b) => a - b);
  const gap = steps.findIndex((ms, index) => ms > FAR_BEHIND * (steps[index - 1] ?? fromMs));
  const lastMs = (gap === -1 ? steps : steps.slice(0, gap)).at(-1);
  if (lastMs === undefined || fromMs < LEAST_MS || lastMs > MOST_MS) return undefined;
  return { fromMs, toMs: Number(readableEnd(fromMs, fromMs + (lastMs - fromMs) * 1.05).toFixed(2)) };
}

function chartOf(frontiers: readonly Frontier[], axis: Axis, metric: AccuracyMetric): string {
  const { fromMs, toMs } = axis;
  const budgets = Array.from(
    { length: SAMPLES },
    (_, index) => fromMs + ((toMs - fromMs) * index) / (SAMPLES - 1),
  );
  const lines = frontiers.map(({ points }, index) => ({
    colour: COLOURS[index]?.hex ?? '',
    values: budgets.map((budgetMs) => reachable(points, budgetMs)),
  }));
  return budgetsChart(lines, axis, metric);
}

function reachable(points: readonly FrontierPoint[], budgetMs: number): number {
  return (points.findLast(({ latencyMs }) => latencyMs <= budgetMs) ?? points[0])?.accuracy ?? 0;
}

function legend(frontiers: readonly Frontier[]): string {
  return frontiers
    .map(({ hardware }, index) => `${COLOURS[index]?.square ?? ''} ${MARKDOWN.name(hardware)}`)
    .join(' &nbsp; ');
}
