import { expect, test } from 'vitest';
import type { CountedMetric } from '../../../src/gate/metric.ts';
import type { HitsByImage, ImageHits } from '../../../src/gate/noise/by-image.ts';
import { type Interval, wilson } from '../../../src/gate/noise/interval.ts';
import {
  type CountedFigure,
  differenceIntervalOf,
  intervalOf,
  type SampledImages,
} from '../../../src/gate/noise/sample.ts';

// A fixed seed: the shares are the same at each run (mulberry32, Tommy Ettinger, public domain).
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shareCovered(rounds: number, covers: () => boolean): number {
  return Array.from({ length: rounds }, covers).filter(Boolean).length / rounds;
}

function isWithin({ low, high }: Interval, truth: number): boolean {
  return low <= truth && truth <= high;
}

test('by object, independent objects are covered at every n and p', () => {
  const random = randomFrom(1);
  const shares = [20, 50, 120, 500, 2000].flatMap((n) =>
    [0.5, 0.7, 0.8, 0.9, 0.95, 0.98].map((p) =>
      shareCovered(1500, () => {
        const k = Array.from({ length: n }, random).filter((draw) => draw < p).length;
        return isWithin(wilson(k / n, n), p);
      }),
    ),
  );
  expect(Math.min(...shares)).toBeGreaterThan(0.91);
  expect(Math.max(...shares)).toBeLessThan(0.985);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(mean).toBeGreaterThan(0.94);
  expect(mean).toBeLessThan(0.96);
});

/** An image: so many objects, found so often; hard images are hard for each model. */
interface Picture {
  readonly id: string;
  readonly objects: number;
  readonly ease: number;
}

function picture(random: () => number, id: string): Picture {
  return { id, objects: 1 + Math.floor(random() * 8), ease: random() ** 0.4 };
}

/** What a model finds on `pictures`: `skill` is the same for all, ease is the picture's own. */
function found(random: () => number, pictures: readonly Picture[], skill: number): HitsByImage {
  return new Map(pictures.map((each) => [each.id, hitsOn(random, each, skill)]));
}

function hitsOn(random: () => number, { objects, ease }: Picture, skill: number): ImageHits {
  const draws = Array.from({ length: objects }, random);
  const truePositives = draws.filter((draw) => draw < ease ** (1 / skill)).length;
  // Most images have none; a confusing one has several.
  const falsePositives = random() < 0.25 * (1.5 - ease) ? 1 + Math.floor(random() * 5) : 0;
  return { truePositives, falsePositives, falseNegatives: objects - truePositives };
}

function rateOf(metric: CountedMetric, images: HitsByImage): { readonly value: number; readonly n: number } {
  let [tp, fp, fn] = [0, 0, 0];
  for (const { truePositives, falsePositives, falseNegatives } of images.values()) {
    tp += truePositives;
    fp += falsePositives;
    fn += falseNegatives;
  }
  if (metric === 'precision') return { value: tp / (tp + fp), n: tp + fp };
  if (metric === 'f1') return { value: (2 * tp) / (2 * tp + fp + fn), n: tp + fp + fn };
  return { value: tp / (tp + fn), n: tp + fn };
}

function imagesWith(...hits: readonly HitsByImage[]): SampledImages {
  return { ids: new Set(hits.flatMap((each) => [...each.keys()])), hits: () => hits };
}

/** The figure of `images`, with or without what was found on each. */
function figureOf(metric: CountedMetric, images: HitsByImage, by: 'images' | 'objects'): CountedFigure {
  const { value, n } = rateOf(metric, images);
  return {
    metric,
    percent: value * 100,
    sample: { n, images: by === 'images' ? imagesWith(images) : undefined },
  };
}

function pictures(random: () => number, count: number, from = 0): readonly Picture[] {
  return Array.from({ length: count }, (_, index) => picture(random, `image-${from + index}`));
}

/** What the model reaches on very many images. */
function truth(metric: CountedMetric, skill: number): number {
  const random = randomFrom(77);
  return rateOf(metric, found(random, pictures(random, 60_000), skill)).value * 100;
}

test.each(['recall', 'precision', 'f1'] as const)(
  'by image, uneven images are covered for %s; by object they are not',
  (metric) => {
    const wanted = truth(metric, 2);
    for (const count of [60, 250]) {
      const random = randomFrom(count);
      const byObject: boolean[] = [];
      const byImage = shareCovered(600, () => {
        const images = found(random, pictures(random, count), 2);
        byObject.push(isWithin(intervalOf(figureOf(metric, images, 'objects')), wanted));
        return isWithin(intervalOf(figureOf(metric, images, 'images')), wanted);
      });
      expect(byImage, `${metric}, ${count} images`).toBeGreaterThan(0.93);
      expect(byImage, `${metric}, ${count} images`).toBeLessThan(0.97);
      expect(byObject.filter(Boolean).length / byObject.length).toBeLessThan(byImage);
    }
  },
);

