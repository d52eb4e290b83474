import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyForms, redacted, redactedExcerpt, redactedJson } from '../../src/lib/redact.ts';

describe('a text without the key', () => {
  test.each<{ name: string; text: string; key: string; expected: string }>([
    { name: 'has a mask where the key stood', text: 'Bearer k3y-x9', key: 'k3y-x9', expected: 'Bearer ***' },
    {
      name: 'has a mask wherever the key stood',
      text: 'k3y-x9 and ?api_key=k3y-x9&x=1 and "k3y-x9"',
      key: 'k3y-x9',
      expected: '*** and ?api_key=***&x=1 and "***"',
    },
    { name: 'has a mask inside a word', text: 'xk3y-x9z', key: 'k3y-x9', expected: 'x***z' },
    {
      name: 'hides a key that is encoded in a URL',
      text: '?api_key=a%2Fb%2Bc%2F',
      key: 'a/b+c/',
      expected: '?api_key=***',
    },
    {
      name: 'hides a key that is encoded as in a form',
      text: '?api_key=%27%7Eabc%27',
      key: "'~abc'",
      expected: '?api_key=***',
    },
    {
      name: 'hides a key that is escaped in JSON',
      text: '{"key":"ab\\"b\\\\c"}',
      key: 'ab"b\\c',
      expected: '{"key":"***"}',
    },
    {
      name: 'takes what means something to a pattern as it is',
      text: 'abc.ef abcdef $& abc.ef',
      key: 'abc.ef',
      expected: '*** abcdef $& ***',
    },
    {
      name: 'is as it was if it has no key',
      text: 'nothing here',
      key: 'k3y-x9',
      expected: 'nothing here',
    },
    { name: 'is as it was without a key', text: 'nothing here', key: '', expected: 'nothing here' },
    {
      name: 'is as it was if the key is too short to be one',
      text: 'answered 200: a job',
      key: 'a',
      expected: 'answered 200: a job',
    },
    {
      name: 'has nothing left of a form that contains a shorter one',
      text: '?api_key=k3y-x9%20',
      key: 'k3y-x9 ',
      expected: '?api_key=***',
    },
    { name: 'may be empty', text: '', key: 'k3y-x9', expected: '' },
  ])('$name', ({ text, key, expected }) => {
    expect(redacted(text, key)).toBe(expected);
  });

  const keys = fc.stringMatching(/^[a-zA-Z0-9/+=_-]{6,20}$/);

  test('never holds a key, wherever and in whichever form it stood', () => {
    fc.assert(
      fc.property(
        keys,
        fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
        fc.nat(3),
        (key, parts, form) => {
          const forms = [
            key,
            encodeURIComponent(key),
            new URLSearchParams([['', key]]).toString().slice(1),
            JSON.stringify(key),
          ];
          const clean = redacted(parts.join(forms[form]), key);
          expect(clean).not.toContain(key);
          expect(clean).not.toContain(encodeURIComponent(key));
        },
      ),
    );
  });
});

describe('JSON without the key', () => {
  const key = 'rf_secret/1';

  test.each<{ name: string; text: string; expected: unknown }>([
    { name: 'in a text', text: '"bad rf_secret/1"', expected: 'bad ***' },
    { name: 'in a text, spelled in escapes', text: '"bad \\u0072f_secret\\/1"', expected: 'bad ***' },
    { name: 'as in a URL', text: '"?k=rf_secret%2F1"', expected: '?k=***' },
    { name: 'deep down', text: '{"a":[{"b":"rf_secret/1"}]}', expected: { a: [{ b: '***' }] } },
    { name: 'as a name', text: '{"\\u0072f_secret/1":1}', expected: { '***': 1 } },
    { name: 'that is not there', text: '{"a":[1,null,true,"x"]}', expected: { a: [1, null, true, 'x'] } },
  ])('$name', ({ text, expected }) => {
    expect(redactedJson(JSON.parse(text), key)).toEqual(expected);
  });

  test('keeps a name that every object inherits', () => {
    const clean = redactedJson(JSON.parse('{"__proto__":"rf_secret/1"}'), key);
    expect(JSON.stringify(clean)).toBe('{"__proto__":"***"}');
  });
});

describe('the start of an answer that is not JSON', () => {
  test.each<{ name: string; text: string; expected: string }>([
    {
      name: 'is one line without the key',
      text: '<h1>Bad\n\tGateway</h1> rf_secret/1\n',
      expected: '<h1>Bad Gateway</h1> ***',
    },
    { name: 'is short', text: 'x'.repeat(500), expected: `${'x'.repeat(120)}...` },
    {
      name: 'holds no first half of a key that it would cut',
      text: `${'x'.repeat(115)}rf_secret/1`,
      expected: `${'x'.repeat(115)}***`,
    },
  ])('$name', ({ text, expected }) => {
    expect(redactedExcerpt(text, 'rf_secret/1')).toBe(expected);
  });
});

describe('the forms of a key', () => {
  test.each<{ key: string; expected: readonly string[] }>([
    { key: '', expected: [] },
    { key: 'abc123', expected: ['abc123'] },
    { key: 'a/b', expected: ['a/b', 'a%2Fb'] },
    { key: 'a b', expected: ['a b', 'a%20b', 'a+b'] },
    { key: 'a"b', expected: ['a"b', 'a%22b', 'a\\"b'] },
    { key: "'~abc'", expected: ["'~abc'", '%27%7Eabc%27'] },
  ])('$key are $expected', ({ key, expected }) => {
    expect(keyForms(key)).toEqual(expected);
  });
});
