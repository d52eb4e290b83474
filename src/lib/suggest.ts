import { distance } from 'fastest-levenshtein';

/** With more typos than this, a word is another word. */
export const MAX_TYPOS = 2;

/** The one of `choices` that is closest to `word`, whatever their case; undefined if all of them differ by more than `maxTypos` letters. */
export function nearestChoice<Choice extends string>(
  word: string,
  choices: readonly Choice[],
  maxTypos = MAX_TYPOS,
): Choice | undefined {
  const lowered = word.toLowerCase();
  const [nearest] = choices
    .map((choice) => ({ choice, typos: distance(lowered, choice.toLowerCase()) }))
    .filter(({ typos }) => typos <= maxTypos)
    .sort((one, other) => one.typos - other.typos);
  return nearest?.choice;
}

/** `; did you mean "running"?` if `value` looks like one of `choices` with a typo, otherwise an empty text. */
export function didYouMean(value: string, choices: readonly string[], maxTypos = MAX_TYPOS): string {
  const nearest = nearestChoice(value, choices, maxTypos);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
