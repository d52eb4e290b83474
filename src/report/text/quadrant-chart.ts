const DIRECTIVE =
  '%%{init: {"quadrantChart": {"chartWidth": 560, "chartHeight": 380, "pointLabelFontSize": 16, "pointTextPadding": 12, "pointRadius": 5, "quadrantLabelFontSize": 16, "quadrantTextTopPadding": 10, "xAxisLabelFontSize": 16, "yAxisLabelFontSize": 16}, "themeVariables": {"quadrant1Fill": "#8b949e14", "quadrant2Fill": "#2da44e33", "quadrant3Fill": "#8b949e14", "quadrant4Fill": "#8b949e14", "quadrantPointFill": "#8b949e", "quadrantInternalBorderStrokeFill": "#8b949e", "quadrantExternalBorderStrokeFill": "#8b949e"}}}%%';

/** A label that shows nothing: an empty one does not parse. */
const NO_LABEL = ' ';

/** A model in the plane: 0 to 1 from left to right and from below to above; both bounds are at 0.5. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** A dot that stands out. */
export interface Mark extends Dot {
  readonly label: string;
  readonly colour: string;
}

/** The words of the picture, which are all ours. */
export interface QuadrantWords {
  readonly fast: string;
  readonly accurate: string;
  readonly inaccurate: string;
  readonly good: string;
}

/** Where the text of a mark stands, below its dot, as parts of the plane. */
const LABEL = { below: 0.075, width: 0.14, height: 0.08 };

/** The source of a quadrant chart as a Markdown code block, which GitHub draws. */
export function quadrantChart(dots: readonly Dot[], marks: readonly Mark[], words: QuadrantWords): string {
  const labelled = marks.map((mark, index) =>
    marks.slice(0, index).some((other) => touches(labelOf(mark), labelOf(other)))
      ? { ...mark, label: NO_LABEL }
      : mark,
  );
  const shown = labelled.filter(({ label }) => label !== NO_LABEL);
  const isFree = (place: Dot) => shown.every((mark) => !touches(labelOf(mark), place));
  const others = dots.filter((dot) => isFree(dot) && marks.every((mark) => !isUnder(dot, mark)));
  // The words of the lower quadrants stand right below the middle, where a mark's label may be.
  const inaccurate =
    isFree({ x: 0.25, y: 0.46 }) && isFree({ x: 0.12, y: 0.46 }) && isFree({ x: 0.38, y: 0.46 });
  return [
    '```mermaid',
    DIRECTIVE,
    'quadrantChart',
    `  x-axis "${words.fast}" --> "slower"`,
    `  y-axis "${words.inaccurate}" --> "${words.accurate}"`,
    '  quadrant-1 "too slow"',
    `  quadrant-2 "${words.good}"`,
    `  quadrant-3 "${inaccurate ? 'too inaccurate' : NO_LABEL}"`,
    `  quadrant-4 "${NO_LABEL}"`,
    ...others.map(({ x, y }) => `  "${NO_LABEL}": [${x.toFixed(2)}, ${y.toFixed(2)}]`),
    ...labelled.map(
      ({ x, y, label, colour }) =>
        `  "${label}": [${x.toFixed(2)}, ${y.toFixed(2)}] color: ${colour}, radius: 10`,
    ),
    '```',
  ].join('\n');
}

function labelOf({ x, y }: Dot): Dot {
  return { x, y: y - LABEL.below };
}

function touches(one: Dot, other: Dot): boolean {
  return Math.abs(one.x - other.x) < LABEL.width && Math.abs(one.y - other.y) < LABEL.height;
}

function isUnder(dot: Dot, mark: Mark): boolean {
  return Math.abs(dot.x - mark.x) < 0.03 && Math.abs(dot.y - mark.y) < 0.04;
}
