import { describe, expect, test } from 'vitest';
import { ShapeError } from '../../../src/roboflow/schema/shape.ts';
import {
  readExport,
  readGenerated,
  readProjectVersions,
  readVersion,
} from '../../../src/roboflow/schema/version-body.ts';

/** What is read of a version that says nothing but its number. */
const bare = {
  images: undefined,
  generating: false,
  progress: undefined,
  splits: { train: undefined, valid: undefined, test: undefined },
  exports: [],
  classes: [],
  preprocessing: undefined,
  augmentation: undefined,
  model: undefined,
  trainResults: new Map(),
};

describe('a dataset version', () => {
  test.each<{ id: unknown; expected: number }>([
    { id: 'acme/hats/7', expected: 7 },
    { id: '7', expected: 7 },
    { id: 7, expected: 7 },
    { id: ' acme/hats/12 ', expected: 12 },
  ])('with the id $id has the number $expected', ({ id, expected }) => {
    expect(readVersion({ workspace: {}, project: {}, version: { id } })).toEqual({
      ...bare,
      number: expected,
    });
  });

  test('may carry one model', () => {
    const model = { id: 'hats/7', map: '81.4' };
    expect(readVersion({ version: { id: 'acme/hats/7', model } })).toEqual({
      ...bare,
      number: 7,
      model: {
        id: 'hats/7',
        modelType: undefined,
        trainedAtMs: undefined,
        trainedMs: undefined,
        body: model,
      },
    });
  });

  test.each([
    { name: 'when it began', dates: { start: 1_777_708_800_000, end: 1_777_712_400_000 } },
    { name: 'when it began, in seconds', dates: { start: 1_777_708_800 } },
    { name: 'when it ended', dates: { end: '2026-05-02T08:00:00Z' } },
  ])('may carry one model that tells $name', ({ dates }) => {
    const model = { id: 'hats/7', ...dates };
    expect(readVersion({ version: { id: 'acme/hats/7', model } }).model).toMatchObject({
      trainedAtMs: 1_777_708_800_000,
    });
  });

  test('tells everything that a training on it needs', () => {
    const body = {
      version: {
        id: 'acme/hats/8',
        name: 'v8',
        created: 1_777_708_800,
        images: 1200,
        splits: { train: 900, valid: 200, test: 100 },
        generating: true,
        progress: 0.25,
        preprocessing: { resize: { width: 640 } },
        augmentation: { flip: { horizontal: true } },
        exports: ['coco', 'yolov5pytorch'],
        classes: ['helmet'],
      },
    };
    expect(readVersion(body)).toEqual({
      number: 8,
      images: 1200,
      generating: true,
      progress: 0.25,
      splits: { train: 900, valid: 200, test: 100 },
      exports: ['coco', 'yolov5pytorch'],
      classes: ['helmet'],
      preprocessing: { resize: { width: 640 } },
      augmentation: { flip: { horizontal: true } },
      model: undefined,
      trainResults: new Map(),
    });
  });

  test.each<[name: string, part: object, expected: object]>([
    ['no images', { images: 0 }, { images: 0 }],
    ['images in a string', { images: '40' }, { images: 40 }],
    ['half an image', { images: 0.5 }, { images: undefined }],
    ['fewer than no images', { images: -1 }, { images: undefined }],
    ['null progress', { progress: null }, { progress: undefined }],
    ['progress in percent', { progress: 50 }, { progress: undefined }],
    ['generating that is no flag', { generating: 'yes' }, { generating: false }],
    [
      'no validation images',
      { splits: { train: 9, valid: 0 } },
      { splits: { train: 9, valid: 0, test: undefined } },
    ],
    ['splits without valid', { splits: { train: 9 } }, { splits: { ...bare.splits, train: 9 } }],
    ['splits that are a list', { splits: [9, 3] }, bare],
    ['exports that are no list', { exports: 'coco' }, { exports: [] }],
    ['no preprocessing', { preprocessing: null }, { preprocessing: undefined }],
    ['augmentation that is a list', { augmentation: [] }, { augmentation: undefined }],
  ])('may have %s', (_, part, expected) => {
    const body = { version: { id: 'acme/hats/7', ...part } };
    expect(readVersion(body)).toEqual({ ...bare, number: 7, ...expected });
  });

  test.each([null, 'x', [], 7, {}])('may carry %j as its model, which is none', (model) => {
    expect(readVersion({ version: { id: 'acme/hats/7', model } }).model).toBeUndefined();
  });

  test.for<unknown>([
    undefined,
    {},
    { version: null },
    { version: [] },
    { version: {} },
    { version: { id: 'acme/hats/' } },
    { version: { id: 'acme/hats/latest' } },
    { version: { id: 0 } },
    { version: { id: -7 } },
    { version: { id: 7.5 } },
  ])('is not read from %j', (body) => {
    expect(() => readVersion(body)).toThrow(ShapeError);
  });
});

describe('the versions of a project', () => {
  test('come highest first, as numbers', () => {
    const body = {
      project: { versions: 3 },
      versions: [{ id: 'acme/hats/2' }, { id: 'acme/hats/10' }, { id: 'acme/hats/9' }],
    };
    expect(readProjectVersions(body)).toEqual([
      { ...bare, number: 10 },
      { ...bare, number: 9 },
      { ...bare, number: 2 },
    ]);
  });

  test('leave out what has no number', () => {
    expect(
      readProjectVersions({ versions: [{ id: 'acme/hats/x' }, null, {}, { id: 'acme/hats/2' }] }),
    ).toEqual([{ ...bare, number: 2 }]);
    expect(readProjectVersions({ versions: [] })).toEqual([]);
  });

  test.each<{ body: unknown }>([{ body: {} }, { body: { versions: 3 } }, { body: [] }, { body: null }])(
    'are not read from $body',
    ({ body }) => {
      expect(() => readProjectVersions(body)).toThrow(ShapeError);
    },
  );
});

describe('a version that is generated', () => {
  test.each<{ version: unknown; expected: number }>([
    { version: 8, expected: 8 },
    { version: '8', expected: 8 },
    { version: 'acme/hats/8', expected: 8 },
  ])('has the number $expected where the answer says $version', ({ version, expected }) => {
    expect(readGenerated({ message: 'Generating.', version })).toBe(expected);
  });

  test.for<unknown>([
    {},
    { version: null },
    { version: 'new' },
    { version: 0 },
    { version: 8.5 },
    { version: {} },
    { error: 'no images' },
    null,
    8,
  ])('has no number in %j', (body) => {
    expect(() => readGenerated(body)).toThrow(ShapeError);
  });
});

describe('an export', () => {
  test.each<[name: string, status: number, body: unknown, expected: object]>([
    ['is under way at 202', 202, { progress: 0.3 }, { ready: false, progress: 0.3 }],
    ['is under way without a word of progress', 202, {}, { ready: false, progress: undefined }],
    ['is under way though its progress is whole', 202, { progress: 1 }, { ready: false, progress: 1 }],
    [
      'is under way with progress that is none',
      202,
      { progress: 'soon' },
      { ready: false, progress: undefined },
    ],
    [
      'is ready at 200',
      200,
      { export: { format: 'coco', link: 'https://files.example/x.zip', size: 4 } },
      { ready: true, progress: undefined },
    ],
  ])('%s', (_, status, body, expected) => {
    expect(readExport(body, status)).toEqual(expected);
  });
});
