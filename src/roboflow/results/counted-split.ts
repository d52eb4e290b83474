import type { HitsByImage, ImageHits } from '../../gate/noise/by-image.ts';
import type { Confused, ConfusionMatrix } from '../schema/counts-body.ts';

/** What was confused on each image of a split, by the image's id. */
export type ConfusedByImage = ReadonlyMap<string, readonly Confused[]>;

/** What an evaluation counted on a split, of one class or of all of them. */
export interface Counted {
  readonly totals: ImageHits;
  /** Undefined if the images were not read, or are not those of the matrix. */
  readonly images: { readonly ids: ReadonlySet<string>; readonly hits: () => HitsByImage } | undefined;
}

/** What an evaluation counted on a split. */
export interface CountedSplit {
  readonly classes: readonly string[];
  readonly all: Counted;
  readonly ofClass: ReadonlyMap<string, Counted>;
}

/** The counts of `matrix`, with those of its images if they sum up to as many objects of each class. */
export function countedSplit(matrix: ConfusionMatrix, images: ConfusedByImage | undefined): CountedSplit {
  const last = matrix.classes.findIndex(isBackground);
  // It is the last one, also where it has no name.
  const background = last === -1 ? matrix.classes.length : last;
  const confused = matrix.counts.flatMap((row, actual) =>
    row.map((count, predicted): Confused => [actual, predicted, count]),
  );
  const own = images && isOfSame(matrix, [...images.values()].flat(), background) ? images : undefined;
  const ids = own && new Set(own.keys());
  const counted = (index: number | undefined): Counted => ({
    totals: hitsOf(confused, index, background),
    images: own && ids && { ids, hits: () => hitsByImage(own, index, background) },
  });
  const named = matrix.classes.flatMap((name, index) =>
    index === background ? [] : [[name, counted(index)] as const],
  );
  return { classes: named.map(([name]) => name), all: counted(undefined), ofClass: new Map(named) };
}

/** Whether there are as many objects of each class on the images as in the matrix. */
function isOfSame({ counts }: ConfusionMatrix, confused: readonly Confused[], background: number): boolean {
  const left = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  for (const [actual, , count] of confused) left[actual] = (left[actual] ?? 0) - count;
  return left.every((count, actual) => actual === background || count === 0);
}

/** An image on which there is none of it is left out. */
function hitsByImage(images: ConfusedByImage, index: number | undefined, background: number): HitsByImage {
  const hits = new Map<string, ImageHits>();
  for (const [id, confused] of images) {
    const own = hitsOf(confused, index, background);
    if (own.truePositives + own.falsePositives + own.falseNegatives > 0) hits.set(id, own);
  }
  return hits;
}

/** Of the class at `index`, or of all together: a class that is taken for another is missed, and the other is a false alarm. */
function hitsOf(confused: readonly Confused[], index: number | undefined, background: number): ImageHits {
  let [truePositives, falsePositives, falseNegatives] = [0, 0, 0];
  for (const [actual, predicted, count] of confused) {
    const isActual = index === undefined ? actual !== background : actual === index;
    const isPredicted = index === undefined ? predicted !== background : predicted === index;
    if (actual === predicted) truePositives += isActual ? count : 0;
    else {
      falseNegatives += isActual ? count : 0;
      falsePositives += isPredicted ? count : 0;
    }
  }
  return { truePositives, falsePositives, falseNegatives };
}

/** Roboflow's word for where no object is. */
export function isBackground(name: string | undefined): boolean {
  return name?.toLowerCase() === 'background';
}
