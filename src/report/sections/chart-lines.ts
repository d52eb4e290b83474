import type { FrontierPoint } from '../../gate/frontier.ts';
import { type AccuracyMetric, lowerIsBetter } from '../../gate/metric.ts';
import { sameHardware } from '../../gate/model.ts';
import { formatBound, isUpperBound, type Rule } from '../../gate/rules.ts';
import type { Judged } from '../conclusion.ts';
import { targetFor } from '../text/hardware.ts';
import { code } from '../text/markdown.ts';
import type { Line } from '../text/mermaid.ts';
import { shown } from '../text/numbers.ts';

/** What models reach on one hardware. */
export interface Frontier {
  readonly hardware: string;
  /** Of the stock models, and not of those that can be picked. */
  readonly isStock: boolean;
  readonly points: readonly FrontierPoint[];
}

/**
 * Colours that stand out from white and from GitHub's dark background alike and are told apart by most eyes, each with
 * the square that shows it in the legend: Mermaid's xychart has no legend that can be relied on.
 */
const HARDWARE_COLOURS = [
  { hex: '#3b82f6', square: '🟦' },
  { hex: '#d97706', square: '🟧' },
  { hex: '#16a34a', square: '🟩' },
  { hex: '#a855f7', square: '🟪' },
] as const;
const STOCK_COLOUR = { hex: '#808080', square: '⬜' };
const THRESHOLD_COLOUR = { hex: '#e11d48', square: '🟥' };

/** The lines of `frontiers`: the best value of `metric` reachable within a latency budget. */
export function frontierLines(
  frontiers: readonly Frontier[],
  { verdict }: Pick<Judged, 'verdict'>,
  metric: AccuracyMetric,
): readonly Line[] {
  return frontiers.map(({ hardware, isStock, points }, index) => ({
    colour: isStock ? STOCK_COLOUR : (HARDWARE_COLOURS[index] ?? STOCK_COLOUR),
    label: isStock
      ? `stock models on ${code(hardware)}`
      : `${code(hardware)}${withinBudget(hardware, points, verdict.picks, metric)}`,
    at: (budgetMs) => reachable(points, budgetMs),
  }));
}

/** `, 70.8 % within 5 ms`: what the line comes to at the budget that was asked for. */
function withinBudget(
  hardware: string,
  points: readonly FrontierPoint[],
  picks: Judged['verdict']['picks'],
  metric: AccuracyMetric,
): string {
  const budgetMs = targetFor(hardware, picks)?.budgetMs;
  if (budgetMs === undefined) return '';
  const value = reachable(points, budgetMs);
  return `, ${value === undefined ? 'none' : shown(value, metric)} within ${budgetMs} ms`;
}

function reachable(points: readonly FrontierPoint[], budgetMs: number): number | undefined {
  return points.findLast(({ latencyMs }) => latencyMs <= budgetMs)?.accuracy;
}

/** Whether a rule asks a model to be at least this good, and does not just rule out what is too good to be true. */
export function isThreshold({ metric, comparison }: Rule): boolean {
  return isUpperBound(comparison) === lowerIsBetter(metric);
}

interface Threshold {
  readonly rule: Rule;
  readonly bound: number;
  /** As the chart spells it; undefined for the headline model. */
  readonly hardware: string | undefined;
}

/**
 * What rules ask of `metric`: the tightest bound for the headline model, and for each hardware in `drawn`. Those that only
 * warn are drawn where no other is.
 */
export function thresholdLines(
  { verdict }: Pick<Judged, 'verdict'>,
  metric: AccuracyMetric,
  drawn: readonly string[],
): readonly Line[] {
  const thresholds = verdict.rules.flatMap(({ rule, bound }): readonly Threshold[] => {
    if (rule.metric !== metric || bound === undefined || !isThreshold(rule)) return [];
    const name = rule.hardware;
    if (name === undefined) return [{ rule, bound, hardware: undefined }];
    const hardware = drawn.find((each) => sameHardware(each, name));
    return hardware === undefined ? [] : [{ rule, bound, hardware }];
  });
  const binding = thresholds.filter(({ rule }) => rule.severity === 'fail');
  const counting = binding.length > 0 ? binding : thresholds;
  const tightestFirst = counting.toSorted((a, b) =>
    lowerIsBetter(metric) ? a.bound - b.bound : b.bound - a.bound,
  );
  return [undefined, ...drawn].flatMap((hardware) => {
    const tightest = tightestFirst.find((each) => each.hardware === hardware);
    return tightest ? [thresholdLine(tightest, metric)] : [];
  });
}

function thresholdLine({ rule, bound, hardware }: Threshold, metric: AccuracyMetric): Line {
  const name = rule.severity === 'warn' ? 'warning threshold' : 'threshold';
  const on = hardware === undefined ? '' : ` for ${code(hardware)}`;
  const origin = rule.bound.kind === 'baseline' ? ` (${formatBound(rule)})` : '';
  return {
    colour: THRESHOLD_COLOUR,
    label: `${name}${on} ${shown(bound, metric)}${origin}`,
    at: () => bound,
  };
}
