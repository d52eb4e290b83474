import * as v from 'valibot';
import type { Split } from '../../gate/split-figures.ts';
import { Count, NonEmpty, readAs, unexpected } from './shape.ts';

/** Counts by actual class and predicted class; both are indices of `classes`, of which one is the background. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

const Matrix = v.looseObject({
  split: v.string(),
  classes: v.array(v.string()),
  matrix: v.array(v.array(v.unknown())),
});

/**
 * Reads `confusion-matrix` of `split`, indexed by actual and then predicted class; without counts if one of them cannot be. Throws
 * ShapeError also if it is of another split.
 */
export function readConfusionMatrix(body: unknown, split: Split): ConfusionMatrix {
  const panel = readAs(Matrix, body);
  if (panel?.split !== split) throw unexpected(`a confusion matrix of the ${split} split`, body);
  return { classes: panel.classes, counts: readAs(v.array(v.array(Count)), panel.matrix) ?? [] };
}

/** How often one class was taken for another on an image, or for itself; both are indices of the matrix. */
export type Confused = readonly [actual: number, predicted: number, count: number];

const Page = v.looseObject({
  split: v.string(),
  totalImages: Count,
  images: v.array(v.unknown()),
});
const Images = v.array(
  v.looseObject({ imageId: NonEmpty, confusion: v.array(v.strictTuple([Count, Count, Count])) }),
);

/** Reads a page of `image-predictions` of `split`, without images if one of them cannot be. Throws ShapeError also if it is of another split. */
export function readImagePage(body: unknown, split: Split) {
  const page = readAs(Page, body);
  if (page?.split !== split) throw unexpected(`predictions by image of the ${split} split`, body);
  const images = readAs(Images, page.images);
  return { total: page.totalImages, images };
}
