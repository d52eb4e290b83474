import { isCount } from '../../gate/metric.ts';
import type { Rule } from '../../gate/rules.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { JsonObject } from '../../lib/json.ts';
import { requireTrainable } from '../../roboflow/dataset/readiness.ts';
import { completeRecipe, requireKnownType } from '../../roboflow/dataset/recipe.ts';
import { getVersion } from '../../roboflow/endpoints/version.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { requireKnownClasses, requireObjects } from './class-checks.ts';
import type { PlannedStart } from './make-plan.ts';
import { checkTogether } from './refusals.ts';
import { requireCheckpoint } from './require-checkpoint.ts';

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
  const { wanted, version } = start;
  if (version === undefined) {
    const { recipe, unchecked } = await checkType(start, here);
    const more = ['whether the new version has enough images'];
    if (rules.some(({ ofClass }) => ofClass?.kind === 'one'))
      more.push('whether the new version has the classes that rules name');
    if (rules.some(({ metric }) => isCount(metric)))
      more.push('whether rules on its objects and images hold');
    return { ...start, recipe, unchecked: [...unchecked, ...more] };
  }
  const now = await getVersion(here, version.number, { knownToExist: true });
  // The highest version may have been made a moment ago: the start waits for its images.
  const isToCome = now.images === 0 && wanted.version.kind === 'latest';
  const { recipe, unchecked } = await checkTogether(
    [
      () => requireKnownClasses(rules, now, here.log),
      () => requireObjects(rules, now, here.log),
      () => isToCome || requireTrainable(now, wanted.modelType),
    ],
    () => checkType(start, here),
  );
  const images = isToCome ? [`whether version ${now.number} gets images`] : [];
  return { ...start, version: now, recipe, unchecked: [...unchecked, ...images] };
}

/** Checks checkpoint, recipe and model type, as far as the server tells which ones there are. */
async function checkType(
  { wanted, version, versions, chosen }: PlannedStart,
  here: InProject,
): Promise<Pick<CheckedStart, 'recipe' | 'unchecked'>> {
  if (wanted.checkpoint !== undefined) await requireCheckpoint(wanted.checkpoint, wanted.modelType, here);
  const like = version ?? versions[0];
  const unknown = 'whether the server knows the model type';
  if (like === undefined || chosen === undefined) {
    const recipe = wanted.recipe === undefined ? [] : ['whether the train-recipe fits the model type'];
    return { recipe: undefined, unchecked: [...recipe, unknown] };
  }
  if (like.projectType === 'action-recognition' && !chosen.route.can.videos)
    throw new TrainGateError(
      "A project for action recognition needs Roboflow's v2/trainings, and the route is jobs.",
      {
        hint: 'Set route to "trainings", or api-url to a server that has it. Nothing was started.',
      },
    );
  const { modelType, recipe: asked, epochs } = wanted;
  if (chosen.route.can.recipes) {
    if (asked === undefined) {
      await requireKnownType(modelType, like.number, here);
      return { recipe: undefined, unchecked: [] };
    }
    // That the server has a recipe of the model type also tells that it knows the type.
    const { recipe, unwise } = await completeRecipe(asked, epochs, { version: like.number, modelType }, here);
    for (const each of unwise) here.log.warning(`train-recipe: ${each}.`);
    return { recipe, unchecked: [] };
  }
  if (asked !== undefined)
    throw new TrainGateError("train-recipe needs Roboflow's v2/trainings, and this server has none.", {
      hint: 'Leave train-recipe out, or set api-url to a server that has it. Nothing was started.',
    });
  return { recipe: undefined, unchecked: [unknown] };
}
