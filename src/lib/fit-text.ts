/** `text` itself, or its first `longest` characters and `...`. */
export function clipped(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** `text` with the characters that a commit status can have: others are told by their number (docs/internals/github.md#commit-statuses). */
export function basicCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\u{10000}-\u{10FFFF}]/gu,
      (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`,
    );
}

/** `a, b and 3 more`: as many `names` as a sentence has room for. */
export function listed(names: readonly (string | number)[], most = 20): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
