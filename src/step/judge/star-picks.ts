import type { Model } from '../../gate/model.ts';
import type { PickResult } from '../../gate/picks.ts';
import { messageOf, TrainGateError } from '../../lib/errors.ts';
import type { StarsResult } from '../../report/weights-and-stars.ts';
import { listModels, starModel } from '../../roboflow/endpoints/project.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { isSameModel } from '../../roboflow/results/model-identity.ts';
import { isStarred } from '../../roboflow/schema/answer.ts';
import { segmentOf } from '../../roboflow/training-page.ts';
import { isSearch } from '../../training/model-type.ts';
import type { Training } from '../../training/training.ts';

/** For all picks together: without a star the verdict is as good. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Stars the picks of a search, each once; one that has a star stays as it is. Never throws for what Roboflow says: a refusal
 * is told, and is no reason to fail.
 */
export async function starPicks(
  picks: readonly PickResult[],
  { modelType }: Training,
  here: InProject,
): Promise<StarsResult> {
  const models = [...new Set(picks.flatMap((result) => (result.kind === 'pick' ? [result.pick.model] : [])))];
  const ofSearch = models.filter(({ family, type }) => family === 'child' || isSearch(type ?? modelType));
  if (ofSearch.length === 0) {
    const nothing = isSearch(modelType)
      ? 'the search has no pick for any hardware'
      : 'only the models of an architecture search can be starred, and this training is none';
    here.log.info(`Nothing to star: ${nothing}.`);
    return { starred: [], refused: [], nothing };
  }
  const patience = { untilMs: here.clock.now() + PATIENCE_MS };
  const hasStar = await readStars(here, patience);
  const starred: string[] = [];
  const refused: { modelId: string; reason: string }[] = [];
  for (const model of ofSearch) {
    const reason = hasStar(model) ? undefined : await starOne(model, here, patience);
    if (reason === undefined) starred.push(model.id);
    else refused.push({ modelId: model.id, reason });
    here.log.info(
      reason === undefined ? `${model.id} is starred.` : `${model.id} was not starred: ${reason}`,
    );
  }
  return { starred, refused, nothing: undefined };
}

/** Which models have a star; none if that cannot be read: to star one again does no harm. */
async function readStars(
  here: InProject,
  patience: { readonly untilMs: number },
): Promise<(model: Model) => boolean> {
  const { project, log } = here;
  try {
    const rows = (await listModels(here, undefined, patience)).filter(({ body }) => isStarred(body));
    return ({ id }) => rows.some(({ url }) => isSameModel(url, id, project.workspace));
  } catch (error) {
    if (!(error instanceof TrainGateError)) throw error;
    log.debug(`Which models have a star could not be read: ${messageOf(error)}`);
    return () => false;
  }
}

/** Why the model has no star; undefined if it has. */
async function starOne(
  { id }: Model,
  { api, project: { workspace } }: InProject,
  patience: { readonly untilMs: number },
): Promise<string | undefined> {
  const slug = segmentOf(id);
  if (slug === undefined) return 'its id is not one that Roboflow takes';
  try {
    return await starModel(api, workspace, slug, patience);
  } catch (error) {
    if (!(error instanceof TrainGateError)) throw error;
    return messageOf(error);
  }
}
