import { closest, distance } from 'fastest-levenshtein';

/** With more typos than this, a word is another word. */
export const MAX_TYPOS = 2;

/** The one of `choices` that is closest to `word`, undefined if all of them differ by more than `maxTypos` letters. */
export function nearestChoice<Choice extends string>(
  word: string,
  choices: readonly Choice[],
  maxTypos = MAX_TYPOS,
): Choice | undefined {
  const nearest = closest(word, [...choices]);
  return choices.find((choice) => choice === nearest && distance(word, choice) <= maxTypos);
}

/** `; did you mean "running"?` if `value` looks like one of `choices` with a typo, otherwise an empty text. */
export function didYouMean(value: string, choices: readonly string[]): string {
  const nearest = nearestChoice(value.toLowerCase(), choices);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
