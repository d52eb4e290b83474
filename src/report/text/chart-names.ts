import { clipped } from '../../lib/clip.ts';

/**
 * Names from outside as labels of a picture, each another: those that are alike have their places in front.
 * @param longest how many characters of a name are shown
 */
export function chartNames(names: readonly string[], longest: number): readonly string[] {
  const labels = names.map((name) => chartName(name, longest));
  const isEachOnce = new Set(labels).size === labels.length && !labels.includes('');
  return isEachOnce ? labels : labels.map((label, index) => `${index + 1}. ${label}`.trim());
}

/** Only what means nothing to Mermaid. */
function chartName(name: string, longest: number): string {
  return clipped(name.replace(/[^\p{L}\p{N}._ -]+/gu, ' ').trim(), longest);
}
