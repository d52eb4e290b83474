/** The limits of an interval, as fractions: of a value 0 to 1, of a difference −1 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How many standard errors a 95 % interval reaches to each side. */
const Z_95 = 1.96;

/** The same, if 5 % are shared by `count` intervals that shall all be right (Bonferroni; Abramowitz and Stegun 26.2.23). */
export function zAmong(count: number): number {
  if (count <= 1) return Z_95;
  const t = Math.sqrt(-2 * Math.log(0.025 / count));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/** The interval of a proportion `p` of `n` (E. B. Wilson 1927). */
export function wilson(p: number, n: number, z = Z_95): Interval {
  const squared = (z * z) / n;
  const centre = (p + squared / 2) / (1 + squared);
  const half = (z * Math.sqrt((p * (1 - p)) / n + squared / (4 * n))) / (1 + squared);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The interval of an F1 by that of J = TP / (TP + FP + FN), a proportion of all `n` of these (K. Lam 2023, arXiv 2309.14621). */
export function wilsonOfF1(f1: number, n: number, z = Z_95): Interval {
  const { low, high } = wilson(f1 / (2 - f1), n, z);
  return { low: (2 * low) / (1 + low), high: (2 * high) / (1 + high) };
}

/** A value with its interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

/** The interval of `now - before`, of two independent samples (R. G. Newcombe 1998, method 10). */
export function differenceOf(now: Estimate, before: Estimate): Interval {
  const difference = now.value - before.value;
  return {
    low: difference - Math.hypot(now.value - now.low, before.high - before.value),
    high: difference + Math.hypot(now.high - now.value, before.value - before.low),
  };
}
