import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyForms, redacted, redactedJson } from '../../src/lib/redact.ts';

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
      name: 'is as it was where the key does not stand there',
      text: 'nothing here',
      key: 'k3y-x9',
      expected: 'nothing here',
    },
    { name: 'is as it was without a key', text: 'nothing here', key: '', expected: 'nothing here' },
    {
      name: 'is as it was where the key is too short to be one, since that would take texts apart',
      text: 'answered 200: a job',
      key: 'a',
      expected: 'answered 200: a job',
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

describe('a key that clean-up would make whole', () => {
  const key = 'rfKey0123/45&6789=abc';

  test.each<{ name: string; text: string; expected: string }>([
    {
      name: 'with a character of no width in it',
      text: 'a rfKey012\u{200B}3/45&6789=abc',
      expected: 'a ***',
    },
    {
      name: 'with several in it',
      text: 'rf\u{200D}Key\u{2060}0123\u{FEFF}/45&6789=a\u{0}bc!',
      expected: '***!',
    },
    { name: 'with a colour in it', text: 'a rfKey0\u{1B}[31;1m123/45&6789=abc', expected: 'a ***' },
    {
      name: 'with a link of a terminal in it',
      text: 'rfKey\u{1B}]8;;x\u{7}0123/45&6789=abc',
      expected: '***',
    },
    { name: 'with a short escape in it', text: 'rfKey\u{1B}M0123/45&6789=abc', expected: '***' },
    {
      name: 'with an escape before one of its letters',
      text: 'rf\u{1B}Key0123/45&6789=abc',
      expected: '***',
    },
    { name: 'in the form of a URL', text: 'rfKey0123%2F45%26\u{AD}6789%3Dabc', expected: '***' },
  ])('is taken out $name', ({ text, expected }) => {
    expect(redacted(text, key)).toBe(expected);
  });

  test('leaves what is invisible in other texts to those who show them', () => {
    expect(redacted('a\u{200B}b\n\u{1B}[0mc', key)).toBe('a\u{200B}b\n\u{1B}[0mc');
  });
});

describe('a key that is encoded', () => {
  const key = 'rf<Key>0123&45"6\'789';

  test.each([
    { name: 'for HTML', text: '<p>rf&lt;Key&gt;0123&amp;45&quot;6&#39;789</p>', expected: '<p>***</p>' },
    { name: 'for HTML, in hexadecimal', text: 'rf&lt;Key&gt;0123&amp;45&quot;6&#x27;789', expected: '***' },
    { name: 'for XML', text: 'rf&lt;Key&gt;0123&amp;45&quot;6&apos;789', expected: '***' },
    { name: 'for HTML only where it must be', text: 'rf&lt;Key&gt;0123&amp;45"6\'789', expected: '***' },
  ])('$name is taken out', ({ text, expected }) => {
    expect(redacted(text, key)).toBe(expected);
  });

  test.each(['', 'a', 'ab', 'Bearer ', 'api_key:', 'Basic user:'])(
    'in base64 behind "%s" is taken out',
    (before) => {
      for (const encoding of ['base64', 'base64url'] as const)
        for (const after of ['', ':', '\n', ' x'])
          for (const secret of ['rfKey0123456789abcdef', 'k??>>>~~~\u{FF}\u{FE}key']) {
            const text = Buffer.from(`${before}${secret}${after}`).toString(encoding);
            const clean = redacted(`x ${text} y`, secret);
            expect(clean).toContain('***');
            expect(clean.length).toBeLessThan(
              16 + Buffer.from(`${before}${after}`).toString('base64').length,
            );
          }
    },
  );
});

describe('JSON without the key', () => {
  const key = 'rf_secret/1';

  test.each<{ name: string; text: string; expected: unknown }>([
    { name: 'in a text', text: '"bad rf_secret/1"', expected: 'bad ***' },
    { name: 'in a text, spelled in escapes', text: '"bad \\u0072f_secret\\/1"', expected: 'bad ***' },
    { name: 'as a URL has it in small letters', text: '"?k=rf_secret%2f1"', expected: '?k=***' },
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

describe('the forms of a key to mask', () => {
  test.each<{ key: string; expected: readonly string[] }>([
    { key: 'abc123', expected: ['abc123'] },
    { key: 'a/b', expected: ['a/b', 'a%2Fb', 'a%2fb', 'a\\/b'] },
    { key: 'a b', expected: ['a b', 'a%20b', 'a+b'] },
    { key: 'a"b', expected: ['a"b', 'a%22b', 'a\\"b'] },
  ])('$key has $expected', ({ key, expected }) => {
    expect(keyForms(key)).toEqual(expected);
  });

  test('are the key itself first, and none twice', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (key) => {
        const forms = keyForms(key);
        expect(forms[0]).toBe(key);
        expect(new Set(forms).size).toBe(forms.length);
      }),
    );
  });
});
