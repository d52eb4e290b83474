import { isBefore } from '../../lib/clock.ts';
import { mayBeOn } from '../../training/before.ts';
import { isOtherType, isSameType, isSearch } from '../../training/model-type.ts';
import { endedWithoutModel, hasEnded, type Training } from '../../training/training.ts';
import type { ProjectRef } from '../http/api.ts';
import type { ModelRow, ResultsBody } from '../schema/results-body.ts';
import type { ListedTraining } from '../schema/training-body.ts';
import type { VersionModel } from '../schema/version-body.ts';
import { isSameModel } from './model-identity.ts';

/** What tells a training's models from those of others, in answers that hold the models of several. */
export interface Ownership extends ProjectRef {
  readonly version: number;
  /** The ids of its models, if an answer names them; else empty. */
  readonly modelIds: readonly string[];
  readonly group: string | undefined;
  readonly modelType: string | undefined;
  readonly startedAtMs: number | undefined;
  /** Other trainings that may own what is shown by version only. */
  readonly others: readonly Training[];
  readonly isOnlyOne: boolean;
}

/** A training whose version is known. */
export type OnVersion = Training & { readonly version: number };

/** `training` with what only the list tells: if Roboflow did not say, a start is dated by the clock of the runner. */
export function asListed(training: OnVersion, listed: readonly ListedTraining[]): OnVersion & ListedTraining {
  const { modelIds, modelGroup, ...own }: Partial<ListedTraining> =
    listed.find(({ id }) => id === training.id) ?? {};
  const modelType = training.modelType ?? own.modelType;
  const createdAtMs = own.createdAtMs ?? training.createdAtMs;
  return { ...training, modelType, createdAtMs, modelIds, modelGroup };
}

/** What tells the models of a training, of which `bundle` are the results, from those of `others` and all that are `listed`. */
export function ownershipOf(
  { id, version, modelType, modelIds = [], modelGroup, createdAtMs }: OnVersion & ListedTraining,
  bundle: ResultsBody,
  listed: readonly Training[],
  others: readonly Training[],
  project: ProjectRef,
): Ownership {
  const withModel = listed.filter((each) => mayBeOn(version, each) && !endedWithoutModel(each.phase));
  return {
    ...project,
    version,
    modelIds,
    group: bundle.modelGroup ?? modelGroup,
    modelType: isSearch(modelType) ? modelType : (bundle.modelType ?? modelType),
    startedAtMs: createdAtMs,
    others,
    isOnlyOne: withModel.length > 0 && withModel.every((each) => each.id === id),
  };
}

/** A model that is named as the training's own may be dated by another clock or in another time zone. */
const ONE_DAY_MS = 24 * 60 * 60_000;

/**
 * Whether a row of the project's models certainly is of this training: by its id if the training's are known, by its
 * search, or by version, model type and date. A row that does not tell is left out: to judge another training's model would
 * be worse than to judge none (docs/internals/roboflow-api.md#models, #d4-fine-tunes-without-models).
 */
export function isOwnRow(row: ModelRow, own: Ownership): boolean {
  if (own.modelIds.length > 0) return isNamed(row.url, own) && !isOlder(row.createdAtMs, own, ONE_DAY_MS);
  if (own.group !== undefined) return row.group === own.group && !isOlder(row.createdAtMs, own);
  return (
    row.group === undefined &&
    row.version === own.version &&
    isSince(row.createdAtMs, own) &&
    !isOtherType(row.modelType, own.modelType) &&
    !mayBeOfOther(row.modelType, own)
  );
}

/**
 * Whether the one model that a version carries certainly is of this training. Its id names no more than the version, and it
 * need not say its type, so it has to be the only one that it can be (docs/internals/roboflow-api.md#version).
 */
export function isOwnVersionModel(model: VersionModel, own: Ownership): boolean {
  if (own.modelIds.length > 0) return isNamed(model.id, own) && !isOlder(model.trainedAtMs, own, ONE_DAY_MS);
  if (own.group !== undefined || isOlder(model.trainedAtMs, own)) return false;
  if (isOtherType(model.modelType, own.modelType)) return false;
  return own.isOnlyOne || (isSince(model.trainedAtMs, own) && !mayBeOfOther(model.modelType, own));
}

function isNamed(id: string, { modelIds, workspace }: Ownership): boolean {
  return modelIds.some((own) => isSameModel(own, id, workspace));
}

/** Whether something of `modelType` may be of one of the other trainings. */
function mayBeOfOther(modelType: string | undefined, { others }: Ownership): boolean {
  return others.some((other) => !isOtherType(other.modelType, modelType));
}

function isSince(atMs: number | undefined, { startedAtMs }: Ownership): boolean {
  return atMs !== undefined && startedAtMs !== undefined && !isBefore(atMs, startedAtMs);
}

function isOlder(atMs: number | undefined, { startedAtMs }: Ownership, skewMs?: number): boolean {
  return atMs !== undefined && startedAtMs !== undefined && isBefore(atMs, startedAtMs, skewMs);
}

/** Why it cannot be told whose answers are that come by version only, and what to do. */
export function ownerUnknown(
  { id, version }: Pick<Training, 'id' | 'version'>,
  others: readonly Training[],
): { readonly reason: string; readonly hint: string } {
  const ids = others.map((other) => other.id).join(', ');
  return {
    reason: `What Roboflow shows for version ${version} may be of ${ids} instead of training ${id}`,
    hint: `Look at both on Roboflow. To judge the newest one, set job-id to its id. To have each judged, train one after the other, or each on a version of its own.`,
  };
}

/** Why `bundle` does not show the results of `training`, which ended with weights: they may be late, and another's until then. */
export function whyNotOwn(
  bundle: ResultsBody,
  { id, version, modelType }: Pick<Training, 'id' | 'version' | 'modelType'>,
): string | undefined {
  const { phase, status, versions } = bundle;
  if (!hasEnded(phase) && phase !== 'unknown')
    return `The results of training ${id} still say that it is ${status}`;
  const other = versions.find((named) => version !== undefined && named !== version);
  if (other !== undefined)
    return `Roboflow shows results of version ${other}, and training ${id} is on version ${version}`;
  const shown = typeOfResults(bundle, modelType);
  if (isOtherType(shown, modelType))
    return `Roboflow shows results of a ${shown}, and training ${id} is a ${modelType}`;
  if (endedWithoutModel(phase))
    return `Training ${id} ended with weights, and its results say that it is ${status}`;
  return undefined;
}

/** The model type that results are of: what they say, or all of their models say. Children of a search are of another type. */
export function typeOfResults(
  { modelType, models }: ResultsBody,
  trained: string | undefined,
): string | undefined {
  if (modelType !== undefined || isSearch(trained)) return modelType;
  const types = models.map((model) => (typeof model.modelType === 'string' ? model.modelType : undefined));
  const [first] = types;
  return types.every((type) => isSameType(type, first)) ? first : undefined;
}
