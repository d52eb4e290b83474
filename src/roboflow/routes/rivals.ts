import { hasEnded, hasNoModel, hasWeights, sameModelType, type Training } from '../../training/training.ts';

/** Lists of trainings that were read so far, the oldest first. */
export type Readings = readonly (readonly Training[])[];

/**
 * Those of `others` that may have brought forth a model of its version after `run` began. Lists tell when trainings
 * began, not when they ended, so what counts is what they showed: one that began no earlier, was seen in flight, or was in
 * no list from before the run; but none that was seen over while the run was not.
 */
export function rivalsOf(
  run: Pick<Training, 'id' | 'version' | 'createdAtMs'>,
  others: readonly Training[],
  readings: Readings,
): readonly Training[] {
  const beforeRun = readings.filter((reading) => !reading.some(({ id }) => id === run.id));
  return others.filter(
    (other) =>
      other.id !== run.id &&
      mayBeOn(run.version, other) &&
      !hasNoModel(other.phase) &&
      !readings.some((reading) => isOver(reading, other.id) && !isOver(reading, run.id)) &&
      !beforeRun.some((reading) => isStuck(reading, other)) &&
      (mayBeNewer(other, run) ||
        [...readings, others].some((reading) => isInFlight(reading, other.id)) ||
        (beforeRun.length > 0 && beforeRun.every((reading) => !reading.some(({ id }) => id === other.id)))),
  );
}

/** A training of `others` that may have begun after `training` and has weights, so that those may be its results. */
export function newerThan(training: Training, others: readonly Training[]): Training | undefined {
  return others.find(
    (other) =>
      other.id !== training.id &&
      mayBeOn(training.version, other) &&
      hasWeights(other.phase) &&
      mayBeNewer(other, training),
  );
}

/** Whether `one` began no earlier than `other`, as far as is told. */
function mayBeNewer(one: Pick<Training, 'createdAtMs'>, other: Pick<Training, 'createdAtMs'>): boolean {
  return (one.createdAtMs ?? Number.POSITIVE_INFINITY) >= (other.createdAtMs ?? Number.NEGATIVE_INFINITY);
}

function isOver(reading: readonly Training[], wanted: string): boolean {
  return reading.some(({ id, phase }) => id === wanted && hasEnded(phase));
}

/** A status that nobody knows and that has stayed what it was is no work in flight. */
function isStuck(reading: readonly Training[], { id, phase, status }: Training): boolean {
  return phase === 'unknown' && reading.some((each) => each.id === id && each.status === status);
}

function isInFlight(reading: readonly Training[], wanted: string): boolean {
  return reading.some(({ id, phase }) => id === wanted && !hasEnded(phase));
}

/** Whether `training` is on `version`, or may be: not every list tells. */
export function mayBeOn(version: number | undefined, training: Pick<Training, 'version'>): boolean {
  return (training.version ?? version) === version;
}

/** Whether `training` is of `modelType`, or may be. */
export function mayBeOf(modelType: string | undefined, training: Pick<Training, 'modelType'>): boolean {
  return (
    modelType === undefined ||
    training.modelType === undefined ||
    sameModelType(training.modelType, modelType)
  );
}
