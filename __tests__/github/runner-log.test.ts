import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { logText } from '../../src/github/runner-log.ts';
import { anyText } from '../lib/any-text.ts';
import { runs } from '../setup/seeds.ts';

const esc = '\u{1b}';
const bell = '\u{7}';
const zero = '\u{200b}';
const gone = '\u{fffd}';

describe('a text in the log', () => {
  test.each<{ name: string; text: string; expected: string }>([
    {
      name: 'stays as it is',
      text: 'map50 73.1, wanted >= 80: short by 6.9',
      expected: 'map50 73.1, wanted >= 80: short by 6.9',
    },
    { name: 'keeps its lines and tabs', text: 'one\n\ttwo\n', expected: 'one\n\ttwo\n' },
    { name: 'keeps letters of any script', text: 'Größe 大小 🚀', expected: 'Größe 大小 🚀' },
    { name: 'keeps "::" inside a line', text: 'std::vector and a::b', expected: 'std::vector and a::b' },
    { name: 'begins no command', text: '::error::x', expected: `:${zero}:error::x` },
    { name: 'begins no command after blanks', text: '  \t::error::x', expected: `  \t:${zero}:error::x` },
    {
      name: 'begins no command on a later line',
      text: 'a\n::add-mask::b',
      expected: `a\n:${zero}:add-mask::b`,
    },
    {
      name: 'begins no command after a carriage return',
      text: 'a\r::add-mask::b',
      expected: `a\n:${zero}:add-mask::b`,
    },
    { name: 'begins no command after both', text: 'a\r\n::add-mask::b', expected: `a\n:${zero}:add-mask::b` },
    {
      name: 'begins no command after an empty line',
      text: 'a\n\n\n::add-mask::b',
      expected: `a\n\n\n:${zero}:add-mask::b`,
    },
    {
      name: 'begins no command after a no-break space',
      text: '\u{a0}::error::x',
      expected: `\u{a0}:${zero}:error::x`,
    },
    { name: 'begins no command after colour', text: `${esc}[31m::error::x`, expected: `:${zero}:error::x` },
    { name: 'begins no command of the old kind', text: '##[error]x', expected: `#${zero}#[error]x` },
    {
      name: 'begins no command of the old kind inside a line',
      text: 'a ##[add-mask]x ##[x]',
      expected: `a #${zero}#[add-mask]x #${zero}#[x]`,
    },
    {
      name: 'begins no command of the old kind after more of its signs',
      text: '###[error]x',
      expected: `##${zero}#[error]x`,
    },
    {
      name: 'has no command of the old kind when colour is gone',
      text: `#${esc}[0m#[error]x`,
      expected: `#${zero}#[error]x`,
    },
    { name: 'has no colour', text: `${esc}[1;31mred${esc}[0m`, expected: 'red' },
    { name: 'sets no title', text: `${esc}]0;title${bell}text`, expected: 'text' },
    { name: 'sets no title in the other form', text: `${esc}]0;title${esc}\\text`, expected: 'text' },
    {
      name: 'has no backspace, null or lone escape',
      text: `a\b\0${esc}`,
      expected: `a${gone}${gone}${gone}`,
    },
    { name: 'has no escape of one byte', text: '\u{9b}31mred', expected: `${gone}31mred` },
    {
      name: 'has no other line ends',
      text: 'a\u{85}b\u{2028}c\u{2029}d\u{b}e\u{c}f',
      expected: `a${gone}b${gone}c${gone}d${gone}e${gone}f`,
    },
    {
      name: 'has no bidirectional characters',
      text: '\u{202e}drawkcab\u{2066}\u{200f}',
      expected: `${gone}drawkcab${gone}${gone}`,
    },
    {
      name: 'has no invisible characters',
      text: 'a\u{200b}b\u{feff}c\u{ad}d',
      expected: `a${gone}b${gone}c${gone}d`,
    },
    { name: 'may be empty', text: '', expected: '' },
  ])('$name', ({ text, expected }) => {
    expect(logText(text)).toBe(expected);
  });

  test('is not swallowed by a title that never ends', () => {
    expect(logText(`${esc}]0;title\nthe training failed`)).toContain('the training failed');
  });

  test('is read by the runner as text, whatever it holds', () => {
    const words = fc.constantFrom(
      ...[
        ...hostileTexts,
        ':',
        '::',
        '#',
        '##',
        '[',
        '##[',
        'error',
        '\n',
        '\r',
        ' ',
        '\t',
        '\u{2028}',
        '\u{85}',
      ],
      ...[
        esc,
        `${esc}[`,
        '31m',
        `${esc}]`,
        bell,
        '\u{9b}',
        '\u{202e}',
        '\u{200b}',
        '\u{feff}',
        '\u{a0}',
        '\u{3000}',
      ],
    );
    const texts = fc.oneof(
      fc.array(words, { maxLength: 10 }).map((parts) => parts.join('')),
      anyText(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const clean = logText(text);
        for (const line of clean.split('\n')) expect(line.trimStart().startsWith('::')).toBe(false);
        expect(clean).not.toContain('##[');
        expect(clean.replace(/[\n\t]/g, '')).not.toMatch(
          /[\p{Cc}\u{2028}\u{2029}\u{61c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u,
        );
      }),
      { numRuns: runs(400), examples: hostileTexts.map((text) => [text]) },
    );
  });

  test('is clipped if it is too long for a message, and says by how much', () => {
    expect(logText('x'.repeat(20_000))).toBe('x'.repeat(20_000));
    expect(logText('x'.repeat(20_005))).toBe(`${'x'.repeat(20_000)}... and 5 characters more`);
  });

  test('holds no command behind a great many blank lines either', () => {
    expect(logText(`${'\n'.repeat(19_000)}::error::x`)).toBe(`${'\n'.repeat(19_000)}:\u{200b}:error::x`);
  });
});
