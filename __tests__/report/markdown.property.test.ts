import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { code, plainLine, prose } from '../../src/report/markdown/markdown.ts';
import { table } from '../../src/report/markdown/table.ts';
import { runs } from '../setup/seeds.ts';
import { all, parse } from './parsed.ts';
import { pieces } from './pieces.ts';

/** The kinds of everything in `node` that is more than text. */
function markupIn(node: Nodes): readonly string[] {
  const plain = ['root', 'paragraph', 'table', 'tableRow', 'tableCell', 'text', 'inlineCode'];
  return all(node)
    .filter(({ type }) => !plain.includes(type))
    .map((each) => (each.type === 'html' ? each.value : each.type))
    .filter((kind) => kind !== '<code>' && kind !== '</code>');
}

function textOf(node: Nodes): string {
  return all(node)
    .map((each) => (each.type === 'text' || each.type === 'inlineCode' ? each.value : ''))
    .join('');
}

const texts = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.constantFrom(...hostileTexts),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
);
const examples = hostileTexts.map((text): [string] => [text]);

describe('a name as code', () => {
  test('is read back as the name, with nothing else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tree = parse(code(text));
        expect(markupIn(tree)).toEqual([]);
        expect(textOf(tree).replaceAll('\u{200b}', '')).toBe(plainLine(text) || '(empty)');
      }),
      { numRuns: runs(250), examples },
    );
  });

  test.each(['a|www.x.yz', 'a| www.x.yz', 'a| b@x.yz', 'a`b c@x.yz', 'a| mailto:b@x.yz', '\\ (www.x.yz)'])(
    '"%s" makes no link of what looks like an address',
    (text) => {
      expect(markupIn(parse(code(text)))).toEqual([]);
    },
  );
});

describe('a sentence with text from outside', () => {
  const seen = (text: string) => textOf(parse(prose(text))).replaceAll('\u{200b}', '');

  test('is read back as the sentence, with nothing else, alone and in the middle of a line', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(markupIn(parse(prose(text)))).toEqual([]);
        expect(seen(text)).toBe(plainLine(text));
        const tree = parse(`Undecided: ${prose(text)}`);
        expect(markupIn(tree)).toEqual([]);
        expect(textOf(tree).replaceAll('\u{200b}', '')).toBe(`Undecided: ${plainLine(text)}`.trim());
      }),
      { numRuns: runs(250), examples },
    );
  });

  test('mentions nobody, refers to no issue, and holds no address of mail', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = textOf(parse(prose(text)));
        expect(shown).not.toMatch(/@[\p{L}\p{N}_-]/u);
        expect(shown).not.toMatch(/#\d/);
        expect(shown).not.toMatch(/\bGH-\d/i);
      }),
      { numRuns: runs(250), examples: [...examples, ['&#1 is fixed'], ['a&#12']] },
    );
  });
});

describe('a table of hostile cells', () => {
  test('keeps its columns and rows, and every cell its text', () => {
    const row = fc.tuple(texts, texts, texts);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        fc.pre(rows.length > 0);
        const [text = ''] = table(
          {
            items: rows,
            noun: 'models',
            columns: [
              { title: 'Model', align: 'l', cell: ([id]) => code(id) },
              { title: 'Type', align: 'c', cell: ([, type]) => code(type) },
              // Never empty, so that the column stays.
              { title: 'Why', align: 'r', cell: ([, , why]) => `because ${prose(why)}` },
            ],
          },
          { mostRows: 100, wholeAt: 'the file' },
        );
        const { children } = parse(text);
        const [only] = children;
        expect(children.map(({ type }) => type)).toEqual(['table']);
        if (only?.type !== 'table') return;
        const cells = only.children.map(({ children }) =>
          children.map((cell) => textOf(cell).replaceAll('\u{200b}', '')),
        );
        expect(cells).toEqual([
          ['Model', 'Type', 'Why'],
          ...rows.map(([id, type, why]) => [
            plainLine(id) || '(empty)',
            plainLine(type) || '(empty)',
            `because ${plainLine(why)}`.trim(),
          ]),
        ]);
      }),
      { numRuns: runs(125), examples: [[hostileTexts.map((text) => [text, text, text])]] },
    );
  });
});
