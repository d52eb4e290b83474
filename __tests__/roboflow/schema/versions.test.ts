import { describe, expect, test } from 'vitest';
import {
  readExport,
  readGenerated,
  readProjectVersions,
  readVersion,
} from '../../../src/roboflow/schema/version-body.ts';

/** What is read of a version that says nothing but its number. */
const bare = {
  projectType: undefined,
  projectObjects: new Map(),
  objects: new Map(),
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
  test('has its number in its id', () => {
    const read = readVersion({ workspace: {}, project: {}, version: { id: 'acme/hats/7' } });
    expect(read).toEqual({ ...bare, number: 7 });
  });

  test('may carry one model', () => {
    const body = { id: 'hats/7', map: '81.4' };
    const nothing = { modelType: undefined, trainedAtMs: undefined, trainedMs: undefined };
    const read = readVersion({ version: { id: 'acme/hats/7', model: body } });
    expect(read).toEqual({ ...bare, number: 7, model: { id: 'hats/7', ...nothing, body } });
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
    const told = {
      images: 1200,
      splits: { train: 900, valid: 200, test: 100 },
      generating: true,
      progress: 0.25,
      preprocessing: { resize: { width: 640 } },
      augmentation: { flip: { horizontal: true } },
      exports: ['coco', 'yolov5pytorch'],
      classes: ['helmet'],
    };
    const version = { id: 'acme/hats/8', name: 'v8', created: 1_777_708_800, ...told };
    expect(readVersion({ version })).toEqual({ ...bare, ...told, number: 8 });
  });

  test.each<[name: string, part: object, expected: object]>([
    ['no images', { images: 0 }, { images: 0 }],
    ['half an image', { images: 0.5 }, { images: undefined }],
    ['progress that is none', { progress: 50 }, { progress: undefined }],
    ['generating that is no flag', { generating: 'yes' }, { generating: false }],
    ['no validation images', { splits: { valid: 0 } }, { splits: { ...bare.splits, valid: 0 } }],
    ['splits that are a list', { splits: [9, 3] }, bare],
    ['exports that are no list', { exports: 'coco' }, { exports: [] }],
    ['no preprocessing', { preprocessing: null }, { preprocessing: undefined }],
    ['augmentation that is a list', { augmentation: [] }, { augmentation: undefined }],
    [
      'classes with counts',
      { classes: [{ name: 'vest', count: '-5' }, { class: 'hat' }, 7, {}] },
      { classes: ['vest', 'hat', '7'], objects: new Map([['vest', -5]]) },
    ],
    ['counts by class', { classes: { vest: 0 } }, { classes: ['vest'], objects: new Map([['vest', 0]]) }],
  ])('may have %s', (_, part, expected) => {
    const body = { version: { id: 'acme/hats/7', ...part } };
    expect(readVersion(body)).toEqual({ ...bare, number: 7, ...expected });
  });

  test('tells what the project counts today beside its own counts', () => {
    const project = { type: 'object-detection', classes: { vest: 12, hat: -5, cap: 'many' } };
    const read = readVersion({ project, version: { id: 'acme/hats/7' } });
    expect(read.projectObjects).toEqual(
      new Map([
        ['vest', 12],
        ['hat', -5],
      ]),
    );
    expect(read.objects).toEqual(new Map());
  });

  test.each([null, 'x', [], 7, {}])('may carry %j as its model, which is none', (model) => {
    expect(readVersion({ version: { id: 'acme/hats/7', model } }).model).toBeUndefined();
  });
});

describe('the versions of a project', () => {
  test('come highest first, as numbers', () => {
    const versions = [2, 10, 9].map((number) => ({ id: `acme/hats/${number}` }));
    const read = readProjectVersions({ project: { versions: 3 }, versions });
    expect(read).toEqual([10, 9, 2].map((number) => ({ ...bare, number })));
  });

  test('leave out what has no number', () => {
    const versions = [{ id: 'acme/hats/x' }, null, {}, { id: 'acme/hats/2' }];
    expect(readProjectVersions({ versions })).toEqual([{ ...bare, number: 2 }]);
    expect(readProjectVersions({ versions: [] })).toEqual([]);
  });
});

test.each([8, '8', 'acme/hats/8'])(
  'a version that is generated has the number 8 where the answer says %s',
  (version) => {
    expect(readGenerated({ message: 'Generating.', version })).toBe(8);
  },
);

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
