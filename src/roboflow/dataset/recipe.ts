import { sentences, TrainGateError } from '../../lib/errors.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import { didYouMean } from '../../lib/suggest.ts';
import { isTypeName } from '../../training/model-type.ts';
import { getRecipe } from '../endpoints/trainings.ts';
import type { InProject } from '../http/api.ts';
import { ApiError, isMissing, saysInvalid } from '../http/failure.ts';
import { unlessRefused } from '../http/outcome.ts';
import type { Hyperparameter } from '../schema/training-body.ts';

/** The parts that a recipe may have, also if the template leaves one out (docs/internals/roboflow-api.md#v2-trainings). */
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
 * into its hyperparameters, where alone it counts once there is a recipe (docs/internals/roboflow-api.md#v2-trainings).
 * @throws TrainGateError that names every part that Roboflow would not know or take
 */
export async function completeRecipe(
  recipe: JsonObject,
  epochs: number | undefined,
  { version, modelType }: { readonly version: number; readonly modelType: string },
  here: InProject,
): Promise<{ readonly recipe: JsonObject; readonly unwise: readonly string[] }> {
  const { hyperparameters: known, template } = await recipeOf(modelType, version, here);
  const given = { ...recordIn(recipe.hyperparameters), ...(epochs !== undefined && { epochs }) };
  const mistakes = [
    ...mistakesIn(recipe, epochs, known, template),
    ...outside(given, known, ['valid', 'takes']),
  ];
  if (mistakes.length > 0)
    throw new TrainGateError(
      `The train-recipe does not fit ${modelType}, so nothing was started: ${mistakes.join('; ')}.`,
    );
  const complete = laidOver(template, { ...recipe, hyperparameters: given });
  return { recipe: complete, unwise: outside(given, known, ['advice', 'advises']) };
}

/** The values that Roboflow does not take, or advises against. What is no number is held against lists only. */
function outside(
  given: JsonObject,
  known: readonly Hyperparameter[],
  [by, verb]: readonly ['valid', 'takes'] | readonly ['advice', 'advises'],
): readonly string[] {
  return known.flatMap(({ key, [by]: { values, low = -Infinity, high = Infinity } }) => {
    const value = given[key];
    const isNumberOutside = typeof value === 'number' && (value < low || value > high);
    if (!Object.hasOwn(given, key) || !(values ? !values.includes(value) : isNumberOutside)) return [];
    const oneSided = high === Infinity ? `${low} or more` : `${high} or less`;
    const range = low === -Infinity || high === Infinity ? oneSided : `${low} to ${high}`;
    return [
      `hyperparameter "${key}" is ${JSON.stringify(value)}, and Roboflow ${verb} ${values?.join(', ') ?? range}`,
    ];
  });
}

function mistakesIn(
  recipe: JsonObject,
  epochs: number | undefined,
  known: readonly Hyperparameter[],
  template: JsonObject,
): readonly string[] {
  const keys = known.map(({ key }) => key);
  // Beside a recipe Roboflow overlooks the epochs of the request, so there would be no place for them.
  const noPlace = `epochs cannot be set, since it is none of its hyperparameters (${keys.join(', ')}), and beside a recipe no other epochs count`;
  return [
    ...unknownKeys('', recipe, [...new Set([...PARTS, ...Object.keys(template)])]),
    ...unknownKeys('hyperparameter ', recordIn(recipe.hyperparameters), keys),
    ...(epochs === undefined || keys.includes('epochs') ? [] : [noPlace]),
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

/** Throws TrainGateError with the types that the server knows, if `modelType` is none. A server that does not tell recipes says nothing. */
export async function requireKnownType(modelType: string, version: number, here: InProject): Promise<void> {
  await unlessRefused(() => recipeOf(modelType, version, here));
}

/** The server's recipe of `modelType`. A 404 can also mean that there is no such route: one that lists types is about the type. */
async function recipeOf(modelType: string, version: number, here: InProject) {
  const answer = await unlessRefused(() => getRecipe(here, version, modelType));
  if (!(answer instanceof ApiError)) return answer;
  if (!saysInvalid(answer) && !(isMissing(answer) && typesListedIn(answer).length > 0)) throw answer;
  throw unknownType(modelType, answer);
}

/** What to tell where the server refuses `modelType`, with its own words last. */
export function unknownType(modelType: string, refusal: ApiError): TrainGateError {
  const nearest = didYouMean(modelType, typesListedIn(refusal));
  const hint = `Set model-type to one that Roboflow can train for this project${nearest}`;
  return new TrainGateError(`Roboflow does not know the model-type "${modelType}", so nothing was started`, {
    hint: sentences(hint, refusal.message),
    cause: refusal,
  });
}

/** The types at the end of a refusal's words: several, or what is called one. */
function typesListedIn({ failure }: ApiError): readonly string[] {
  const said = failure.kind === 'refused' ? (failure.message ?? '') : '';
  const [, label = '', list = ''] = /([^:]*):([^:]*)$/.exec(said.replace(/ \([^()]*\)$/, '')) ?? [];
  const types = list
    .split(/,|;|\bor\b|\band\b/)
    .map((each) => each.replace(/^[\s"'`[]+|[\s"'`\].]+$/g, ''))
    .filter((each) => each !== '');
  return (types.length > 1 || /type|valid/i.test(label)) && types.every(isTypeName) ? types : [];
}
