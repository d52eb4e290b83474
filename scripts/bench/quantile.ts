/** The least of the values that a share of them, 0 to 1, does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? Number.NaN;
}

/** The one in the middle; of an even number of values the lower of both. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
