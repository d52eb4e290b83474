import {
  type Dot,
  FAINT,
  GREY,
  NO_LABEL,
  type QuadrantPoint,
  quadrantSource,
  TEXT,
} from './quadrant-source.ts';

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

/** The width of a mark's text, a figure, as a part of the plane. */
const WIDTH = 0.14;
const GREEN = '#2da44e33';

/** Models by two bounds that meet in the middle, in the field above left of which both hold. */
export function quadrantChart(dots: readonly Dot[], marks: readonly Mark[], words: QuadrantWords): string {
  const labelled: readonly QuadrantPoint[] = marks.map((mark, index) =>
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
  return quadrantSource({
    fields: {
      words: ['too slow', words.good, inaccurate ? 'too inaccurate' : NO_LABEL, NO_LABEL],
      fills: [FAINT, GREEN, FAINT, FAINT],
      lines: GREY,
    },
    x: [words.fast, 'slower'],
    y: [words.inaccurate, words.accurate],
    points: [...others.map(({ x, y }) => ({ x, y, label: NO_LABEL })), ...labelled],
  });
}

function labelOf({ x, y }: Dot): Dot {
  return { x, y: y - TEXT.below };
}

function touches(one: Dot, other: Dot): boolean {
  return Math.abs(one.x - other.x) < WIDTH && Math.abs(one.y - other.y) < TEXT.height;
}

function isUnder(dot: Dot, mark: Mark): boolean {
  return Math.abs(dot.x - mark.x) < 0.03 && Math.abs(dot.y - mark.y) < 0.04;
}
