import { TrainGateError } from '../../lib/errors.ts';
import { hasEnded, hasNoModel, isSearch, sameModelType, type Training } from '../../training/training.ts';
import { NO_RESULTS, type ResultsBody } from '../schema/results.ts';

/**
 * `results` as far as they are those of `training`, which ended with weights: none where they are of a run under way, since
 * they lag behind then, or are not its. What they leave unsaid contradicts nothing.
 * @throws TrainGateError where they name another version or model type, or a run that failed or was cancelled
 */
export function ownResults(
  results: ResultsBody,
  training: Pick<Training, 'id' | 'modelType'> & { readonly version: number },
): ResultsBody {
  const { versions, phase, status } = results;
  const modelType = results.modelType ?? commonType(results, training);
  if (!hasEnded(phase) && phase !== 'unknown') return NO_RESULTS;
  const { id, version } = training;
  const other = versions.find((named) => named !== version);
  if (other !== undefined)
    throw notOwn(
      `Roboflow answered with the results of version ${other}, but training ${id} is on version ${version}.`,
    );
  if (
    modelType !== undefined &&
    training.modelType !== undefined &&
    !sameModelType(modelType, training.modelType)
  )
    throw notOwn(
      `The results of version ${version} are those of a ${modelType}, but training ${id} trained a ${training.modelType}.`,
    );
  if (hasNoModel(phase))
    throw notOwn(`Training ${id} ended with weights, but its results say that it is ${status}.`);
  return results;
}

/** Fine-tunes name the type with each model only; the models of a search are of another type than the search. */
function commonType({ models }: ResultsBody, training: Pick<Training, 'modelType'>): string | undefined {
  const types = models.map(({ modelType }) => (typeof modelType === 'string' ? modelType : undefined));
  const [first] = types;
  const isCommon =
    first !== undefined && types.every((type) => type !== undefined && sameModelType(type, first));
  return isCommon && !isSearch(training.modelType) ? first : undefined;
}

function notOwn(message: string): TrainGateError {
  return new TrainGateError(message, {
    hint: 'They may be of another training on the same version: look at both on Roboflow.',
  });
}
