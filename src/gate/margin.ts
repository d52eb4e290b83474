import { withoutFloatNoise } from '../lib/decimals.ts';
import { type ComparisonSign, isUpperBound } from './rules.ts';

/** How far a value is from a bound: positive on the good side, negative on the bad side. */
export function marginOf(value: number, comparison: ComparisonSign, bound: number): number {
  return withoutFloatNoise(isUpperBound(comparison) ? bound - value : value - bound);
}

/** Judged by the margin, which has no noise of binary fractions: the noise must not decide about a rule. */
export function holds(margin: number, comparison: ComparisonSign): boolean {
  return margin > 0 || (margin === 0 && (comparison === '>=' || comparison === '<='));
}

/** Without an offset the value keeps all its digits: a training that equals its baseline must hold `>= baseline`. */
export function addOffset(value: number, offset: number): number {
  return offset === 0 ? value : withoutFloatNoise(value + offset);
}
