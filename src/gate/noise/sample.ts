import type { CountedMetric } from '../metric.ts';
import {
  effectiveCount,
  type HitsByImage,
  pairedDifference,
  residualsOf,
  standardErrorOf,
} from './by-image.ts';
import { differenceOf, type Estimate, type Interval, wilson, wilsonOfF1, zAmong } from './interval.ts';

/** What a figure was counted from. */
export interface Sample {
  /** Objects, detections or images, as the metric counts. */
  readonly n: number;
  /** Of a figure that is the mean of its classes: each class's own. */
  readonly classes?: readonly SampledClass[] | undefined;
  readonly images?: SampledImages | undefined;
}

/** The images of a split, if they were read. */
export interface SampledImages {
  readonly ids: ReadonlySet<string>;
  /** What was found on each: of all that was counted, or of each class of a mean. */
  readonly hits: () => readonly HitsByImage[];
}

interface SampledClass {
  readonly percent: number;
  readonly n: number;
}

/** A counted figure, in percent. */
export interface CountedFigure {
  readonly metric: CountedMetric;
  readonly percent: number;
  readonly sample: Sample;
}

/** How an interval was found: by images, whose objects are alike, or as if each object stood alone. */
export type Method = 'images' | 'objects';

/** The 95 % interval of a figure, in percent. */
export interface FigureInterval extends Interval {
  readonly n: number;
  readonly method: Method;
}

/** The interval of `figure`; 5 % are shared by `among` intervals that shall all be right. */
export function intervalOf(figure: CountedFigure, among = 1): FigureInterval {
  const { method, low, high } = estimateOf(figure, zAmong(among));
  return { n: figure.sample.n, method, low: low * 100, high: high * 100 };
}

function estimateOf({ metric, percent, sample }: CountedFigure, z: number): Estimate & { method: Method } {
  const value = percent / 100;
  const { n, classes } = sample;
  const images = sample.images?.hits() ?? [];
  if (classes === undefined) {
    const [only] = images;
    const effective = only && effectiveCount(metric, only);
    const interval = byCount(metric, value, effective ?? n, z);
    return { value, ...interval, method: effective === undefined ? 'objects' : 'images' };
  }
  const residuals = residualsOf(metric, images);
  const byObject = Math.hypot(...classes.map((each) => halfWidth(metric, each, z) / z)) / classes.length;
  // Objects of one image are alike, and never tell more than if each stood alone.
  const standardError =
    residuals === undefined ? byObject : Math.max(byObject, standardErrorOf([...residuals.values()]));
  const half = z * standardError;
  const interval = { low: Math.max(0, value - half), high: Math.min(1, value + half) };
  return { value, ...interval, method: residuals === undefined ? 'objects' : 'images' };
}

function byCount(metric: CountedMetric, value: number, n: number, z: number): Interval {
  return metric === 'f1' ? wilsonOfF1(value, n, z) : wilson(value, n, z);
}

function halfWidth(metric: CountedMetric, { percent, n }: SampledClass, z: number): number {
  const { low, high } = byCount(metric, percent / 100, n, z);
  return (high - low) / 2;
}

/** The 95 % interval of a difference to the baseline, in points. */
export interface DifferenceInterval extends Interval {
  readonly method: Method;
  /** How many images both have, of how many; if it is by images. */
  readonly shared?: number;
  readonly all?: number;
  /** Whether so few of them differ that neither better nor worse is sure. */
  readonly isOfTooFew?: boolean;
}

/** The interval of `now - before`: paired by image if both have their images, else of two independent figures. */
export function differenceIntervalOf(
  now: CountedFigure,
  before: CountedFigure,
  among = 1,
): DifferenceInterval {
  const z = zAmong(among);
  const byImage = paired(now, before, z);
  if (byImage !== undefined) return byImage;
  const { low, high } = differenceOf(estimateOf(now, z), estimateOf(before, z));
  return { low: low * 100, high: high * 100, method: 'objects' };
}

function paired(now: CountedFigure, before: CountedFigure, z: number): DifferenceInterval | undefined {
  const [one, other] = [now.sample.images, before.sample.images];
  const [ofNow, ofBefore] = [one, other].map((images) => residualsOf(now.metric, images?.hits() ?? []));
  if (!one || !other || !ofNow || !ofBefore) return undefined;
  let shared = 0;
  for (const id of one.ids) if (other.ids.has(id)) shared += 1;
  const all = one.ids.size + other.ids.size - shared;
  const { standardError, isOfTooFew } = pairedDifference(ofNow, ofBefore, { shared, all });
  const difference = now.percent - before.percent;
  const half = z * standardError * 100;
  const limits = isOfTooFew ? { low: -100, high: 100 } : { low: difference - half, high: difference + half };
  return { ...limits, method: 'images', shared, all, isOfTooFew };
}
