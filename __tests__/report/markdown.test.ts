import { describe, expect, test } from 'vitest';
import { code, folded, plainLine, prose, sizeBytes } from '../../src/report/markdown/markdown.ts';

const zero = '&#8203;';

describe('a text on one line', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['is as it was', 'rfdetr-nano 7 (T4)', 'rfdetr-nano 7 (T4)'],
    [
      'has blanks for line ends',
      'one\r\ntwo\nthree\rfour\u{2028}five\u{85}six',
      'one two three four fivesix',
    ],
    ['has one blank for many', ' a \t\n b\u{a0}\u{3000}c ', 'a b c'],
    ['has no control characters', 'a\0b\u{1b}[31mc\u{7f}d\u{9b}e', 'ab[31mcde'],
    ['has no bidirectional characters', '\u{202e}a\u{2066}b\u{200f}', 'ab'],
    ['has no invisible characters', 'a\u{200b}b\u{2060}c\u{ad}d\u{e0041}e', 'abcde'],
    ['keeps letters of any script', 'Größe 大小 🚀', 'Größe 大小 🚀'],
    ['may come out empty', '\u{200b}\n\u{202e}', ''],
    ['is whole at 300 characters', 'x'.repeat(300), 'x'.repeat(300)],
    ['is cut at more', 'x'.repeat(301), `${'x'.repeat(299)}...`],
    ['is not cut through a character', `${'x'.repeat(299)}🚀🚀`, `${'x'.repeat(299)}...`],
  ])('%s', (_, text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });
});

describe('a name as code', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['stands between backticks', 'acme/hats-7', '`acme/hats-7`'],
    ['has its markup asleep', '**a** <b> @x #1', '`**a** <b> @x #1`'],
    ['with a backtick is an element', 'a`b', '<code>a&#96;b</code>'],
    ['with a pipe is an element, since a table would break', 'a|b', '<code>a&#124;b</code>'],
    ['with a backslash is an element', 'a\\b', '<code>a&#92;b</code>'],
    [
      'with an element inside does not end the element',
      '|</code><b>',
      '<code>&#124;&#60;/code>&#60;b></code>',
    ],
    ['says that it is empty', '', '(empty)'],
    ['says that nothing can be seen of it', ' \u{200b}\n', '(empty)'],
  ])('%s', (_, text, expected) => {
    expect(code(text)).toBe(expected);
  });
});

describe('a sentence with text from outside', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['is as it was', 'map50 73.1, wanted >= 80 (short by 6.9)', 'map50 73.1, wanted >= 80 (short by 6.9)'],
    ['keeps underscores in words', 'the model_type my_model', 'the model_type my_model'],
    ['mentions nobody', 'ping @everyone', `ping @${zero}everyone`],
    ['refers to no issue', 'see #12 and a/b#3', `see #${zero}12 and a/b#${zero}3`],
    ['refers to no issue at its start', '#12 is open', `&#35;${zero}12 is open`],
    ['refers to no issue after an ampersand', 'a &#12 b', `a &#38;#${zero}12 b`],
    ['refers to no issue in the other form', 'see GH-12', `see GH-${zero}12`],
    ['links to nothing', 'go to https://x.y', 'go to https&#58;//x.y'],
    ['links to no bare address', 'go to www.x.y', 'go to www&#46;x.y'],
    ['keeps the case of a bare address', 'WWW.x.y', 'WWW&#46;x.y'],
    ['shows no image', '![x](y)', '!&#91;x&#93;(y)'],
    ['opens no element', 'a <img src=x> <!-- b', 'a &#60;img src=x> &#60;!-- b'],
    ['emphasises nothing', '*a* _b_ ~~c~~', '&#42;a&#42; &#95;b&#95; &#126;&#126;c&#126;&#126;'],
    ['is no heading', '# a', '&#35; a'],
    ['is no list', '- a', '&#45; a'],
    ['is no numbered list', '1. a', '&#49;. a'],
    ['is no quote', '> a', '&#62; a'],
    ['breaks no table', 'a | b', 'a &#124; b'],
    ['holds no references to characters', '&lt;b&gt; &#64;x', `&#38;lt;b&#38;gt; &#38;#${zero}64;x`],
    ['holds no formula', '$x$', '&#36;x&#36;'],
    ['is one line', 'a\n\n# b', `a # b`],
    ['may be empty', '', ''],
  ])('%s', (_, text, expected) => {
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
