import { expect, test } from 'vitest';
import { parseJson } from '../../src/lib/json.ts';
import { redactorOf } from '../../src/lib/redact.ts';

const key = 'rf_secret/1';

test.each<{ name: string; text: string; expected: unknown }>([
  { name: 'with a byte order mark', text: '\uFEFF{"map50":61}', expected: { map50: 61 } },
  { name: 'with a byte order mark, as Python writes it', text: '\uFEFF[NaN]', expected: ['NaN'] },
  { name: 'with a byte order mark in a text', text: '{"a":"\uFEFFb"}', expected: { a: '\uFEFFb' } },
  { name: 'with line ends of Windows', text: '{\r\n"map50":61\r\n}\r\n', expected: { map50: 61 } },
  { name: 'of two byte order marks', text: '\uFEFF\uFEFF{}', expected: undefined },
  { name: 'that ends too early', text: '\uFEFF{"map50":', expected: undefined },
  { name: 'that is a page', text: '<html>', expected: undefined },
  { name: 'with the key in a text', text: '"bad rf_secret/1"', expected: 'bad ***' },
  { name: 'with the key in escapes', text: '"bad \\u0072f_secret\\/1"', expected: 'bad ***' },
  { name: 'with the key as in a URL', text: '"?k=rf_secret%2F1"', expected: '?k=***' },
  { name: 'with the key deep down', text: '{"a":[{"b":"rf_secret/1"}]}', expected: { a: [{ b: '***' }] } },
  { name: 'with the key as a name', text: '{"\\u0072f_secret/1":1}', expected: { '***': 1 } },
  { name: 'without the key', text: '{"a":[1,null,true,"x"]}', expected: { a: [1, null, true, 'x'] } },
])('JSON $name is read', ({ text, expected }) => {
  expect(parseJson(text, redactorOf(key))).toEqual(expected);
});

test('a name that every object inherits is kept', () => {
  const clean = parseJson('{"__proto__":"rf_secret/1"}', redactorOf(key));
  expect(JSON.stringify(clean)).toBe('{"__proto__":"***"}');
});

test.each([
  ['[', ']'],
  ['{"a":', '}'],
])('what nests deeper than can be read is no JSON: %s', (open, close) => {
  const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
  expect(parseJson(nested(100), redactorOf(key))).toBeDefined();
  expect(parseJson(nested(100_000), redactorOf(key))).toBeUndefined();
});
