import { isObject } from '../../lib/json.ts';
import { invalid } from '../answer.ts';
import type { TrainingRequest } from '../world/training.ts';
import { type Call, countField, speedField, textField } from './call.ts';
import { checkRecipe } from './recipe.ts';

/**
 * Reads what a start asks for. Keys that the route does not know are ignored, so a wrongly spelled model type trains the
 * project's default (docs/internals/roboflow-api.md#d3-model-type-field).
 */
export function readStart(call: Call, modelTypeKey: 'model_type' | 'modelType'): TrainingRequest {
  const modelType = textField(call, modelTypeKey) ?? call.world.scenario.defaultModelType;
  const epochs = countField(call, 'epochs');
  const checkpoint = textField(call, 'checkpoint');
  const speed = speedField(call);
  return {
    modelType,
    ...(epochs !== undefined && { epochs }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(speed !== undefined && { speed }),
  };
}

/** The same for v2, which also takes a recipe; a recipe's epochs beat the top-level ones (docs/internals/roboflow-api.md#v2-trainings). */
export function readStartWithRecipe(call: Call): TrainingRequest {
  const request = readStart(call, 'modelType');
  const { trainRecipe } = call.body;
  if (trainRecipe === undefined) return request;
  if (!isObject(trainRecipe)) throw invalid('trainRecipe must be an object');
  if (call.body.modelType === undefined) throw invalid('trainRecipe needs modelType');
  const epochs = checkRecipe(trainRecipe, request.modelType);
  return { ...request, epochs, trainRecipe };
}
