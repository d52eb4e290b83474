import parse from 'parse-duration';

/** Whole or decimal numbers, each with its unit, with nothing but spaces in between: `90s`, `5h30m`. */
const DURATION = /^(?:\d{1,9}(?:\.\d{1,3})?\s*(?:ms|s|m|h|d)\s*)+$/i;

/** Longer than any workflow job may run (5 days: docs/internals/github.md#limits), and short enough for Node's timers. */
export const LONGEST_DURATION_MS = 24 * 24 * 60 * 60_000;

/** Milliseconds of a duration such as `500ms`, `90s`, `15m` or `5h30m`; undefined if `text` is none. */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text.trim())) return undefined;
  return parse(text) ?? 0;
}

/** `ms` for people, only as exact as a reader needs: `1 h 12 min`, `25 min`, `4 min 5 s`, `12 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 600) return twoUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
