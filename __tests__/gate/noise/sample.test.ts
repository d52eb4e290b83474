import { describe, expect, test } from 'vitest';
import type { ImageHits } from '../../../src/gate/noise/by-image.ts';
import {
  type CountedFigure,
  differenceIntervalOf,
  intervalOf,
  type SampledImages,
} from '../../../src/gate/noise/sample.ts';

/** Images of one object each, of which so many are found. */
function images(found: number, all: number, prefix = ''): SampledImages {
  const hits = new Map(
    Array.from({ length: all }, (_, index): [string, ImageHits] => [
      `${prefix}${index}`,
      { truePositives: index < found ? 1 : 0, falsePositives: 0, falseNegatives: index < found ? 0 : 1 },
    ]),
  );
  return { ids: new Set(hits.keys()), hits: () => [hits] };
}

function recall(found: number, all: number, prefix?: string): CountedFigure {
  return {
    metric: 'recall',
    percent: (100 * found) / all,
    sample: { n: all, images: images(found, all, prefix) },
  };
}

describe('a mean of classes', () => {
  test.each([
    [40, 40],
    [39, 40],
    [40, 200],
    [38, 60],
  ])('is never surer by image than by object: %d of %d', (found, all) => {
    const part = { percent: (100 * found) / all, n: all };
    const both = { metric: 'recall', percent: part.percent } as const;
    const classes = [part, part];
    const own = images(found, all);
    const hits = () => [...own.hits(), ...own.hits()];
    const byObject = intervalOf({ ...both, sample: { n: 2 * all, classes } });
    const byImage = intervalOf({ ...both, sample: { n: 2 * all, classes, images: { ...own, hits } } });
    expect(byImage.method).toBe('images');
    expect(byImage.low).toBeLessThanOrEqual(byObject.low);
    expect(byObject.low).toBeLessThan(part.percent);
  });
});

test('classes in another order make no image another', () => {
  const [one, other] = [images(90, 100), images(30, 40)];
  const mean = (parts: readonly SampledImages[]): CountedFigure => ({
    metric: 'recall',
    percent: 82.5,
    sample: {
      n: 140,
      classes: [
        { percent: 90, n: 100 },
        { percent: 75, n: 40 },
      ],
      images: { ids: one.ids, hits: () => parts.flatMap(({ hits }) => hits()) },
    },
  });
  expect(differenceIntervalOf(mean([one, other]), mean([other, one])).isOfTooFew).toBe(true);
});

describe('where fewer than 6 images differ, nothing is sure', () => {
  test.each([
    [95, 100, '', true],
    [96, 100, '', true],
    [94, 100, '', false],
    [100, 100, 'other ', false],
  ])('%d of %d against 100 of 100 %s', (found, all, prefix, isOfTooFew) => {
    const interval = differenceIntervalOf(recall(found, all, prefix), recall(100, 100));
    expect(interval.isOfTooFew).toBe(isOfTooFew);
    if (isOfTooFew) expect(interval).toMatchObject({ low: -100, high: 100, method: 'images' });
    else expect(interval.high).toBeLessThan(20);
  });
});
