import { closest, distance } from 'fastest-levenshtein';

/** A word more slips of the hand away than this is another word. */
export const MOST_SLIPS = 2;

/** The one of `choices` that `word` is a slip of; undefined where it is further than `mostSlips` from all of them. */
export function nearestChoice<Choice extends string>(
  word: string,
  choices: readonly Choice[],
  mostSlips = MOST_SLIPS,
): Choice | undefined {
  const nearest = closest(word, [...choices]);
  return choices.find((choice) => choice === nearest && distance(word, choice) <= mostSlips);
}

/** `; did you mean "running"?` where `value` is a slip of one of `choices`, or nothing. */
export function didYouMean(value: string, choices: readonly string[]): string {
  const nearest = nearestChoice(value.toLowerCase(), choices);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