const SHARED = [100, 90, 50, 10];

test.each(SHARED)('a difference is covered when %d %% of the images are in both', (percent) => {
  const metric = 'recall';
  const wanted = truth(metric, 2.4) - truth(metric, 2);
  const random = randomFrom(percent);
  const widths = { paired: 0, unpaired: 0 };
  const rounds = 600;
  const share = shareCovered(rounds, () => {
    const before = pictures(random, 250);
    const kept = before.slice(0, (250 * percent) / 100);
    const after = [...kept, ...pictures(random, 250 - kept.length, 250)];
    const [one, other] = [found(random, after, 2.4), found(random, before, 2)];
    const [now, then] = [figureOf(metric, one, 'images'), figureOf(metric, other, 'images')];
    const paired = differenceIntervalOf(now, then);
    const unpaired = differenceIntervalOf(now, figureOf(metric, other, 'objects'));
    widths.paired += paired.high - paired.low;
    widths.unpaired += unpaired.high - unpaired.low;
    return isWithin(paired, wanted);
  });
  console.log(
    `${percent} % shared: ${(widths.paired / rounds / 2).toFixed(2)} points paired, ${(widths.unpaired / rounds / 2).toFixed(2)} unpaired`,
  );
  expect(share).toBeGreaterThan(0.93);
  expect(share).toBeLessThan(0.97);
  if (percent >= 50) expect(widths.paired).toBeLessThan(widths.unpaired);
});

test('nothing is sure if fewer than 6 images differ, nor by image if a side has fewer than 30', () => {
  const random = randomFrom(3);
  const before = new Map(
    pictures(random, 40).map(({ id }) => [id, { truePositives: 3, falsePositives: 0, falseNegatives: 1 }]),
  );
  const better = { truePositives: 4, falsePositives: 0, falseNegatives: 0 };
  const withBetter = (count: number) =>
    new Map([...before].map(([id, hits], index) => [id, index < count ? better : hits]));
  const figure = (images: HitsByImage) => figureOf('recall', images, 'images');
  const difference = (now: HitsByImage) => differenceIntervalOf(figure(now), figure(before));
  expect(difference(withBetter(5)).low).toBeLessThan(-99);
  expect(difference(withBetter(5)).high).toBeGreaterThan(99);
  expect(difference(withBetter(6)).low).toBeGreaterThan(-2);
  expect(difference(withBetter(6))).toMatchObject({ method: 'images', shared: 40, all: 40 });
  const few = new Map([...before].slice(0, 29));
  expect([difference(few).method, intervalOf(figure(few)).method]).toEqual(['objects', 'objects']);
});

test('the mean of classes is surer than its least sure class, by object and by image', () => {
  const random = randomFrom(11);
  const wanted = truth('recall', 2);
  for (const by of ['objects', 'images'] as const) {
    const share = shareCovered(400, () => {
      const all = pictures(random, 120);
      const classes = [1, 2, 3].map(() => figureOf('recall', found(random, all, 2), 'images'));
      const mean: CountedFigure = {
        metric: 'recall',
        percent: classes.reduce((sum, { percent }) => sum + percent, 0) / 3,
        sample: {
          n: classes.reduce((sum, { sample }) => sum + sample.n, 0),
          classes: classes.map(({ percent, sample: { n } }) => ({ percent, n })),
          images:
            by === 'images'
              ? imagesWith(...classes.flatMap(({ sample }) => sample.images?.hits() ?? []))
              : undefined,
        },
      };
      const interval = intervalOf(mean);
      expect(interval.method).toBe(by);
      return isWithin(interval, wanted);
    });
    // Hard images are hard for each class: by object that is not seen.
    if (by === 'images') expect(share).toBeGreaterThan(0.92);
    else expect(share).toBeLessThan(0.9);
  }
});

test.each([
  ['all found', 4, 0, 160],
  ['none found', 0, 4, 160],
])('%s: as many as there are objects', (_, truePositives, falseNegatives, wanted) => {
  const images = new Map(
    Array.from({ length: 40 }, (__, i) => [`${i}`, { truePositives, falsePositives: 0, falseNegatives }]),
  );
  const { sample, ...figure } = figureOf('recall', images, 'images');
  expect(intervalOf({ ...figure, sample })).toEqual({
    ...intervalOf({ ...figure, sample: { n: wanted } }),
    method: 'images',
  });
});
