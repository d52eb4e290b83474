import { describe, expect, test } from 'vitest';
import { code, folded, plainLine, prose, sizeBytes } from '../../src/report/markdown/markdown.ts';

const zero = '&#8203;';

describe('a text on one line', () => {
  test.each<{ name: string; text: string; expected: string }>([
    { name: 'is as it was', text: 'rfdetr-nano 7 (T4)', expected: 'rfdetr-nano 7 (T4)' },
    {
      name: 'has blanks for line ends',
      text: 'one\r\ntwo\nthree\rfour\u{2028}five\u{85}six',
      expected: 'one two three four fivesix',
    },
    { name: 'has one blank for many', text: ' a \t\n b\u{a0}\u{3000}c ', expected: 'a b c' },
    { name: 'has no control characters', text: 'a\0b\u{1b}[31mc\u{7f}d\u{9b}e', expected: 'ab[31mcde' },
    { name: 'has no bidirectional characters', text: '\u{202e}a\u{2066}b\u{200f}', expected: 'ab' },
    { name: 'has no invisible characters', text: 'a\u{200b}b\u{2060}c\u{ad}d\u{e0041}e', expected: 'abcde' },
    { name: 'keeps letters of any script', text: 'Größe 大小 🚀', expected: 'Größe 大小 🚀' },
    { name: 'may come out empty', text: '\u{200b}\n\u{202e}', expected: '' },
    { name: 'is whole at 300 characters', text: 'x'.repeat(300), expected: 'x'.repeat(300) },
    { name: 'is cut at more', text: 'x'.repeat(301), expected: `${'x'.repeat(299)}...` },
    {
      name: 'is not cut through a character',
      text: `${'x'.repeat(299)}🚀🚀`,
      expected: `${'x'.repeat(299)}...`,
    },
  ])('$name', ({ text, expected }) => {
    expect(plainLine(text)).toBe(expected);
  });
});

describe('a name as code', () => {
  test.each<{ name: string; text: string; expected: string }>([
    { name: 'stands between backticks', text: 'acme/hats-7', expected: '`acme/hats-7`' },
    { name: 'has its markup asleep', text: '**a** <b> @x #1', expected: '`**a** <b> @x #1`' },
    { name: 'with a backtick is an element', text: 'a`b', expected: '<code>a&#96;b</code>' },
    {
      name: 'with a pipe is an element, since a table would break',
      text: 'a|b',
      expected: '<code>a&#124;b</code>',
    },
    { name: 'with a backslash is an element', text: 'a\\b', expected: '<code>a&#92;b</code>' },
    {
      name: 'with an element inside does not end the element',
      text: '|</code><b>',
      expected: '<code>&#124;&#60;/code>&#60;b></code>',
    },
    { name: 'says that it is empty', text: '', expected: '(empty)' },
    { name: 'says that nothing can be seen of it', text: ' \u{200b}\n', expected: '(empty)' },
  ])('$name', ({ text, expected }) => {
    expect(code(text)).toBe(expected);
  });
});

describe('a sentence with text from outside', () => {
  test.each<{ name: string; text: string; expected: string }>([
    {
      name: 'is as it was',
      text: 'map50 73.1, wanted >= 80 (short by 6.9)',
      expected: 'map50 73.1, wanted >= 80 (short by 6.9)',
    },
    {
      name: 'keeps underscores in words',
      text: 'the model_type my_model',
      expected: 'the model_type my_model',
    },
    { name: 'mentions nobody', text: 'ping @everyone', expected: `ping @${zero}everyone` },
    { name: 'refers to no issue', text: 'see #12 and a/b#3', expected: `see #${zero}12 and a/b#${zero}3` },
    { name: 'refers to no issue at its start', text: '#12 is open', expected: `&#35;${zero}12 is open` },
    { name: 'refers to no issue after an ampersand', text: 'a &#12 b', expected: `a &#38;#${zero}12 b` },
    { name: 'refers to no issue in the other form', text: 'see GH-12', expected: `see GH-${zero}12` },
    { name: 'links to nothing', text: 'go to https://x.y', expected: 'go to https&#58;//x.y' },
    { name: 'links to no bare address', text: 'go to www.x.y', expected: 'go to www&#46;x.y' },
    { name: 'keeps the case of a bare address', text: 'WWW.x.y', expected: 'WWW&#46;x.y' },
    { name: 'shows no image', text: '![x](y)', expected: '!&#91;x&#93;(y)' },
    { name: 'opens no element', text: 'a <img src=x> <!-- b', expected: 'a &#60;img src=x> &#60;!-- b' },
    {
      name: 'emphasises nothing',
      text: '*a* _b_ ~~c~~',
      expected: '&#42;a&#42; &#95;b&#95; &#126;&#126;c&#126;&#126;',
    },
    { name: 'is no heading', text: '# a', expected: '&#35; a' },
    { name: 'is no list', text: '- a', expected: '&#45; a' },
    { name: 'is no numbered list', text: '1. a', expected: '&#49;. a' },
    { name: 'is no quote', text: '> a', expected: '&#62; a' },
    { name: 'breaks no table', text: 'a | b', expected: 'a &#124; b' },
    {
      name: 'holds no references to characters',
      text: '&lt;b&gt; &#64;x',
      expected: `&#38;lt;b&#38;gt; &#38;#${zero}64;x`,
    },
    { name: 'holds no formula', text: '$x$', expected: '&#36;x&#36;' },
    { name: 'is one line', text: 'a\n\n# b', expected: `a # b` },
    { name: 'may be empty', text: '', expected: '' },
  ])('$name', ({ text, expected }) => {
    expect(prose(text)).toBe(expected);
  });
});

test.each([
  { text: '', expected: 0 },
  { text: 'abc', expected: 3 },
  { text: 'ü', expected: 2 },
  { text: '大', expected: 3 },
  { text: '🚀', expected: 4 },
])('"$text" takes $expected bytes', ({ text, expected }) => {
  expect(sizeBytes(text)).toBe(expected);
});

test('what is folded away stands between blank lines, so that it is read as Markdown', () => {
  expect(folded('12 more', '| a |')).toBe('<details><summary>12 more</summary>\n\n| a |\n\n</details>');
});
