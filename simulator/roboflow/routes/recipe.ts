import { isObject } from '../../lib/json.ts';
import { type Answer, advised, invalid, ok } from '../answer.ts';
import { isSearch } from '../world/training.ts';
import { type Call, requireVersion } from './call.ts';

/** A hyperparameter as the recipe's schema lists it. */
interface Hyperparameter {
  readonly key: string;
  readonly type: 'integer' | 'number';
  /** No source shows its form. */
  readonly valid: { readonly min: number; readonly max: number };
  readonly advice: { readonly low: number; readonly high: number; readonly default: number };
}

type Range = readonly [low: number, high: number];

function setting(
  key: string,
  type: 'integer' | 'number',
  usual: number,
  valid: Range,
  advice: Range,
): Hyperparameter {
  const [[min, max], [low, high]] = [valid, advice];
  return { key, type, valid: { min, max }, advice: { low, high, default: usual } };
}

const fineTuneHyperparameters: readonly Hyperparameter[] = [
  setting('epochs', 'integer', 60, [1, 1000], [20, 300]),
  setting('batch_size', 'integer', 8, [1, 64], [4, 32]),
  setting('learning_rate', 'number', 0.0002, [0, 1], [0.00001, 0.001]),
  setting('weight_decay', 'number', 0.0001, [0, 1], [0, 0.01]),
];

/** Only the epochs of a search can be set (docs/internals/roboflow-api.md#time-money-and-limits). */
const searchHyperparameters: readonly Hyperparameter[] = [
  setting('epochs', 'integer', 200, [100, 300], [100, 300]),
];

/** `GET v2/trainings/recipe?modelType=` (docs/internals/roboflow-api.md#v2-trainings). */
export function getRecipe(call: Call): Answer {
  const version = requireVersion(call);
  const { modelType } = call.query;
  const { modelTypes, projectType } = call.world.scenario;
  if (modelType === undefined || modelType === '') throw invalid('modelType is required');
  if (!modelTypes.includes(modelType)) {
    throw advised(
      404,
      `No recipe for "${modelType}"; valid: ${modelTypes.join(', ')}`,
      'Pick one of the valid types.',
    );
  }
  const hyperparameters = hyperparametersOf(modelType);
  return ok({
    modelType,
    family: modelType.split('-')[0],
    taskType: projectType,
    schema: { hyperparameters },
    template: {
      schema_version: 1,
      input: { width: 512, height: 512 },
      online_preprocessing: [],
      online_augmentation: { splits: ['train'], steps: [] },
      source_version: version.spec.number,
      hyperparameters: Object.fromEntries(hyperparameters.map((one) => [one.key, one.advice.default])),
    },
    usage: 'Edit the template and send it as trainRecipe.',
  });
}

/** Refuses hyperparameters that the schema does not know; gives the epochs, or their default if the recipe names none. */
export function checkRecipe(recipe: Record<string, unknown>, modelType: string): number {
  const known = hyperparametersOf(modelType);
  const given = recipe.hyperparameters ?? {};
  if (!isObject(given)) throw invalid('trainRecipe.hyperparameters must be an object');
  for (const [key, value] of Object.entries(given)) {
    const parameter = known.find((one) => one.key === key);
    if (parameter === undefined) {
      throw advised(
        400,
        `Unknown hyperparameter "${key}"; valid: ${known.map((one) => one.key).join(', ')}`,
        'Read the recipe of this model type.',
      );
    }
    if (typeof value !== 'number') throw invalid(`hyperparameter ${key} must be a number`);
    const { min, max } = parameter.valid;
    if (value < min || value > max) throw invalid(`hyperparameter ${key} must lie between ${min} and ${max}`);
  }
  const { epochs } = given;
  if (typeof epochs === 'number') return epochs;
  return known.find((one) => one.key === 'epochs')?.advice.default ?? 60;
}

function hyperparametersOf(modelType: string): readonly Hyperparameter[] {
  return isSearch(modelType) ? searchHyperparameters : fineTuneHyperparameters;
}
