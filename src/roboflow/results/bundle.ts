import { compareModelTypes, isSearch } from '../../training/model-type.ts';
import { endedWithoutModel, hasEnded, type Training } from '../../training/training.ts';
import type { ResultsBody } from '../schema/results-body.ts';
import { contradicts } from './ownership.ts';

/**
 * Why `bundle` does not show the results of `training`, which ended with weights; undefined if nothing speaks against it.
 * Results come late at times, and show another training's until then.
 */
export function whyNotOwn(
  bundle: ResultsBody,
  { id, version, modelType }: Pick<Training, 'id' | 'version' | 'modelType'>,
): string | undefined {
  const { phase, status, versions } = bundle;
  if (!hasEnded(phase) && phase !== 'unknown')
    return `The results of training ${id} still say that it is ${status}`;
  const other = versions.find((named) => version !== undefined && named !== version);
  if (other !== undefined)
    return `Roboflow shows results of version ${other}, and training ${id} is on version ${version}`;
  const shown = typeOfResults(bundle, modelType);
  if (contradicts(shown, modelType))
    return `Roboflow shows results of a ${shown}, and training ${id} is a ${modelType}`;
  if (endedWithoutModel(phase))
    return `Training ${id} ended with weights, and its results say that it is ${status}`;
  return undefined;
}

/**
 * The model type that results are of: what they say, or what all of their models say. Fine-tunes name it with each model
 * only; the models of a search are of another type than the search.
 */
export function typeOfResults(
  { modelType, models }: ResultsBody,
  trained: string | undefined,
): string | undefined {
  if (modelType !== undefined || isSearch(trained)) return modelType;
  const types = models.map((model) => (typeof model.modelType === 'string' ? model.modelType : undefined));
  const [first] = types;
  const isCommon =
    first !== undefined &&
    types.every((type) => type !== undefined && compareModelTypes(type, first) === 'same');
  return isCommon ? first : undefined;
}
