import { endedWithoutModel, endedWithWeights, hasEnded, type Training } from './training.ts';

/** What was there before a training ended: what of it stays the same is none of that training's. */
export interface Before {
  /** By this machine's clock, in epoch ms. */
  readonly atMs: number;
  readonly trainings: readonly Training[];
  /** What the version showed as its results, to compare with; undefined if no other training of it had weights. */
  readonly results: { readonly text: string; readonly haveMetrics: boolean } | undefined;
}

/** What is enough to tell a new training from one that was there before. */
export interface KnownTraining {
  readonly id: string;
  readonly createdAtMs?: number | undefined;
  readonly hasEnded: boolean;
}

/** What is kept of `trainings` to know them again. */
export function knownTrainings(trainings: readonly Training[]): readonly KnownTraining[] {
  return trainings.map(({ id, createdAtMs, phase }) => ({ id, createdAtMs, hasEnded: hasEnded(phase) }));
}

/**
 * Whether `training` was not there before. Roboflow uses the id of a training that ended again on a version that can have
 * only one: then its start is a later one, or it is in flight again (docs/internals/roboflow-api.md#dates-ids-and-model-types).
 */
export function isNew(training: Training, known: readonly KnownTraining[]): boolean {
  const earlier = known.find(({ id }) => id === training.id);
  if (earlier === undefined) return true;
  // Both dates are by Roboflow's clock.
  const isLater = (training.createdAtMs ?? 0) > (earlier.createdAtMs ?? Number.POSITIVE_INFINITY);
  return earlier.hasEnded && (isLater || !hasEnded(training.phase));
}

/** Whether `training` is on `version`, or may be: not every list says. */
export function mayBeOn(version: number | undefined, training: Pick<Training, 'version'>): boolean {
  return version === undefined || (training.version ?? version) === version;
}

/**
 * The trainings that may own what Roboflow shows by version only, beside `training` itself. Without any, what is new there
 * is certainly its own. If it was seen in flight, those are all that were in flight beside it or are new since then. If it
 * had ended before this step saw it, those are all with weights that may be newer.
 * @param now the trainings of the version, read after the answer that is judged by this
 */
export function otherOwners(
  training: Training,
  now: readonly Training[],
  before: Before | undefined,
): readonly Training[] {
  if (before === undefined) return startedAfter(training, now);
  return now.filter(
    (other) =>
      other.id !== training.id &&
      mayBeOn(training.version, other) &&
      !endedWithoutModel(other.phase) &&
      !before.trainings.some((earlier) => isAtRest(earlier, other)),
  );
}

/** Whether `now` had ended before; so has one whose status nobody knows, if it never changed. */
function isAtRest(before: Training, now: Training): boolean {
  if (before.id !== now.id) return false;
  return hasEnded(before.phase) || (before.phase === 'unknown' && before.status === now.status);
}

/** Those of `all` with weights that were started after `training`, or at most `beforeMs` before it, as far as both say. */
export function startedAfter(
  training: Training,
  all: readonly Training[],
  beforeMs = 0,
): readonly Training[] {
  const sinceMs = (training.createdAtMs ?? Number.NEGATIVE_INFINITY) - beforeMs;
  return all.filter(
    ({ id, phase, version, createdAtMs = Number.POSITIVE_INFINITY }) =>
      id !== training.id &&
      mayBeOn(training.version, { version }) &&
      endedWithWeights(phase) &&
      createdAtMs >= sinceMs,
  );
}
