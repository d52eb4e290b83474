import type { ImageCounts } from '../../report/training-facts.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';

/** How many images each split of a version has. */
export function imagesOf({ splits }: VersionBody): ImageCounts {
  return { train: splits.train, validation: splits.valid, test: splits.test };
}
