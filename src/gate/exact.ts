/**
 * `value` without the tail of digits that binary fractions leave: 73.1 - 80 is -6.900000000000006 in binary. Nine
 * decimals are more than any metric carries.
 */
export function exact(value: number): number {
  return Number(value.toFixed(9));
}
