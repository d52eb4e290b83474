import type { JsonObject } from '../../lib/json.ts';
import { type Api, type InProject, pathIn } from '../http/api.ts';
import type { Patience, Wait } from '../http/retry.ts';
import { readKeyWorkspace, readProjectSlugs, readStarRefusal, readWeightsUrl } from '../schema/answer.ts';
import { readModelRows } from '../schema/results-body.ts';
import { readGenerated, readProjectVersions } from '../schema/version-body.ts';

/** `GET /`: the workspace that the key belongs to (docs/internals/roboflow-api.md#authentication). */
export function getKeyWorkspace(api: Api) {
  return api.get({ path: [] }, readKeyWorkspace);
}

/** `GET /:w`: the slugs of the workspace's projects. */
export function listProjects({ api, project: { workspace } }: InProject) {
  return api.get({ path: [workspace] }, readProjectSlugs, { untilMs: 0 });
}

/** `GET /:w/:p`: the project's versions, highest first (docs/internals/roboflow-api.md#project-generate-and-export). */
export function getProjectVersions(here: InProject, wait?: Wait) {
  return here.api.get({ path: pathIn(here) }, readProjectVersions, wait);
}

/** `GET /:w/:p/models`: the project's models, or those of one group (docs/internals/roboflow-api.md#models). */
export function listModels(here: InProject, group: string | undefined, wait?: Wait) {
  const query = group === undefined ? {} : { query: { group } };
  return here.api.get({ path: pathIn(here, 'models'), ...query }, readModelRows, wait);
}

/** What a version is made with. */
export type VersionRecipe = Readonly<Record<'preprocessing' | 'augmentation', JsonObject>>;

/** `POST /:w/:p/generate`: makes a version of the images as they are now; sent once (docs/internals/roboflow-api.md#project-generate-and-export). */
export function generateVersion(here: InProject, body: VersionRecipe) {
  return here.api.post({ path: pathIn(here, 'generate'), body }, readGenerated);
}

/** `GET /:w/:p/:segment/ptFile`: the signed address of weights, a secret (docs/internals/roboflow-api.md#weights-and-stars). `segment` ends the model's id. */
export function getWeightsUrl(here: InProject, segment: string, wait: Wait) {
  const request = { path: pathIn(here, segment, 'ptFile'), answerIsSecret: true };
  return here.api.get(request, readWeightsUrl, wait);
}

/**
 * `POST /:w/models/:slug/favorite`: stars a model of a search, which begins to compile it for its hardware. May be repeated: it
 * says what is to be, not what is to change (docs/internals/roboflow-api.md#weights-and-stars).
 * @returns why it was not starred; undefined if it was
 */
export function starModel(api: Api, workspace: string, slug: string, patience: Patience) {
  const request = { path: [workspace, 'models', slug, 'favorite'], body: { starred: true } };
  return api.post(request, readStarRefusal, patience);
}
