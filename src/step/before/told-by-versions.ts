import type { EarlierTraining, ImageCounts } from '../../report/training-facts.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { isOtherType } from '../../training/model-type.ts';
import type { Training } from '../../training/training.ts';

/** How many images each split of a version has. */
export function imagesOf({ splits }: VersionBody): ImageCounts {
  return { train: splits.train, validation: splits.valid, test: splits.test };
}

/**
 * How long the newest lower version was trained that tells it, so that people know what to expect. One that says that its model
 * is of another type does not count; most do not say the type (docs/roboflow-api.md#version).
 * @param versions of the project, highest first
 */
export function earlierTraining(
  versions: readonly VersionBody[],
  { version, modelType }: Pick<Training, 'version' | 'modelType'>,
): EarlierTraining | undefined {
  if (version === undefined || modelType === undefined) return undefined;
  const told = versions.flatMap(({ number, model }): readonly EarlierTraining[] => {
    if (number >= version || model?.trainedMs === undefined) return [];
    return isOtherType(model.modelType, modelType) ? [] : [{ version: number, trainedMs: model.trainedMs }];
  });
  return told[0];
}
