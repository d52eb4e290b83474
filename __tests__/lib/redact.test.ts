import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyForms, redacted, redactedExcerpt } from '../../src/lib/redact.ts';

describe('a text without the key', () => {
  test.each<[name: string, text: string, key: string, expected: string]>([
    ['has a mask where the key stood', 'Bearer k3y-x9', 'k3y-x9', 'Bearer ***'],
    [
      'has a mask wherever the key stood',
      'k3y-x9 and ?api_key=k3y-x9&x=1 and "k3y-x9"',
      'k3y-x9',
      '*** and ?api_key=***&x=1 and "***"',
    ],
    ['has a mask inside a word', 'xk3y-x9z', 'k3y-x9', 'x***z'],
    ['hides a key that is encoded in a URL', '?api_key=a%2Fb%2Bc%2F', 'a/b+c/', '?api_key=***'],
    ['hides a key that is encoded as in a form', '?api_key=%27%7Eabc%27', "'~abc'", '?api_key=***'],
    ['hides a key that is escaped in JSON', '{"key":"ab\\"b\\\\c"}', 'ab"b\\c', '{"key":"***"}'],
    [
      'takes what means something to a pattern as it is',
      'abc.ef abcdef $& abc.ef',
      'abc.ef',
      '*** abcdef $& ***',
    ],
    ['is as it was if it has no key', 'nothing here', 'k3y-x9', 'nothing here'],
    ['is as it was without a key', 'nothing here', '', 'nothing here'],
    ['is as it was if the key is too short to be one', 'answered 200: a job', 'a', 'answered 200: a job'],
    [
      'has nothing left of a form that contains a shorter one',
      '?api_key=k3y-x9%20',
      'k3y-x9 ',
      '?api_key=***',
    ],
    ['may be empty', '', 'k3y-x9', ''],
  ])('%s', (_, text, key, expected) => {
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

describe('the start of an answer that is not JSON', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['is one line without the key', '<h1>Bad\n\tGateway</h1> rf_secret/1\n', '<h1>Bad Gateway</h1> ***'],
    ['is short', 'x'.repeat(500), `${'x'.repeat(120)}...`],
    [
      'holds no first half of a key that it would cut',
      `${'x'.repeat(115)}rf_secret/1`,
      `${'x'.repeat(115)}***`,
    ],
  ])('%s', (_, text, expected) => {
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
