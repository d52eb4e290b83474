import { type AccuracyMetric, labelOf } from '../../gate/metric.ts';
import { chartNames } from './chart-names.ts';
import { type Dot, FAINT, NO_LABEL, type QuadrantPoint, quadrantSource, TEXT } from './quadrant-source.ts';

/** A model, by its speed and its accuracy. */
export interface MeasuredModel {
  /** From outside. */
  readonly name: string;
  readonly latencyMs: number;
  readonly value: number;
  /** One that stands out has a colour. */
  readonly colour: string | undefined;
}

/** A picture of models by latency and accuracy, and whether it has their places in the order for their names. */
export interface LatencyChart {
  readonly source: string;
  readonly isNumbered: boolean;
}

/**
 * Draws `models`, each with its name below it; with its place in their order where names would stand on each other or be alike.
 * Undefined if even those would, as nobody could tell the models apart then.
 */
export function latencyChart(
  models: readonly MeasuredModel[],
  metric: AccuracyMetric,
): LatencyChart | undefined {
  const x = scaleOf(models.map(({ latencyMs }) => latencyMs));
  const y = scaleOf(models.map(({ value }) => value));
  const places = models.map(({ latencyMs, value }) => ({ x: x(latencyMs), y: y(value) }));
  const names = chartNames(
    models.map(({ name }) => name),
    LONGEST_NAME,
  );
  const numbers = models.map((_, index) => String(index + 1));
  const labels = [...(names === undefined ? [] : [names]), numbers].find((each) => areReadable(places, each));
  if (labels === undefined) return undefined;
  const points = models.map(
    ({ colour }, index): QuadrantPoint => ({
      ...(places[index] ?? { x: 0, y: 0 }),
      label: labels[index] ?? NO_LABEL,
      colour,
    }),
  );
  const source = quadrantSource({
    fields: {
      words: [NO_LABEL, NO_LABEL, NO_LABEL, NO_LABEL],
      fills: [FAINT, FAINT, FAINT, FAINT],
      lines: '#8b949e00',
    },
    x: ['faster', 'slower'],
    y: [`lower ${labelOf(metric)}`, `higher ${labelOf(metric)}`],
    points,
  });
  return { source, isNumbered: labels === numbers };
}

/** Names at the edges have room for their halves, and for themselves below the lowest. */
const EDGES = { from: 0.25, to: 0.75 };
const LONGEST_NAME = 25;

/** All values between the edges of the plane, in the middle if they are one. */
function scaleOf(values: readonly number[]): (value: number) => number {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const { from, to } = EDGES;
  return (value) => (least === greatest ? 0.5 : from + ((to - from) * (value - least)) / (greatest - least));
}

/** Whether every text is free of the others and of the dots. */
function areReadable(places: readonly Dot[], labels: readonly string[]): boolean {
  const texts = places.map(({ x, y }, index) => ({
    x,
    y: y - TEXT.below,
    width: widthOf(labels[index] ?? ''),
  }));
  return texts.every((text, index) => {
    const isOnDot = places.some(
      (dot, other) =>
        other !== index &&
        Math.abs(dot.x - text.x) < text.width / 2 + DOT.x &&
        Math.abs(dot.y - text.y) < TEXT.height / 2 + DOT.y,
    );
    const isOnText = texts
      .slice(index + 1)
      .some(
        (other) =>
          Math.abs(other.x - text.x) < (text.width + other.width) / 2 + GAP &&
          Math.abs(other.y - text.y) < TEXT.height,
      );
    return !isOnDot && !isOnText;
  });
}

/** Half of the largest dot, and what is left free between texts, as parts of the plane. */
const DOT = { x: 0.02, y: 0.03 };
const GAP = 0.02;
const PLANE_PX = 520;
const LETTER_PX = 9;
const WIDE_LETTER_PX = 17;
/** Chinese, Japanese and Korean letters and what is like them. */
const WIDE = /[\u{1100}-\u{11FF}\u{2E80}-\u{D7FF}\u{F900}-\u{FAFF}\u{FF00}-\u{FFEF}\u{1F000}-\u{3FFFF}]/u;

function widthOf(text: string): number {
  const px = [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? WIDE_LETTER_PX : LETTER_PX), 0);
  return px / PLANE_PX;
}
