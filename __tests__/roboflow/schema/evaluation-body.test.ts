import { expect, test } from 'vitest';
import { readConfusionMatrix } from '../../../src/roboflow/schema/counts-body.ts';
import { readClassPanel } from '../../../src/roboflow/schema/evaluation-body.ts';

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

test.each([null, 'vest', {}, { className: '' }, { className: null, recall: 0.1 }])(
  'of classes of which one, %j, has no name, nothing is every class',
  (row) => {
    const vest = { className: 'vest', recall: 0.9 };
    const body = { split: 'test', classes: [vest, row] };
    expect(() => readClassPanel(body, 'test')).toThrow(/not figures by class of the test split/);
    expect(readClassPanel({ ...body, classes: [vest] }, 'test')).toMatchObject([{ name: 'vest' }]);
    expect(() => readClassPanel({ ...body, classes: [vest] }, 'valid')).toThrow(/of the valid split/);
  },
);
