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
    { name: 'that is not there', wanted: 'helmets', names: ['helmet'], expected: undefined },
    { name: 'of none', wanted: 'helmet', names: [], expected: undefined },
  ])('is the one $name', ({ wanted, names, expected }) => {
    expect(classNamed(wanted, names)).toBe(expected);
  });
});
