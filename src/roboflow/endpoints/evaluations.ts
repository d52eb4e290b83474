import type { ClassFigures, Split } from '../../gate/split-figures.ts';
import type { Api, InProject } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import {
  type ConfusionMatrix,
  type EvaluationRow,
  type MetricsBySplit,
  type Optimum,
  readClassPanel,
  readConfusionMatrix,
  readEvaluations,
  readMapResults,
  readSweep,
} from '../schema/evaluation-body.ts';

/** The most that one list can have. */
export const MOST_LISTED = 200;

/** By what a list of evaluations is asked for; the API takes one at a time. */
export type EvaluationFilter =
  | { readonly project: string }
  | { readonly version: string }
  | { readonly model: string };

/** One evaluation, and where it is. */
export interface EvaluationPath {
  readonly workspace: string;
  readonly id: string;
}

/** `GET /:w/model-evals` (docs/roboflow-api.md#model-evaluations). */
export function listEvaluations(
  { api, project: { workspace } }: InProject,
  filter: EvaluationFilter,
  patience: Partial<Patience>,
): Promise<readonly EvaluationRow[]> {
  const query = { ...filter, limit: String(MOST_LISTED) };
  return api.get({ path: [workspace, 'model-evals'], query }, readEvaluations, patience);
}

function panel({ workspace, id }: EvaluationPath, name: string): readonly string[] {
  return [workspace, 'model-evals', id, name];
}

/** `GET .../map-results`. */
export function getMapResults(
  api: Api,
  evaluation: EvaluationPath,
  patience: Partial<Patience>,
): Promise<MetricsBySplit> {
  return api.get({ path: panel(evaluation, 'map-results') }, readMapResults, patience);
}

/** `GET .../performance-by-class`. */
export function getClassPanel(
  api: Api,
  evaluation: EvaluationPath,
  split: Split,
  patience: Partial<Patience>,
): Promise<readonly ClassFigures[]> {
  return api.get(
    { path: panel(evaluation, 'performance-by-class'), query: { split } },
    (body) => readClassPanel(body, split),
    patience,
  );
}

/** `GET .../confidence-sweep`. */
export function getSweep(
  api: Api,
  evaluation: EvaluationPath,
  patience: Partial<Patience>,
): Promise<ReadonlyMap<Split, Optimum>> {
  return api.get({ path: panel(evaluation, 'confidence-sweep') }, readSweep, patience);
}

/**
 * `GET .../confusion-matrix`.
 * @param threshold 0 to 1; the API takes whole percents
 */
export function getConfusionMatrix(
  api: Api,
  evaluation: EvaluationPath,
  split: Split,
  threshold: number,
  patience: Partial<Patience>,
): Promise<ConfusionMatrix> {
  const query = { split, confidence: String(Math.round(threshold * 100)) };
  return api.get(
    { path: panel(evaluation, 'confusion-matrix'), query },
    (body) => readConfusionMatrix(body, split),
    patience,
  );
}
