import { TrainGateError } from '../../lib/errors.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { getRecipe } from '../endpoints/trainings.ts';
import type { InProject } from '../http/api.ts';
import { saysInvalid } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';

/** The parts that a recipe may have, also if the template leaves one out (docs/roboflow-api.md#v2-trainings). */
const PARTS: readonly string[] = [
  'schema_version',
  'input',
  'online_preprocessing',
  'online_augmentation',
  'source_version',
  'hyperparameters',
];

/**
 * Checks the workflow's recipe against the schema of the model type and lays it over Roboflow's template. `epochs` goes
 * into its hyperparameters, where alone it counts once there is a recipe (docs/roboflow-api.md#v2-trainings).
 * @throws TrainGateError that names every part that Roboflow would not know
 */
export async function completeRecipe(
  recipe: JsonObject,
  epochs: number | undefined,
  { version, modelType }: { readonly version: number; readonly modelType: string },
  here: InProject,
): Promise<JsonObject> {
  const { hyperparameters: known, template } = await getRecipe(here, version, modelType);
  const mistakes = [...mistakesIn(recipe, known, template), ...epochsMistakes(epochs, known)];
  if (mistakes.length > 0)
    throw new TrainGateError(
      `The train-recipe does not fit ${modelType}, so nothing was started: ${mistakes.join('; ')}.`,
    );
  const complete = laidOver(template, recipe);
  const hyperparameters = { ...recordIn(complete.hyperparameters), ...(epochs !== undefined && { epochs }) };
  return { ...complete, hyperparameters };
}

function mistakesIn(recipe: JsonObject, known: readonly string[], template: JsonObject): readonly string[] {
  const parts = [...new Set([...PARTS, ...Object.keys(template)])];
  const { hyperparameters: given = {} } = recipe;
  return [
    ...unknownKeys('', recipe, parts),
    ...(isRecord(given) ? [] : ['"hyperparameters" must be a JSON object']),
    ...unknownKeys('hyperparameter ', recordIn(given), known),
  ];
}

/** Beside a recipe Roboflow overlooks the epochs of the request, so there would be no place for them. */
function epochsMistakes(epochs: number | undefined, known: readonly string[]): readonly string[] {
  if (epochs === undefined || known.includes('epochs')) return [];
  return [
    `epochs cannot be set, since it is none of its hyperparameters (${known.join(', ')}), and beside a recipe no other epochs count`,
  ];
}

function unknownKeys(what: string, given: JsonObject, valid: readonly string[]): readonly string[] {
  const unknown = Object.keys(given).filter((key) => !valid.includes(key));
  return unknown.map(
    (key) => `${what}"${key}" is unknown (valid: ${valid.join(', ')}${didYouMean(key, valid)})`,
  );
}

/** Objects are laid over each other key by key; lists and single values replace. */
function laidOver(base: JsonObject, changes: JsonObject): JsonObject {
  const entries = Object.entries(changes).map(([key, change]) => {
    const under = Object.hasOwn(base, key) ? base[key] : undefined;
    return [key, isRecord(under) && isRecord(change) ? laidOver(under, change) : change] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function recordIn(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

/** What to do if the server does not know a model type: its own words say which it knows. */
export const TYPE_HINT = 'Set model-type to one that Roboflow can train for this project.';

/** Asks the server for the recipe of `modelType`. Throws TrainGateError with the server's words if it does not know this type. */
export async function requireKnownType(modelType: string, version: number, here: InProject): Promise<void> {
  const answer = await unlessRefused(() => getRecipe(here, version, modelType));
  if (!saysInvalid(answer)) return;
  throw new TrainGateError(
    `Roboflow does not know the model-type "${modelType}", so nothing was started: ${answer.message}`,
    { hint: TYPE_HINT, cause: answer },
  );
}
