import { expect, test } from 'vitest';
import { parseJson } from '../../src/lib/json.ts';

test.each<{ name: string; text: string; expected: unknown }>([
  { name: 'with a byte order mark', text: '\uFEFF{"map50":61}', expected: { map50: 61 } },
  { name: 'with a byte order mark, as Python writes it', text: '\uFEFF[NaN]', expected: ['NaN'] },
  { name: 'with a byte order mark in a text', text: '{"a":"\uFEFFb"}', expected: { a: '\uFEFFb' } },
  { name: 'with line ends of Windows', text: '{\r\n"map50":61\r\n}\r\n', expected: { map50: 61 } },
  { name: 'of two byte order marks', text: '\uFEFF\uFEFF{}', expected: undefined },
  { name: 'that ends too early', text: '\uFEFF{"map50":', expected: undefined },
  { name: 'that is a page', text: '<html>', expected: undefined },
])('JSON $name is read', ({ text, expected }) => {
  expect(parseJson(text)).toEqual(expected);
});
