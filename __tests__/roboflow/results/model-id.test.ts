import { expect, test } from 'vitest';
import { isSameModel } from '../../../src/roboflow/results/model-identity.ts';

test.each([
  { one: 'acme/hats-7', other: 'acme/hats-7', expected: true },
  { one: 'acme/hats-7', other: 'hats-7', expected: true },
  { one: 'hats/7', other: 'acme/hats/7', expected: true },
  { one: 'acme/hats-7', other: 'acme/hats-8', expected: false },
  { one: 'acme/hats-7', other: 'other/hats-7', expected: false },
  { one: 'acme', other: 'acme/acme', expected: true },
  { one: 'acmehats-7', other: 'hats-7', expected: false },
])('"$one" and "$other" are one model of acme: $expected', ({ one, other, expected }) => {
  expect(isSameModel(one, other, 'acme')).toBe(expected);
  expect(isSameModel(other, one, 'acme')).toBe(expected);
});
