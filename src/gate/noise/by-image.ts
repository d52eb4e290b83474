import type { CountedMetric } from '../metric.ts';

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

interface Residual extends Ratio {
  readonly value: number;
}

/** What the images of each part (a class, or all pooled) add to the mean of the parts; undefined of fewer than 30 images. */
export function residualsOf(metric: CountedMetric, parts: readonly HitsByImage[]): Residuals | undefined {
  const residuals = new Map<string, Residual>();
  for (const images of parts) {
    const whole = summed([...images.values()].map((hits) => ratioOf(metric, hits)));
    if (whole.g === 0) return undefined;
    for (const [id, hits] of images) {
      const { t, g } = ratioOf(metric, hits);
      const other = residuals.get(id) ?? NOTHING;
      const value = other.value + (t - (whole.t / whole.g) * g) / whole.g / parts.length;
      residuals.set(id, { value, t: other.t + t, g: other.g + g });
    }
  }
  const counting = [...residuals.values()].filter(({ g }) => g > 0);
  return counting.length < FEWEST_IMAGES ? undefined : residuals;
}

const NOTHING: Residual = { value: 0, t: 0, g: 0 };

/** The standard error of a figure from what each of its images adds, or of a difference (E. Miller 2024, arXiv 2411.00640). */
export function standardErrorOf(each: readonly Pick<Residual, 'value'>[], images = each.length): number {
  const squares = each.reduce((sum, { value }) => sum + value ** 2, 0);
  return Math.sqrt((images / (images - 1)) * squares);
}

/** How `now` and `before` differ over `all` images of either, of which `shared` are in both; one that a side lacks adds nothing there. `isOfTooFew`: so few differ that neither is sure to be better. */
export function pairedDifference(
  now: Residuals,
  before: Residuals,
  { shared, all }: { readonly shared: number; readonly all: number },
) {
  const differences = [...new Set([...now.keys(), ...before.keys()])].map((id) => {
    const [one, other] = [now.get(id) ?? NOTHING, before.get(id) ?? NOTHING];
    return { value: one.value - other.value, isOther: one.t !== other.t || one.g !== other.g };
  });
  const differing = differences.filter((each) => each.isOther).length;
  const isOfTooFew = Math.max(differing, all - shared) < FEWEST_DIFFERING;
  return { standardError: standardErrorOf(differences, all), isOfTooFew };
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
