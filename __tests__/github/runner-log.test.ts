import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { logText } from '../../src/github/runner.ts';
import { anyText } from '../lib/any-text.ts';
import { runs } from '../setup/seeds.ts';

const esc = '\u{1b}';
const bell = '\u{7}';
const zero = '\u{200b}';
const gone = '\u{fffd}';

describe('a text in the log', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['stays as it is', 'map50 73.1, wanted >= 80: short by 6.9', 'map50 73.1, wanted >= 80: short by 6.9'],
    ['keeps its lines and tabs', 'one\n\ttwo\n', 'one\n\ttwo\n'],
    ['keeps letters of any script', 'Größe 大小 🚀', 'Größe 大小 🚀'],
    ['keeps "::" inside a line', 'std::vector and a::b', 'std::vector and a::b'],
    ['begins no command', '::error::x', `:${zero}:error::x`],
    ['begins no command after blanks', '  \t::error::x', `  \t:${zero}:error::x`],
    ['begins no command on a later line', 'a\n::add-mask::b', `a\n:${zero}:add-mask::b`],
    ['begins no command after a carriage return', 'a\r::add-mask::b', `a\n:${zero}:add-mask::b`],
    ['begins no command after both', 'a\r\n::add-mask::b', `a\n:${zero}:add-mask::b`],
    ['begins no command after an empty line', 'a\n\n\n::add-mask::b', `a\n\n\n:${zero}:add-mask::b`],
    ['begins no command after a no-break space', '\u{a0}::error::x', `\u{a0}:${zero}:error::x`],
    ['begins no command after colour', `${esc}[31m::error::x`, `:${zero}:error::x`],
    ['begins no command of the old kind', '##[error]x', `#${zero}#[error]x`],
    [
      'begins no command of the old kind inside a line',
      'a ##[add-mask]x ##[x]',
      `a #${zero}#[add-mask]x #${zero}#[x]`,
    ],
    ['begins no command of the old kind after more of its signs', '###[error]x', `##${zero}#[error]x`],
    ['has no command of the old kind when colour is gone', `#${esc}[0m#[error]x`, `#${zero}#[error]x`],
    ['has no colour', `${esc}[1;31mred${esc}[0m`, 'red'],
    ['sets no title', `${esc}]0;title${bell}text`, 'text'],
    ['sets no title in the other form', `${esc}]0;title${esc}\\text`, 'text'],
    ['has no backspace, null or lone escape', `a\b\0${esc}`, `a${gone}${gone}${gone}`],
    ['has no escape of one byte', '\u{9b}31mred', `${gone}31mred`],
    [
      'has no other line ends',
      'a\u{85}b\u{2028}c\u{2029}d\u{b}e\u{c}f',
      `a${gone}b${gone}c${gone}d${gone}e${gone}f`,
    ],
    ['has no bidirectional characters', '\u{202e}drawkcab\u{2066}\u{200f}', `${gone}drawkcab${gone}${gone}`],
    ['has no invisible characters', 'a\u{200b}b\u{feff}c\u{ad}d', `a${gone}b${gone}c${gone}d`],
    ['may be empty', '', ''],
  ])('%s', (_, text, expected) => {
    expect(logText(text)).toBe(expected);
  });

  test('is not swallowed by a title that never ends', () => {
    expect(logText(`${esc}]0;title\nthe training failed`)).toContain('the training failed');
  });

  test('is read by the runner as text, whatever it holds', () => {
    const words = fc.constantFrom(
      ...hostileTexts,
      ...[':', '::', '#', '##', '[', '##[', 'error', '\n', '\r', ' ', '\t', '\u{2028}', '\u{85}', esc],
      ...[`${esc}[`, '31m', `${esc}]`, bell, '\u{9b}', '\u{202e}', zero, '\u{feff}', '\u{a0}', '\u{3000}'],
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
    expect(logText('x'.repeat(20_005))).toBe(`${'x'.repeat(20_000)}...`);
  });

  test('holds no command behind a great many blank lines either', () => {
    expect(logText(`${'\n'.repeat(19_000)}::error::x`)).toBe(`${'\n'.repeat(19_000)}:\u{200b}:error::x`);
  });
});
