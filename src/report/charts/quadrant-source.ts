/** A place in the plane: 0 to 1 from left to right and from below to above. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** A dot with a text below it. One with a colour stands out. */
export interface QuadrantPoint extends Dot {
  readonly label: string;
  readonly colour?: string | undefined;
}

/** The four fields, from above right against the clock, and the lines between them. */
interface Fields {
  readonly words: readonly [string, string, string, string];
  readonly fills: readonly [string, string, string, string];
  readonly lines: string;
}

/** What a quadrant chart consists of. Its words are ours, and those of labels mean nothing to Mermaid. */
export interface QuadrantParts {
  readonly fields: Fields;
  readonly x: readonly [from: string, to: string];
  readonly y: readonly [from: string, to: string];
  readonly points: readonly QuadrantPoint[];
}

/** A label that shows nothing: an empty one does not parse. */
export const NO_LABEL = ' ';
export const GREY = '#8b949e';
/** The fill of a field that is neither good nor bad. */
export const FAINT = '#8b949e14';

/** How far below its dot a text stands, and how high it is, as parts of the plane. */
export const TEXT = { below: 0.075, height: 0.08 } as const;

/** The source of a quadrant chart as a Markdown code block, which GitHub draws. */
export function quadrantSource({ fields, x, y, points }: QuadrantParts): string {
  return [
    '```mermaid',
    directive(fields),
    'quadrantChart',
    `  x-axis "${x[0]}" --> "${x[1]}"`,
    `  y-axis "${y[0]}" --> "${y[1]}"`,
    ...fields.words.map((words, index) => `  quadrant-${index + 1} "${words}"`),
    ...points.map(lineOf),
    '```',
  ].join('\n');
}

function lineOf({ x, y, label, colour }: QuadrantPoint): string {
  const look = colour === undefined ? '' : ` color: ${colour}, radius: 10`;
  return `  "${label}": [${x.toFixed(2)}, ${y.toFixed(2)}]${look}`;
}

function directive({ fills, lines }: Fields): string {
  const fillOfEach = fills.map((fill, index) => `"quadrant${index + 1}Fill": "${fill}"`).join(', ');
  return `%%{init: {"quadrantChart": {"chartWidth": 560, "chartHeight": 380, "pointLabelFontSize": 16, "pointTextPadding": 12, "pointRadius": 5, "quadrantLabelFontSize": 16, "quadrantTextTopPadding": 10, "xAxisLabelFontSize": 16, "yAxisLabelFontSize": 16}, "themeVariables": {${fillOfEach}, "quadrantPointFill": "${GREY}", "quadrantInternalBorderStrokeFill": "${lines}", "quadrantExternalBorderStrokeFill": "${GREY}"}}}%%`;
}
