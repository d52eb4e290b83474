import { sameModelType, type Training } from '../../training/training.ts';
import { mayBeOf } from '../routes/rivals.ts';
import type { ModelRow } from '../schema/results.ts';
import type { VersionModel } from '../schema/version.ts';

/** What is known of a run that tells its models from those of others. Undefined is what nothing said. */
export interface RunIdentity {
  readonly workspace: string;
  readonly version: number;
  /** The ids of its models, where results or the list of trainings name them; else empty. */
  readonly modelIds: readonly string[];
  /** The architecture search that it is. */
  readonly group: string | undefined;
  readonly modelType: string | undefined;
  /** Epoch milliseconds. */
  readonly begunAtMs: number | undefined;
  /** Other trainings that may have brought forth a model of this version since the run began. */
  readonly rivals: readonly Training[] | undefined;
  /** Whether no other training was ever on the version. */
  readonly isOnlyOne: boolean;
}

/**
 * Whether a row of the project's models certainly is of this run: by its id where the run's are known, by its search, or
 * by version, model type and date. A row that does not tell is left out; judging another run's model would be worse than
 * judging none (docs/roboflow-api.md#models, #d4-fine-tunes-without-models).
 */
export function isOwnRow(row: ModelRow, run: RunIdentity): boolean {
  if (run.modelIds.length > 0)
    return run.modelIds.some((id) => sameModel(id, row.url, run)) && !isOlder(row.createdAtMs, run);
  if (run.group !== undefined) return row.group === run.group && !isOlder(row.createdAtMs, run);
  return (
    row.group === undefined &&
    row.version === run.version &&
    row.modelType !== undefined &&
    run.modelType !== undefined &&
    sameModelType(row.modelType, run.modelType) &&
    isSince(row.createdAtMs, run) &&
    !hasRival(run, row.modelType)
  );
}

/**
 * Whether the one model that the version carries certainly is of this run. Its id names no more than the version, and it
 * need not tell its type, so it has to be the only one that it can be (docs/roboflow-api.md#version).
 */
export function isOwnVersionModel(model: VersionModel, run: RunIdentity): boolean {
  if (isOlder(model.trainedAtMs, run)) return false;
  if (run.modelIds.length > 0) return run.modelIds.some((id) => sameModel(id, model.id, run));
  if (run.group !== undefined) return false;
  const { modelType } = model;
  if (modelType !== undefined && run.modelType !== undefined && !sameModelType(modelType, run.modelType))
    return false;
  return run.isOnlyOne || (isSince(model.trainedAtMs, run) && !hasRival(run, modelType));
}

function hasRival({ rivals }: RunIdentity, modelType: string | undefined): boolean {
  return rivals === undefined || rivals.some((rival) => mayBeOf(modelType, rival));
}

/** Ids come with the workspace in front and without it (docs/roboflow-api.md#words-and-ids, #models). */
function sameModel(one: string, other: string, { workspace }: Pick<RunIdentity, 'workspace'>): boolean {
  return one === other || `${workspace}/${one}` === other || one === `${workspace}/${other}`;
}

/** Clocks of the server's own parts need not agree to the second. */
const CLOCK_SKEW_MS = 60_000;

function isSince(atMs: number | undefined, { begunAtMs }: RunIdentity): boolean {
  return atMs !== undefined && begunAtMs !== undefined && atMs >= begunAtMs - CLOCK_SKEW_MS;
}

function isOlder(atMs: number | undefined, run: RunIdentity): boolean {
  return atMs !== undefined && run.begunAtMs !== undefined && !isSince(atMs, run);
}
