/** Spans in which the marks of an axis are neither crowded nor few: 7 to 10 steps of 1, 2 or 5. */
const READABLE_SPANS = [
  [1.5, 2],
  [3.3, 5],
  [7.5, 10],
] as const;

/** The least span of that kind that is no smaller than `span`. */
function readableSpan(span: number): number {
  const scale = 10 ** Math.floor(Math.log10(span));
  const digits = span / scale;
  const [least] = READABLE_SPANS.find(([, most]) => digits <= most) ?? [10];
  return Math.max(digits, least) * scale;
}

/** The label of a mark at the very end of an axis is cut. */
const ROOM_AT_THE_END = 0.03;

/** The end of an axis of marks that can be read, from `from` to at least `to`, with room for the last label. */
export function readableEnd(from: number, to: number): number {
  const span = readableSpan(to - from);
  const end = from + span;
  const scale = 10 ** Math.floor(Math.log10(span));
  const step = scale * (STEPS.find(([most]) => span / scale <= most)?.[1] ?? 1);
  return end % step < span * ROOM_AT_THE_END ? end + span * ROOM_AT_THE_END : end;
}

/** The distance of the marks for spans up to so many, as Mermaid chooses it. */
const STEPS = [
  [2, 0.2],
  [5, 0.5],
] as const;

const LEAST_SPAN = 2;

/** A range with air on both sides, not below 0 nor above `most`. */
export function readableRange(least: number, greatest: number, most: number): readonly [number, number] {
  const span = readableSpan(Math.max(LEAST_SPAN, (greatest - least) * 1.2));
  const middle = (least + greatest) / 2;
  const low = Math.max(0, Math.min(middle - span / 2, most - span));
  const places = span < 10 ? 1 : 0;
  const whole = Number(low.toFixed(places));
  return [whole, Number((whole + span).toFixed(places))];
}
