import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };
const LAST = 0x10ffff;

/** Any character that there is. The `binary` unit of fast-check is the same, and makes a table of all million first. */
const character = fc
  .integer({ min: 0, max: LAST - SURROGATES.count })
  .map((point) => String.fromCodePoint(point < SURROGATES.from ? point : point + SURROGATES.count));

/** Text of any characters, those that nobody can see or write among them. */
export function anyText(length: fc.ArrayConstraints = {}): fc.Arbitrary<string> {
  return fc.array(character, length).map((characters) => characters.join(''));
}
