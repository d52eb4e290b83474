import { describe, expect, test } from 'vitest';
import { readTrainResults } from '../../../src/roboflow/schema/version-body.ts';

/** `version.train` with these rows. */
function train(splits: object) {
  return { status: 'finished', results: { class_map: splits } };
}

const all = {
  class: 'all',
  images: '210',
  targets: '1240',
  precision: '0.884',
  recall: '0.796',
  map50: '0.842',
  map95: '0.617',
};

describe('the training results of a version', () => {
  test('are rows by split, with fractions that come as texts', () => {
    expect(readTrainResults(train({ valid: [all], test: [{ ...all, map50: 0.801 }] }))).toEqual(
      new Map([
        [
          'valid',
          [{ class: 'all', targets: 1240, precision: 0.884, recall: 0.796, map50: 0.842, map95: 0.617 }],
        ],
        [
          'test',
          [{ class: 'all', targets: 1240, precision: 0.884, recall: 0.796, map50: 0.801, map95: 0.617 }],
        ],
      ]),
    );
  });

  test.each<{ name: string; row: object; expected: object }>([
    { name: 'in percent', row: { map50: '84.2' }, expected: { map50: undefined, map95: 0.617 } },
    { name: 'below 0', row: { map95: '-0.1' }, expected: { map50: 0.842, map95: undefined } },
    { name: 'that is no number', row: { recall: 'NaN' }, expected: { recall: undefined } },
    { name: 'that is null', row: { precision: null }, expected: { precision: undefined, recall: 0.796 } },
    { name: 'above 1', row: { recall: '1.01' }, expected: { recall: undefined, map95: 0.617 } },
    { name: 'of fewer than no boxes', row: { targets: -5 }, expected: { targets: undefined, recall: 0.796 } },
    { name: 'of half a box', row: { targets: '0.5' }, expected: { targets: undefined } },
    { name: 'of a class that is a number', row: { class: 3 }, expected: { class: '3' } },
    { name: 'of a class with blanks', row: { class: ' vest ', map50: null }, expected: { class: ' vest ' } },
  ])('leave out a figure $name, and keep the rest of its row', ({ row, expected }) => {
    const rows = readTrainResults(train({ valid: [{ ...all, ...row }] })).get('valid');
    expect(rows).toHaveLength(1);
    expect(rows?.[0]).toMatchObject(expected);
  });

  test.each([
    { came: '1.0000000000000002', read: 1 },
    { came: 1.0000000000000002, read: 1 },
    { came: -1e-17, read: 0 },
    { came: 1, read: 1 },
    { came: 0, read: 0 },
  ])('have $came as $read, as sums are off by rounding', ({ came, read }) => {
    expect(readTrainResults(train({ valid: [{ ...all, recall: came }] })).get('valid')?.[0]?.recall).toBe(
      read,
    );
  });

  test.for<unknown>([null, 'all', { ...all, class: '' }, { map50: '0.9' }, { ...all, class: {} }, []])(
    'tell of all classes together if one row names none, since the others are not every class: %j',
    (row) => {
      const vest = { ...all, class: 'vest' };
      const [whole, lacking] = [
        [vest, all],
        [vest, row, all],
      ].map((rows) => readTrainResults(train({ valid: rows })).get('valid'));
      expect(whole).toMatchObject([{ class: 'vest' }, { class: 'all' }]);
      expect(lacking).toMatchObject([{ class: 'all' }]);
    },
  );

  test.for<unknown>([
    undefined,
    null,
    'finished',
    {},
    { results: null },
    { results: [all] },
    { results: {} },
    { results: { class_map: [all] } },
  ])('are none in %j', (given) => {
    expect(readTrainResults(given)).toEqual(new Map());
  });

  test('have no row of a split that is no list', () => {
    expect(readTrainResults(train({ valid: { all }, test: [all] }))).toEqual(
      new Map([
        ['valid', []],
        ['test', [expect.objectContaining({ map50: 0.842 })]],
      ]),
    );
  });
});
