import { isBefore } from '../../lib/clock.ts';
import { type EvaluationFilter, listEvaluations, MOST_LISTED } from '../endpoints/evaluations.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import type { EvaluationRow } from '../schema/evaluation-body.ts';
import { isSameModel } from './model-identity.ts';

/** The model whose evaluation is looked for. */
export interface EvaluatedModel {
  readonly modelId: string;
  readonly version: number;
  /** Whether the version never had another model: then an evaluation that names only the version is of this one. */
  readonly isOnlyModel: boolean;
  /** Epoch milliseconds; undefined if it is not known. */
  readonly trainedSinceMs: number | undefined;
}

/**
 * The newest evaluation that certainly is of `model`; undefined if none is listed. The list of the project is asked for
 * first. If it is as long as a list can be, the lists of the version and of the model are too
 * (docs/roboflow-api.md#d13-which-evaluation-is-whose).
 */
export async function findEvaluation(
  here: InProject,
  model: EvaluatedModel,
  patience: Partial<Patience>,
): Promise<EvaluationRow | undefined> {
  const { project } = here;
  const filters: readonly EvaluationFilter[] = [
    { project: project.project },
    { version: String(model.version) },
    { model: model.modelId },
  ];
  for (const filter of filters) {
    const rows = await listEvaluations(here, filter, patience);
    const own = rows.filter((row) => isOf(row, model, project));
    if (own.length > 0) return own.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))[0];
    if ('project' in filter && rows.length < MOST_LISTED) return undefined;
  }
  return undefined;
}

/** An evaluation that names no model is its version's; one of an older training of it was made before this one began. */
function isOf(row: EvaluationRow, model: EvaluatedModel, { workspace, project }: ProjectRef): boolean {
  if (row.project !== undefined && row.project !== project && row.project !== `${workspace}/${project}`)
    return false;
  if (row.modelId !== undefined) return isSameModel(row.modelId, model.modelId, workspace);
  const isOlder =
    row.createdAtMs !== undefined && isBefore(row.createdAtMs, model.trainedSinceMs ?? row.createdAtMs);
  return model.isOnlyModel && row.version === model.version && !isOlder;
}
