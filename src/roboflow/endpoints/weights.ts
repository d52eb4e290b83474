import type { Api } from '../http/api.ts';
import type { InProject } from '../http/in-project.ts';
import type { Patience } from '../http/retry.ts';
import { readStarRefusal, readWeightsUrl } from '../schema/answer.ts';

/**
 * `GET /:w/:p/:segment/ptFile`: the signed address of a model's weights, which is a secret
 * (docs/roboflow-api.md#weights-and-stars).
 * @param segment the end of the model's id: its slug, or the number of its version
 */
export function getWeightsUrl(
  { api, project: { workspace, project } }: InProject,
  segment: string,
  patience: Partial<Patience>,
): Promise<URL> {
  const request = { path: [workspace, project, segment, 'ptFile'], answerIsSecret: true };
  return api.get(request, readWeightsUrl, patience);
}

/**
 * `POST /:w/models/:slug/favorite`: stars a model of a search, which begins to compile it for its hardware. May be repeated: it
 * says what is to be, not what is to change (docs/roboflow-api.md#weights-and-stars).
 * @returns why it was not starred; undefined if it was
 */
export function starModel(
  api: Api,
  workspace: string,
  slug: string,
  patience: Patience,
): Promise<string | undefined> {
  const request = { path: [workspace, 'models', slug, 'favorite'], body: { starred: true } };
  return api.post(request, readStarRefusal, patience);
}
