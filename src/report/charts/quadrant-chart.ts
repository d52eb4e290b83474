/** A place in the plane: 0 to 1 from left to right and from below to above. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** A dot that stands out, with a text below it. */
export interface Mark extends Dot {
  readonly label: string;
  readonly colour: string;
}

/** What is drawn on each side of the middle. */
export type Halves = readonly [low: string, high: string];

/** A label that shows nothing: an empty one does not parse. */
const NO_LABEL = ' ';
const GREY = '#8b949e';
const FAINT = '#8b949e14';
const GREEN = '#2da44e33';
/** Of a mark's text, two figures, as parts of the plane: its size, and how far below its dot it stands. */
const TEXT = { width: 0.26, height: 0.08, below: 0.075 } as const;

/**
 * The source of a quadrant chart: models by speed, with the limit in the middle, and by accuracy: with a bound in the middle too, or
 * by `accuracy` as a whole, so that there are two fields.
 */
export function quadrantChart(
  dots: readonly Dot[],
  marks: readonly Mark[],
  speed: Halves,
  accuracy: Halves | string,
): string {
  const labelled = marks.map((mark, index) =>
    marks.slice(0, index).some((other) => touches(textOf(mark), textOf(other), TEXT.width))
      ? { ...mark, label: NO_LABEL }
      : mark,
  );
  const shown = labelled.filter(({ label }) => label !== NO_LABEL);
  const isFree = (place: Dot) => shown.every((mark) => !touches(textOf(mark), place, 0.6 * TEXT.width));
  const others = dots.filter((dot) => isFree(dot) && marks.every((mark) => !isUnder(dot, mark)));
  const hasTwoFields = typeof accuracy === 'string';
  // The words of the lower quadrants stand right below the middle, where a mark's label may be.
  const hasRoom = !hasTwoFields && [0.12, 0.25, 0.38].every((x) => isFree({ x, y: 0.46 }));
  const fields = [
    'too slow',
    hasTwoFields ? 'fast enough' : 'both hold',
    hasRoom ? 'too inaccurate' : NO_LABEL,
  ];
  return [
    '```mermaid',
    directive(hasTwoFields ? GREEN : FAINT),
    'quadrantChart',
    `  x-axis ${axisWords(speed)}`,
    `  y-axis ${axisWords(hasTwoFields ? [accuracy] : accuracy)}`,
    ...[...fields, NO_LABEL].map((field, index) => `  quadrant-${index + 1} "${field}"`),
    ...others.map((dot) => pointLine(dot, NO_LABEL)),
    ...labelled.map((mark) => `${pointLine(mark, mark.label)} color: ${mark.colour}, radius: 10`),
    '```',
  ].join('\n');
}

function axisWords(words: readonly string[]): string {
  return words.map((text) => `"${text}"`).join(' --> ');
}

function pointLine({ x, y }: Dot, label: string): string {
  return `  "${label}": [${x.toFixed(2)}, ${y.toFixed(2)}]`;
}

function textOf({ x, y }: Dot): Dot {
  return { x, y: y - TEXT.below };
}

function touches(one: Dot, other: Dot, width: number): boolean {
  return Math.abs(one.x - other.x) < width && Math.abs(one.y - other.y) < TEXT.height;
}

function isUnder(dot: Dot, mark: Dot): boolean {
  return Math.abs(dot.x - mark.x) < 0.03 && Math.abs(dot.y - mark.y) < 0.04;
}

/** The upper left field is good, and the one below it if there is no bound on accuracy. */
function directive(lowerLeft: string): string {
  return `%%{init: {"quadrantChart": {"chartWidth": 560, "chartHeight": 380, "pointLabelFontSize": 16, "pointTextPadding": 12, "pointRadius": 5, "quadrantLabelFontSize": 16, "quadrantTextTopPadding": 10, "xAxisLabelFontSize": 16, "yAxisLabelFontSize": 16}, "themeVariables": {"quadrant1Fill": "${FAINT}", "quadrant2Fill": "${GREEN}", "quadrant3Fill": "${lowerLeft}", "quadrant4Fill": "${FAINT}", "quadrantPointFill": "${GREY}", "quadrantInternalBorderStrokeFill": "${GREY}", "quadrantExternalBorderStrokeFill": "${GREY}"}}}%%`;
}
