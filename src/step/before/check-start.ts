import type { Rule } from '../../gate/rules.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import { requireTrainable } from '../../roboflow/dataset/readiness.ts';
import { completeRecipe, requireKnownType } from '../../roboflow/dataset/recipe.ts';
import { getVersion } from '../../roboflow/endpoints/version.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { namesClasses, requireKnownClasses } from './judgeable.ts';
import type { PlannedStart } from './make-plan.ts';

/** What checks before a start came to, besides that nothing is wrong. */
export interface CheckedStart extends PlannedStart {
  /** The whole recipe for that version; undefined if the workflow has none. */
  readonly recipe: JsonObject | undefined;
  readonly unchecked: readonly string[];
}

/** Checks a start without changing anything: classes, recipe, model type and version. Throws TrainGateError that says what to change. */
export async function checkStart(
  start: PlannedStart,
  rules: readonly Rule[],
  here: InProject,
): Promise<CheckedStart> {
  const { wanted, version, versions, chosen } = start;
  const like = version ?? versions[0];
  const unchecked: string[] = [];
  let recipe: JsonObject | undefined;
  if (like === undefined || chosen === undefined) {
    if (wanted.recipe !== undefined) unchecked.push('whether the train-recipe fits the model type');
    unchecked.push('whether the server knows the model type');
  } else if (like.projectType === 'action-recognition' && !chosen.route.can.videos) {
    throw new TrainGateError(
      "A project for action recognition needs Roboflow's v2/trainings, and the route is jobs.",
      {
        hint: 'Set route to "trainings", or api-url to a server that has it. Nothing was started.',
      },
    );
  } else if (chosen.route.can.recipes) {
    recipe = await checkWithServer(start, like.number, here);
  } else {
    if (wanted.recipe !== undefined)
      throw new TrainGateError("train-recipe needs Roboflow's v2/trainings, and this server has none.", {
        hint: 'Leave train-recipe out, or set api-url to a server that has it. Nothing was started.',
      });
    unchecked.push('whether the server knows the model type');
  }
  if (version === undefined) {
    unchecked.push('whether the new version has enough images');
    if (namesClasses(rules)) unchecked.push('whether the new version has the classes that rules name');
    return { ...start, recipe, unchecked };
  }
  const now = await getVersion(here, version.number, { knownToExist: true });
  requireKnownClasses(rules, now, here.log);
  // The highest version may have been made a moment ago: the start waits for its images.
  if (now.images === 0 && wanted.version.kind === 'latest')
    unchecked.push(`whether version ${now.number} gets images`);
  else requireTrainable(now, wanted.modelType);
  return { ...start, version: now, recipe, unchecked };
}

/** The server's recipe of a model type also tells whether it knows the type at all. */
async function checkWithServer(
  { wanted }: PlannedStart,
  version: number,
  here: InProject,
): Promise<JsonObject | undefined> {
  const { modelType, recipe, epochs } = wanted;
  if (recipe !== undefined) {
    const complete = await completeRecipe(recipe, epochs, { version, modelType }, here);
    for (const each of complete.unwise) here.log.warning(`${each}.`);
    return complete.recipe;
  }
  await requireKnownType(modelType, version, here);
  return undefined;
}
