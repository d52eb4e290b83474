import type { Split } from '../../gate/split-figures.ts';
import { getConfusionMatrix, getImagePage, IMAGES_A_PAGE } from '../endpoints/evaluations.ts';
import { ApiError, obstacleOf } from '../http/failure.ts';
import { unlessFailed } from '../http/outcome.ts';
import type { Confused } from '../schema/counts-body.ts';
import { type ConfusedByImage, type CountedSplit, countedSplit } from './counted-split.ts';
import type { EvaluationReader } from './find-evaluation.ts';

/** How many pages of images are read of a model at most; of more images only the objects count. */
export const MOST_PAGES = 20;

/**
 * What an evaluation counted on `split` near the confidence `threshold`, undefined if it has no counts there; and how many pages of
 * images were read for it, `mostPages` at most.
 * @throws ApiError if counts may be there, and no answer came
 */
export async function readCounts(
  reader: EvaluationReader,
  id: string,
  split: Split,
  threshold: number,
  mostPages: number,
): Promise<{ readonly counts: CountedSplit | undefined; readonly pages: number }> {
  const { here, patience } = reader;
  const at = storedThreshold(threshold);
  const matrix = await unlessNotThere(() => getConfusionMatrix(here, id, split, at, patience));
  if (!matrix?.counts.flat().some((count) => count > 0)) return { counts: undefined, pages: 0 };
  const { images, pages } = await readImages(reader, id, split, at, mostPages);
  return { counts: countedSplit(matrix, images), pages };
}

/** Predictions are stored at steps of a tenth; of two equally near the upper (docs/internals/roboflow-api.md#model-evaluations). */
export function storedThreshold(threshold: number): number {
  return Math.floor(threshold * 10 + 0.5) / 10;
}

async function readImages(
  { here, patience }: EvaluationReader,
  id: string,
  split: Split,
  threshold: number,
  mostPages: number,
): Promise<{ readonly images?: ConfusedByImage; readonly pages: number }> {
  const images = new Map<string, readonly Confused[]>();
  for (let pages = 0; pages < mostPages; pages += 1) {
    const offset = pages * IMAGES_A_PAGE;
    const page = await unlessNotThere(() => getImagePage(here, id, split, threshold, offset, patience));
    if (page?.images === undefined || page.total > mostPages * IMAGES_A_PAGE) return { pages: pages + 1 };
    for (const { imageId, confusion } of page.images) images.set(imageId, images.get(imageId) ?? confusion);
    if (images.size >= page.total || page.images.length === 0) return { images, pages: pages + 1 };
  }
  return { pages: mostPages, ...(mostPages > 0 && { images }) };
}

/** Undefined if the answer says that it is not there, or not for this key; what nobody answered may be there. */
async function unlessNotThere<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  const value = await unlessFailed(read);
  if (!(value instanceof ApiError)) return value;
  const obstacle = obstacleOf(value);
  if (obstacle === 'no-answer' || obstacle === 'not-done') throw value;
  return undefined;
}
