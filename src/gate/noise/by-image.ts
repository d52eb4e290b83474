import type { CountedMetric } from './counted-metric.ts';

/** What was found on one image, of one class or of all. */
export interface ImageHits {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** By the image's id, which is the same in each version that has the image. An image on which nothing is or was seen may be left out. */
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
  const { t, g, counting } = summed(ratios);
  if (counting < FEWEST_IMAGES) return undefined;
  const rate = t / g;
  const squares = ratios.reduce((sum, each) => sum + (each.t - rate * each.g) ** 2, 0);
  const variance = ((counting / (counting - 1)) * squares) / g ** 2;
  return variance === 0 ? g : Math.min(g, (rate * (1 - rate)) / variance);
}

/** What each image adds to a figure: of one class or of all pooled, or of the mean of several classes. */
export type Residuals = ReadonlyMap<string, Residual>;

interface Residual {
  readonly value: number;
  readonly ratios: ReadonlyMap<number, Ratio>;
}

/** What the images of each part (a class, or all pooled) add to the mean of the parts; undefined of fewer than 30 images. */
export function residualsOf(metric: CountedMetric, parts: readonly HitsByImage[]): Residuals | undefined {
  const residuals = new Map<string, { value: number; readonly ratios: Map<number, Ratio> }>();
  for (const [part, images] of parts.entries()) {
    const ratios = [...images].map(([id, hits]) => [id, ratioOf(metric, hits)] as const);
    const { t, g } = summed(ratios.map(([, ratio]) => ratio));
    if (g === 0) return undefined;
    for (const [id, ratio] of ratios) {
      const residual = residuals.get(id) ?? { value: 0, ratios: new Map() };
      residual.value += (ratio.t - (t / g) * ratio.g) / g / parts.length;
      residual.ratios.set(part, ratio);
      residuals.set(id, residual);
    }
  }
  const counting = [...residuals.values()].filter(({ ratios }) =>
    [...ratios.values()].some(({ g }) => g > 0),
  );
  return counting.length < FEWEST_IMAGES ? undefined : residuals;
}

/** The standard error of a figure from what each of its images adds, or of a difference (E. Miller 2024, arXiv 2411.00640). */
export function standardErrorOf(residuals: readonly number[]): number {
  const squares = residuals.reduce((sum, value) => sum + value ** 2, 0);
  return Math.sqrt((residuals.length / (residuals.length - 1)) * squares);
}

/** A difference of two models, paired by image. */
export interface PairedDifference {
  readonly standardError: number;
  /** Whether so few images differ that neither better nor worse is sure. */
  readonly isOfTooFew: boolean;
}

/** How `now` and `before` differ over the images of either; one that a side lacks adds nothing there. */
export function pairedDifference(now: Residuals, before: Residuals, onlyOnOneSide: number): PairedDifference {
  const ids = [...new Set([...now.keys(), ...before.keys()])];
  const differences = ids.map((id) => (now.get(id)?.value ?? 0) - (before.get(id)?.value ?? 0));
  const differing = ids.filter((id) => isOther(now.get(id), before.get(id))).length;
  return {
    standardError: standardErrorOf(differences),
    isOfTooFew: Math.max(differing, onlyOnOneSide) < FEWEST_DIFFERING,
  };
}

function isOther(one: Residual | undefined, other: Residual | undefined): boolean {
  const parts = new Set([...(one?.ratios.keys() ?? []), ...(other?.ratios.keys() ?? [])]);
  return [...parts].some((part) => {
    const [a, b] = [one?.ratios.get(part), other?.ratios.get(part)];
    return (a?.t ?? 0) !== (b?.t ?? 0) || (a?.g ?? 0) !== (b?.g ?? 0);
  });
}

/** All hits and chances, and how many images have any. */
function summed(ratios: readonly Ratio[]): Ratio & { readonly counting: number } {
  let [t, g, counting] = [0, 0, 0];
  for (const each of ratios) {
    t += each.t;
    g += each.g;
    if (each.g > 0) counting += 1;
  }
  return { t, g, counting };
}
