import type { JsonObject } from '../../lib/json.ts';
import type { Api } from '../http/api.ts';
import type { InProject } from '../http/in-project.ts';
import type { Patience } from '../http/retry.ts';
import { readKeyWorkspace, readProjectSlugs } from '../schema/answer.ts';
import { type ModelRow, readModelRows } from '../schema/results-body.ts';
import { readGenerated, readProjectVersions, type VersionBody } from '../schema/version-body.ts';

/** `GET /`: the workspace that the key belongs to (docs/roboflow-api.md#authentication). */
export function getKeyWorkspace(api: Api): Promise<string> {
  return api.get({ path: [] }, readKeyWorkspace);
}

/** `GET /:w`: the slugs of the workspace's projects. */
export function listProjects(api: Api, workspace: string): Promise<readonly string[]> {
  return api.get({ path: [workspace] }, readProjectSlugs, { untilMs: 0 });
}

/** `GET /:w/:p`: the project's versions, highest first (docs/roboflow-api.md#project-generate-and-export). */
export function getProjectVersions(
  { api, project: { workspace, project } }: InProject,
  patience?: Partial<Patience>,
): Promise<readonly VersionBody[]> {
  return api.get({ path: [workspace, project] }, readProjectVersions, patience);
}

/** `GET /:w/:p/models`: the project's models, or those of one group (docs/roboflow-api.md#models). */
export function listModels(
  { api, project: { workspace, project } }: InProject,
  group: string | undefined,
  patience?: Partial<Patience>,
): Promise<readonly ModelRow[]> {
  const query = group === undefined ? {} : { query: { group } };
  return api.get({ path: [workspace, project, 'models'], ...query }, readModelRows, patience);
}

/**
 * `POST /:w/:p/generate`: makes a version of the project's images as they are now, and answers its number; sent once
 * (docs/roboflow-api.md#project-generate-and-export).
 */
export function generateVersion(
  { api, project: { workspace, project } }: InProject,
  body: { readonly preprocessing: JsonObject; readonly augmentation: JsonObject },
): Promise<number> {
  return api.post({ path: [workspace, project, 'generate'], body }, readGenerated);
}
