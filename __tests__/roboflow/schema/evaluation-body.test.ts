import { expect, test } from 'vitest';
import { readConfusionMatrix } from '../../../src/roboflow/schema/counts-body.ts';

test.each([-1, 1.5, null, 'many', Number.NaN, []])(
  'a matrix with a count that cannot be, %j, has none',
  (count) => {
    const body = {
      split: 'test',
      classes: ['hat', 'background'],
      matrix: [
        [9, count],
        [1, 0],
      ],
    };
    expect(readConfusionMatrix(body, 'test').counts).toEqual([]);
    expect(() => readConfusionMatrix(body, 'valid')).toThrow(/not a confusion matrix of the valid split/);
  },
);
