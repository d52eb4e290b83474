import type { Split } from '../../gate/split-figures.ts';
import type { InProject } from '../http/api.ts';
import type { Wait } from '../http/retry.ts';
import { readConfusionMatrix, readImagePage } from '../schema/counts-body.ts';
import {
  readClassPanel,
  readComparison,
  readEvaluations,
  readMapResults,
  readSweep,
} from '../schema/evaluation-body.ts';

/** The most that one list can have. */
export const MOST_LISTED = 200;

/** By what a list of evaluations is asked for; the API takes one at a time. */
export type EvaluationFilter = { readonly project: string } | { readonly version: string };

/** `GET /:w/model-evals` (docs/internals/roboflow-api.md#model-evaluations). */
export function listEvaluations({ api, project }: InProject, filter: EvaluationFilter, wait: Wait) {
  const query = { ...filter, limit: String(MOST_LISTED) };
  return api.get({ path: [project.workspace, 'model-evals'], query }, readEvaluations, wait);
}

/** `GET /:w/model-evals/compare` (docs/internals/roboflow-api.md#comparison-of-models). */
export function getComparison({ api, project }: InProject, version: number, wait: Wait) {
  const query = { project: project.project, version: String(version) };
  return api.get({ path: [project.workspace, 'model-evals', 'compare'], query }, readComparison, wait);
}

function panel({ project }: InProject, id: string, name: string): readonly string[] {
  return [project.workspace, 'model-evals', id, name];
}

/** `GET .../map-results`. */
export function getMapResults(here: InProject, id: string, wait: Wait) {
  return here.api.get({ path: panel(here, id, 'map-results') }, readMapResults, wait);
}

/** `GET .../performance-by-class`. */
export function getClassPanel(here: InProject, id: string, split: Split, wait: Wait) {
  const request = { path: panel(here, id, 'performance-by-class'), query: { split } };
  return here.api.get(request, (body) => readClassPanel(body, split), wait);
}

/** `GET .../confidence-sweep`, read at the threshold `asked` as well. */
export function getSweep(here: InProject, id: string, asked: number | undefined, wait: Wait) {
  const request = { path: panel(here, id, 'confidence-sweep') };
  return here.api.get(request, (body) => readSweep(body, asked), wait);
}

/** `GET .../confusion-matrix` at the confidence `threshold`, 0 to 1; the API takes whole percents. */
export function getConfusionMatrix(here: InProject, id: string, split: Split, threshold: number, wait: Wait) {
  const query = { split, confidence: String(Math.round(threshold * 100)) };
  const request = { path: panel(here, id, 'confusion-matrix'), query };
  return here.api.get(request, (body) => readConfusionMatrix(body, split), wait);
}

/** The most images that one page can have. */
export const IMAGES_A_PAGE = 1000;

/** `GET .../image-predictions` at the confidence `threshold`, 0 to 1, from the image at `offset` on. */
export function getImagePage(
  here: InProject,
  id: string,
  split: Split,
  threshold: number,
  offset: number,
  wait: Wait,
) {
  const confidence = String(Math.round(threshold * 100));
  const query = { split, confidence, limit: String(IMAGES_A_PAGE), offset: String(offset) };
  const request = { path: panel(here, id, 'image-predictions'), query };
  return here.api.get(request, (body) => readImagePage(body, split), wait);
}
