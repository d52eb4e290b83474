import { describe, expect, test } from 'vitest';
import type { DatasetFacts } from '../../src/report/training-facts.ts';
import { changedWords } from '../../src/report/words/changed-words.ts';
import { creditsWords } from '../../src/report/words/numbers.ts';
import { rows } from '../rows.ts';
import { breakable } from './parsed.ts';

const dataset: DatasetFacts = {
  images: { train: 1_640, validation: 412, test: 206 },
  classes: [],
  preprocessing: undefined,
  augmentation: undefined,
};

/** What is said of the change from one to the other. */
function said(before: Partial<DatasetFacts>, now: Partial<DatasetFacts>): string {
  const { images, others } = changedWords({ ...dataset, ...now }, { ...dataset, ...before });
  return breakable([images, ...others].filter((words) => words !== undefined).join(' · '));
}

describe('what changed between two versions', () => {
  test.each<[string, Partial<DatasetFacts['images']>]>([
    ['', {}],
    ['images: 1,640 train, 412 validation (+14), 206 test', { validation: 398 }],
    ['images: 1,640 train (−10), 412 validation, 206 test (+206)', { train: 1_650, test: 0 }],
    ['', { test: undefined }],
  ])('of images: %s', (words, before) => {
    expect(said({ images: { ...dataset.images, ...before } }, {})).toBe(words);
  });

  test.each(
    rows(`
    a b           | a b           | |
    b a           | a b           | |
    a             | a b           | class b new |
    a b c         | c             | classes a, b gone |
    a b           | b c           | class c new · class a gone |
    a             | a b c d e     | 4 classes new |
    a b c d e f   | f             | 5 classes gone |
                  | a b           | |
    a b           |               | |
    `),
  )('of classes: %s, then %s', (before = '', now = '', words = '') => {
    const names = (text: string) => text.split(' ').filter((name) => name !== '');
    expect(said({ classes: names(before) }, { classes: names(now) })).toBe(words);
  });

  test.each(
    rows(`
    {}                                     | {}                                    | |
    {"mosaic":true}                        | {}                                    | mosaic off |
    {}                                     | {"blur":{"pixels":2}}                 | blur on |
    {"auto-orient":{"enabled":true}}       | {"autoOrient":{"enabled":false}}      | autoOrient off |
    {"auto-orient":{"enabled":true}}       | {"autoOrient":{"enabled":true}}       | |
    {"flip":{"enabled":false}}             | {}                                    | |
    {"image":{"versions":2}}               | {"image":{"versions":3}}              | image versions \`3\` (was \`2\`) |
    {"grain":3}                            | {"grain":5}                           | grain \`5\` (was \`3\`) |
    {"flip":{"h":true}}                    | {"flip":{"h":true,"v":true}}          | flip v \`true\` (was none) |
    {"r":{"w":5,"h":5}}                    | {"r":{"h":6,"w":6}}                   | r h \`6\` (was \`5\`), w \`6\` (was \`5\`) |
    {"r":{"w":5,"h":5}}                    | {"r":{"h":5,"w":5}}                   | |
    {"r":{"w":5,"h":5,"f":"Fit"}}          | {"r":{"w":6,"h":6,"f":"Fill"}}        | r changed |
    {"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}  | {}                                    | 6 settings changed |
    {"@acme/x":{"y":1}}                    | {}                                    | @&#8203;acme/x off |
    `),
  )('of settings: %s, then %s', (before = '', now = '', words = '') => {
    const [was, is] = [JSON.parse(before), JSON.parse(now)];
    const text = said({ augmentation: was }, { augmentation: is });
    expect(text).toBe(words === '' ? '' : `augmentation: ${words}`);
    expect(said({ augmentation: was }, {})).toBe('');
    expect(said({ preprocessing: undefined }, { preprocessing: is })).toBe('');
  });

  test('nothing is said of a version that is not known', () => {
    expect(changedWords(undefined, dataset)).toEqual({ images: undefined, others: [] });
    expect(changedWords(dataset, undefined)).toEqual({ images: undefined, others: [] });
  });
});

test.each(
  rows(`
  64  | , about 2.1 credits
  30  | , about 1.0 credit
  240 | , about 8.0 credits
  1.4 |
  2   | , about 0.1 credits
  `),
)('%s min cost "%s"', (minutes = '', words = '') => {
  expect(breakable(creditsWords(Number(minutes) * 60_000))).toBe(words === '' ? '' : words);
});
