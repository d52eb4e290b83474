/** `text` itself, or its first `longest` characters and `...`. */
export function clipped(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
