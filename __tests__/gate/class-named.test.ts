import { describe, expect, test } from 'vitest';
import { classNamed } from '../../src/gate/class-named.ts';

describe('the class that a rule means', () => {
  test.each<{ name: string; wanted: string; names: string[]; expected: string | undefined }>([
    { name: 'exactly it', wanted: 'helmet', names: ['Helmet', 'helmet'], expected: 'helmet' },
    { name: 'in another case', wanted: 'Helmet', names: ['vest', 'helmet'], expected: 'helmet' },
    { name: 'in two other cases', wanted: 'HELMET', names: ['Helmet', 'helmet'], expected: undefined },
    { name: 'with dashes for letters', wanted: 'Höhe', names: ['H-he', 'vest'], expected: 'H-he' },
    { name: 'with dashes, and in another case', wanted: 'höhe', names: ['H-he'], expected: 'H-he' },
    {
      name: 'with dashes that two classes have',
      wanted: 'Höhe',
      names: ['H-he', 'h-he'],
      expected: undefined,
    },
    { name: 'of dashes alone', wanted: '安全', names: ['--'], expected: undefined },
    { name: 'of signs alone', wanted: '?', names: ['-'], expected: undefined },
    {
      name: 'with a letter of two characters',
      wanted: 'Höhe',
      names: ['vest', 'Ho\u0308he'],
      expected: 'Ho\u0308he',
    },
    { name: 'with a letter of one character', wanted: 'Ho\u0308he', names: ['Höhe'], expected: 'Höhe' },
    {
      name: 'of two that look the same',
      wanted: 'Ho\u0308he',
      names: ['Höhe', 'Ho\u0308he'],
      expected: 'Ho\u0308he',
    },
    {
      name: 'in another case, with a letter of two characters',
      wanted: 'höhe',
      names: ['HO\u0308HE'],
      expected: 'HO\u0308HE',
    },
    {
      name: 'with a syllable of several characters',
      wanted: '각',
      names: ['\u1100\u1161\u11a8'],
      expected: '\u1100\u1161\u11a8',
    },
    {
      name: 'with dashes for a letter of two characters',
      wanted: 'Höhe',
      names: ['Ho-he', 'vest'],
      expected: 'Ho-he',
    },
    { name: 'with another mark on the letter', wanted: 'Höhe', names: ['Hohe'], expected: undefined },
    { name: 'with a blank at its end', wanted: 'helmet', names: ['helmet '], expected: undefined },
    { name: 'that is not there', wanted: 'helmets', names: ['helmet'], expected: undefined },
    { name: 'of none', wanted: 'helmet', names: [], expected: undefined },
  ])('is the one $name', ({ wanted, names, expected }) => {
    expect(classNamed(wanted, names)).toBe(expected);
  });
});
