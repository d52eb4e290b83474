import type { ImageCounts } from '../../report/training-facts.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';

/** How many images each of `versions` has in its splits. */
export function imagesByVersion(versions: readonly VersionBody[]): ReadonlyMap<number, ImageCounts> {
  return new Map(versions.map((version) => [version.number, imagesOf(version)]));
}

/** How many images each split of a version has. */
export function imagesOf({ splits }: VersionBody): ImageCounts {
  return { train: splits.train, validation: splits.valid, test: splits.test };
}
