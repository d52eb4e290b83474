import { clipped } from '../../lib/clip.ts';

/**
 * Names from outside as labels of a picture; undefined if some would be alike, or say nothing.
 * @param longest how many characters of a name are shown
 */
export function chartNames(names: readonly string[], longest: number): readonly string[] | undefined {
  const labels = names.map((name) => chartName(name, longest));
  return new Set(labels).size === labels.length && !labels.includes('') ? labels : undefined;
}

/** The same with their places in front. */
export function numberedNames(names: readonly string[], longest: number): readonly string[] {
  return names.map((name, index) => `${index + 1}. ${chartName(name, longest)}`.trim());
}

/** Only what means nothing to Mermaid. */
function chartName(name: string, longest: number): string {
  return clipped(name.replace(/[^\p{L}\p{N}._ -]+/gu, ' ').trim(), longest);
}
