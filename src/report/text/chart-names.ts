import { clipped } from '../../lib/clip.ts';

const LONGEST_NAME = 20;

/** A name from outside as a label of a picture: only what means nothing to Mermaid. */
export function chartName(name: string): string {
  return clipped(name.replace(/[^\p{L}\p{N}._ -]+/gu, ' ').trim(), LONGEST_NAME);
}

/** The same for several, whose labels must differ: names that are alike have their places in front. */
export function chartNames(names: readonly string[]): readonly string[] {
  const labels = names.map(chartName);
  const isEachOnce = new Set(labels).size === labels.length && !labels.includes('');
  return isEachOnce ? labels : labels.map((label, index) => `${index + 1}. ${label}`.trim());
}
