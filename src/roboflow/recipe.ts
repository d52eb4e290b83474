import { TrainGateError } from '../errors.ts';
import { choiceHint } from '../hint.ts';
import { isRecord } from '../json.ts';
import type { Api } from './api.ts';
import type { ProjectRef } from './client.ts';
import { getRecipe } from './trainings-client.ts';

type Recipe = Readonly<Record<string, unknown>>;

/**
 * Checks the workflow's recipe against the schema of the model type and lays it over Roboflow's template. `epochs` goes
 * into its hyperparameters, where alone it counts once there is a recipe (API reference, 2.4).
 * @throws TrainGateError that names every part that Roboflow would not know
 */
export async function completeRecipe(
  recipe: Recipe,
  epochs: number | undefined,
  { version, modelType }: { readonly version: number; readonly modelType: string },
  api: Api,
  project: ProjectRef,
): Promise<Recipe> {
  const { hyperparameters: known, template } = await getRecipe(api, project, version, modelType);
  const given = isRecord(recipe.hyperparameters) ? recipe.hyperparameters : {};
  const mistakes = [
    ...Object.keys(recipe)
      .filter((key) => !Object.hasOwn(template, key))
      .map((key) => unknownKey(`"${key}"`, key, Object.keys(template))),
    ...Object.keys(given)
      .filter((key) => !known.includes(key))
      .map((key) => unknownKey(`hyperparameter "${key}"`, key, known)),
  ];
  if (mistakes.length > 0)
    throw new TrainGateError(
      `The train-recipe does not fit ${modelType}, so nothing was started: ${mistakes.join('; ')}.`,
    );
  const defaults = isRecord(template.hyperparameters) ? template.hyperparameters : {};
  return {
    ...template,
    ...recipe,
    hyperparameters: { ...defaults, ...given, ...(epochs === undefined ? {} : { epochs }) },
  };
}

function unknownKey(what: string, key: string, valid: readonly string[]): string {
  return `${what} is unknown (valid: ${valid.join(', ')}${choiceHint(key, valid)})`;
}
