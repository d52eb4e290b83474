/** `value` without the noise of binary fractions, as in 73.1 - 80. Nine decimals are more than any figure here has. */
export function withoutFloatNoise(value: number): number {
  return Number(value.toFixed(9));
}

/** A fraction as percent, without the noise that binary fractions leave behind: 0.8 -> 80. */
export function percentOf(fraction: number): number {
  return Number((fraction * 100).toFixed(4));
}
