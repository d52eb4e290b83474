import type { Inputs } from '../inputs/inputs.ts';
import type { Context } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import { awaitReadiness } from '../roboflow/dataset/readiness.ts';
import { completeRecipe } from '../roboflow/dataset/recipe.ts';
import { resolveVersion } from '../roboflow/dataset/version.ts';
import { getProjectVersions, type ProjectRef } from '../roboflow/endpoints/project.ts';
import type { Api } from '../roboflow/http/api.ts';
import { type ChosenRoute, chooseRoute } from '../roboflow/routes/choose-route.ts';
import type { TrainingRequest } from '../training/training.ts';
import type { StartInputs } from './start.ts';

/**
 * The version to train, and the route to train it by. The route is chosen on the highest version, before anything is
 * generated; a project without versions has none to ask about until then.
 */
export async function versionAndRoute(
  start: StartInputs,
  wanted: Inputs['route'],
  api: Api,
  project: ProjectRef,
  { timeoutAtMs }: { readonly timeoutAtMs: number },
  context: Context,
): Promise<{ readonly version: number; readonly chosen: ChosenRoute }> {
  const versions = await getProjectVersions(api, project);
  const [highest] = versions;
  const choose = (version: number) => chooseRoute(wanted, version, api, project, context);
  const onHighest = highest && (await choose(highest.number));
  if (highest && onHighest) await checkRecipe(start, highest.number, onHighest, api, project);
  const version = await resolveVersion(start.version, versions, api, project, timeoutAtMs, context);
  const chosen = onHighest ?? (await choose(version));
  context.log.info(`Route: ${chosen.route.name}, ${chosen.reason}.`);
  return { version, chosen };
}

/** A mistake in the recipe shows before a version is generated for it: the highest one has the same schema. */
async function checkRecipe(
  { version, recipe, epochs, modelType }: StartInputs,
  highest: number,
  { route }: ChosenRoute,
  api: Api,
  project: ProjectRef,
): Promise<void> {
  if (recipe === undefined) return;
  if (route.name === 'jobs')
    throw new TrainGateError("train-recipe needs Roboflow's v2/trainings, and this server has none.", {
      hint: 'Leave train-recipe out, or set api-url to a server that has it. Nothing was started.',
    });
  if (version.kind === 'new')
    await completeRecipe(recipe, epochs, { version: highest, modelType }, api, project);
}

/** Everything that must be right before anything is paid for: the recipe, then the data, which may take a while. */
export async function prepareVersion(
  start: StartInputs,
  version: number,
  api: Api,
  project: ProjectRef,
  timeoutAtMs: number,
  context: Context,
): Promise<TrainingRequest> {
  const { modelType, epochs, checkpoint, speed } = start;
  const recipe =
    start.recipe && (await completeRecipe(start.recipe, epochs, { version, modelType }, api, project));
  await awaitReadiness(version, start.version, modelType, api, project, timeoutAtMs, context);
  return { version, modelType, epochs, checkpoint, speed, recipe };
}
