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

/** The words of an axis, which are all ours. */
export interface QuadrantAxis {
  /** One at each half, or one at the whole. */
  readonly words: readonly [string, string?];
  /** In the field on the wrong side of the bound; undefined: there is none, and the middle means nothing. */
  readonly beyond: string | undefined;
}

/** A label that shows nothing: an empty one does not parse. */
const NO_LABEL = ' ';
const GREY = '#8b949e';
const FAINT = '#8b949e14';
const GREEN = '#2da44e33';
/** Of a mark's text, a figure, as parts of the plane: its size, and how far below its dot it stands. */
const TEXT = { width: 0.14, height: 0.08, below: 0.075 } as const;

/** The source of a quadrant chart: models by bounds that meet in the middle, above left of which they hold. */
export function quadrantChart(
  dots: readonly Dot[],
  marks: readonly Mark[],
  speed: QuadrantAxis,
  accuracy: QuadrantAxis,
): string {
  const labelled = marks.map((mark, index) =>
    marks.slice(0, index).some((other) => touches(textOf(mark), textOf(other)))
      ? { ...mark, label: NO_LABEL }
      : mark,
  );
  const shown = labelled.filter(({ label }) => label !== NO_LABEL);
  const isFree = (place: Dot) => shown.every((mark) => !touches(textOf(mark), place));
  const others = dots.filter((dot) => isFree(dot) && marks.every((mark) => !isUnder(dot, mark)));
  // The words of the lower quadrants stand right below the middle, where a mark's label may be.
  const hasRoom = [0.12, 0.25, 0.38].every((x) => isFree({ x, y: 0.46 }));
  const [isBySpeed, isByAccuracy] = [speed.beyond !== undefined, accuracy.beyond !== undefined];
  const fields = [
    speed.beyond ?? NO_LABEL,
    isBySpeed ? (isByAccuracy ? 'both hold' : 'fast enough') : NO_LABEL,
    (hasRoom ? accuracy.beyond : undefined) ?? NO_LABEL,
    NO_LABEL,
  ];
  return [
    '```mermaid',
    directive(
      [!isBySpeed, true, !isByAccuracy].map((isGood) =>
        isGood && (isBySpeed || isByAccuracy) ? GREEN : FAINT,
      ),
    ),
    'quadrantChart',
    `  x-axis ${axisWords(speed)}`,
    `  y-axis ${axisWords(accuracy)}`,
    ...fields.map((field, index) => `  quadrant-${index + 1} "${field}"`),
    ...others.map((dot) => pointLine(dot, NO_LABEL)),
    ...labelled.map((mark) => `${pointLine(mark, mark.label)} color: ${mark.colour}, radius: 10`),
    '```',
  ].join('\n');
}

function axisWords({ words }: QuadrantAxis): string {
  return words.map((text) => `"${text}"`).join(' --> ');
}

function pointLine({ x, y }: Dot, label: string): string {
  return `  "${label}": [${x.toFixed(2)}, ${y.toFixed(2)}]`;
}

function textOf({ x, y }: Dot): Dot {
  return { x, y: y - TEXT.below };
}

function touches(one: Dot, other: Dot): boolean {
  return Math.abs(one.x - other.x) < TEXT.width && Math.abs(one.y - other.y) < TEXT.height;
}

function isUnder(dot: Dot, mark: Dot): boolean {
  return Math.abs(dot.x - mark.x) < 0.03 && Math.abs(dot.y - mark.y) < 0.04;
}

/** The fills of the first three fields; in the last one no bound holds, or there is none. */
function directive([first = FAINT, second = FAINT, third = FAINT]: readonly string[]): string {
  return `%%{init: {"quadrantChart": {"chartWidth": 560, "chartHeight": 380, "pointLabelFontSize": 16, "pointTextPadding": 12, "pointRadius": 5, "quadrantLabelFontSize": 16, "quadrantTextTopPadding": 10, "xAxisLabelFontSize": 16, "yAxisLabelFontSize": 16}, "themeVariables": {"quadrant1Fill": "${first}", "quadrant2Fill": "${second}", "quadrant3Fill": "${third}", "quadrant4Fill": "${FAINT}", "quadrantPointFill": "${GREY}", "quadrantInternalBorderStrokeFill": "${GREY}", "quadrantExternalBorderStrokeFill": "${GREY}"}}}%%`;
}
