import { describe, expect, test } from 'vitest';
import { classNamed } from '../../src/gate/class-named.ts';

describe('the class that a rule means', () => {
  test.each<[name: string, wanted: string, names: string[], expected: string | undefined]>([
    ['exactly it', 'helmet', ['Helmet', 'helmet'], 'helmet'],
    ['in another case', 'Helmet', ['vest', 'helmet'], 'helmet'],
    ['in two other cases', 'HELMET', ['Helmet', 'helmet'], undefined],
    ['with dashes for letters', 'Höhe', ['H-he', 'vest'], 'H-he'],
    ['with dashes, and in another case', 'höhe', ['H-he'], 'H-he'],
    ['with dashes that two classes have', 'Höhe', ['H-he', 'h-he'], undefined],
    ['of dashes alone', '安全', ['--'], undefined],
    ['of signs alone', '?', ['-'], undefined],
    ['with a letter of two characters', 'Höhe', ['vest', 'Ho\u0308he'], 'Ho\u0308he'],
    ['with a letter of one character', 'Ho\u0308he', ['Höhe'], 'Höhe'],
    ['of two that look the same', 'Ho\u0308he', ['Höhe', 'Ho\u0308he'], 'Ho\u0308he'],
    ['in another case, with a letter of two characters', 'höhe', ['HO\u0308HE'], 'HO\u0308HE'],
    ['with a syllable of several characters', '각', ['\u1100\u1161\u11a8'], '\u1100\u1161\u11a8'],
    ['with dashes for a letter of two characters', 'Höhe', ['Ho-he', 'vest'], 'Ho-he'],
    ['with another mark on the letter', 'Höhe', ['Hohe'], undefined],
    ['with a blank at its end', 'helmet', ['helmet '], undefined],
    ['that is not there', 'helmets', ['helmet'], undefined],
    ['of none', 'helmet', [], undefined],
  ])('is the one %s', (_, wanted, names, expected) => {
    expect(classNamed(wanted, names)).toBe(expected);
  });
});
