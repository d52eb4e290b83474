import type { Model } from '../../gate/model.ts';
import { isBefore } from '../../lib/clock.ts';
import type { TrainingResults } from '../../training/await-results.ts';
import { type EvaluationFilter, listEvaluations, MOST_LISTED } from '../endpoints/evaluations.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import type { Wait } from '../http/retry.ts';
import type { EvaluationRow } from '../schema/evaluation-body.ts';
import { isSameModel } from './model-identity.ts';

/** Reads evaluations of one project. */
export interface EvaluationReader {
  readonly here: InProject;
  readonly patience: Wait;
  /** The confidence threshold, 0 to 1, at which precision, recall and F1 are wanted; undefined: where F1 is best. */
  readonly confidence?: number | undefined;
}

const UNNAMED = 'a model that it does not name';

/**
 * The newest evaluation that certainly is of each of `models` of a training, in the list of the project, or if that is full of the version
 * (docs/internals/roboflow-api.md#d13-which-evaluation-is-whose). If there is none of any, the models of the version that are `evaluated`.
 */
export async function findEvaluations(
  { here, patience }: EvaluationReader,
  version: number,
  models: readonly Pick<Model, 'id'>[],
  { onlyModel }: Pick<TrainingResults, 'onlyModel'>,
): Promise<{ rows: readonly EvaluationRow[]; evaluated: readonly string[] }> {
  const filters: readonly EvaluationFilter[] = [
    { project: here.project.project },
    { version: String(version) },
  ];
  const evaluated = new Set<string>();
  for (const filter of filters) {
    const isOfProject = 'project' in filter;
    const rows = await listEvaluations(here, filter, patience);
    const own = rows.filter((row) => isInProject(row, here.project, isOfProject));
    const newestFirst = own.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
    const found = models.flatMap(
      (model) => newestFirst.find((each) => isOf(each, model, onlyModel, version, here.project)) ?? [],
    );
    if (found.length > 0) return { rows: found, evaluated: [] };
    for (const row of own) if (row.version === version) evaluated.add(row.modelId ?? UNNAMED);
    if (isOfProject && rows.length < MOST_LISTED) break;
  }
  return { rows: [], evaluated: [...evaluated] };
}

/** An id of Roboflow's own says nothing of the project; then the list that was asked for tells it, or the model's id. */
function isInProject(row: EvaluationRow, { workspace, project }: ProjectRef, isOfProject: boolean): boolean {
  if (row.project === undefined) return isOfProject || row.modelId !== undefined;
  return row.project === project || row.project === `${workspace}/${project}`;
}

/** An evaluation that names no model is its version's; one of an older training of it was made before this one began. */
function isOf(
  row: EvaluationRow,
  { id }: Pick<Model, 'id'>,
  onlyModel: TrainingResults['onlyModel'],
  version: number,
  { workspace }: ProjectRef,
): boolean {
  if (row.modelId !== undefined) return isSameModel(row.modelId, id, workspace);
  const isOlder =
    row.createdAtMs !== undefined && isBefore(row.createdAtMs, onlyModel?.trainedSinceMs ?? row.createdAtMs);
  return onlyModel?.isOnlyOfVersion === true && row.version === version && !isOlder;
}
