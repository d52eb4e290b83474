import type { Interval } from './interval.ts';

/** The metrics that are counted, and so have noise that one training tells. */
export const COUNTED_METRICS = ['precision', 'recall', 'f1', 'accuracy'] as const;

export type CountedMetric = (typeof COUNTED_METRICS)[number];

/** What was found on one image, of one class or of all. */
export interface ImageHits {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** The images of one split by their id, which is the same in each version that has the image. */
export type HitsByImage = ReadonlyMap<string, ImageHits>;

/** With fewer images that count, objects say more. */
const FEWEST_IMAGES = 30;
/** If fewer images differ, no difference is sure: a sign test of 5 is not. */
const FEWEST_DIFFERING = 6;

/** The hits `t` among the chances `g` of a metric. Of F1 by J (K. Lam 2023), or as it is, for a difference. */
interface Ratio {
  readonly t: number;
  readonly g: number;
}

function ratioOf(metric: CountedMetric, hits: ImageHits): Ratio {
  const { truePositives: t, falsePositives, falseNegatives } = hits;
  if (metric === 'precision') return { t, g: t + falsePositives };
  if (metric === 'f1') return { t: 2 * t, g: 2 * t + falsePositives + falseNegatives };
  return { t, g: t + falseNegatives };
}

function byJ({ truePositives: t, falsePositives, falseNegatives }: ImageHits): Ratio {
  return { t, g: t + falsePositives + falseNegatives };
}

/** How many independent objects the images are worth, since objects of one image are alike; undefined of fewer than 30 images. */
export function effectiveCount(metric: CountedMetric, images: HitsByImage): number | undefined {
  const ratios = [...images.values()].map((hits) => (metric === 'f1' ? byJ(hits) : ratioOf(metric, hits)));
  const sums = summed(ratios);
  if (sums === undefined) return undefined;
  const { t, g, counting } = sums;
  const rate = t / g;
  const squares = ratios.reduce((sum, each) => sum + (each.t - rate * each.g) ** 2, 0);
  const variance = ((counting / (counting - 1)) * squares) / g ** 2;
  return variance === 0 ? g : Math.min(g, (rate * (1 - rate)) / variance);
}

/** A difference of two models over the images of either. */
export interface ImageDifference {
  /** Around the difference of the two values, a fraction. */
  readonly interval: Interval;
  /** How many images have both. */
  readonly shared: number;
  readonly all: number;
}

/** The interval of `difference` = now − before, paired by image (E. Miller 2024, arXiv 2411.00640); undefined if a side has fewer than 30 images. */
export function differenceByImage(
  metric: CountedMetric,
  difference: number,
  now: HitsByImage,
  before: HitsByImage,
  z: number,
): ImageDifference | undefined {
  const sides = [residualsOf(metric, now), residualsOf(metric, before)] as const;
  const [ofNow, ofBefore] = sides;
  if (ofNow === undefined || ofBefore === undefined) return undefined;
  const ids = new Set([...now.keys(), ...before.keys()]);
  let squares = 0;
  let differing = 0;
  for (const id of ids) {
    const one = ofNow.get(id);
    const other = ofBefore.get(id);
    squares += ((one?.residual ?? 0) - (other?.residual ?? 0)) ** 2;
    if (one?.t !== other?.t || one?.g !== other?.g) differing += 1;
  }
  const half = z * Math.sqrt((ids.size / (ids.size - 1)) * squares);
  const interval =
    differing < FEWEST_DIFFERING ? { low: -1, high: 1 } : { low: difference - half, high: difference + half };
  return { interval, shared: now.size + before.size - ids.size, all: ids.size };
}

interface Residual extends Ratio {
  /** What the image adds to the rate of its split. */
  readonly residual: number;
}

function residualsOf(metric: CountedMetric, images: HitsByImage): ReadonlyMap<string, Residual> | undefined {
  const ratios = [...images].map(([id, hits]) => [id, ratioOf(metric, hits)] as const);
  const sums = summed(ratios.map(([, ratio]) => ratio));
  if (sums === undefined) return undefined;
  const rate = sums.t / sums.g;
  return new Map(ratios.map(([id, { t, g }]) => [id, { t, g, residual: (t - rate * g) / sums.g }]));
}

/** All hits and chances, and how many images have any; undefined if these are too few. */
function summed(ratios: readonly Ratio[]): (Ratio & { readonly counting: number }) | undefined {
  let [t, g, counting] = [0, 0, 0];
  for (const each of ratios) {
    t += each.t;
    g += each.g;
    if (each.g > 0) counting += 1;
  }
  return counting < FEWEST_IMAGES ? undefined : { t, g, counting };
}
