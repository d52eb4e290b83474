import { closest, distance } from 'fastest-levenshtein';

/** A word more slips away than this is another word. */
const MOST_SLIPS = 2;

/** `; did you mean "running"?` where `value` is a slip of one of `choices`, or nothing. */
export function choiceHint(value: string, choices: readonly string[]): string {
  const nearest = closest(value.toLowerCase(), [...choices]);
  return distance(value.toLowerCase(), nearest) <= MOST_SLIPS ? `; did you mean "${nearest}"?` : '';
}
