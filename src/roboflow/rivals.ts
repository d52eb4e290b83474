import { hasEnded, sameModelType, type Training } from '../training/training.ts';

/** No training is known to take longer, so one that began this long before another has had its model since. */
const LONGEST_TRAINING_MS = 12 * 3_600_000;

/** Those of `others` whose model may have come after `run` began, on its version as far as is known. */
export function rivalsOf(
  run: Pick<Training, 'id' | 'version' | 'createdAtMs'>,
  others: readonly Training[],
): readonly Training[] {
  const sinceMs = (run.createdAtMs ?? Number.NEGATIVE_INFINITY) - LONGEST_TRAINING_MS;
  return others.filter(
    (other) =>
      other.id !== run.id &&
      mayBeOn(run.version, other) &&
      other.phase !== 'failed' &&
      other.phase !== 'cancelled' &&
      (other.createdAtMs ?? Number.POSITIVE_INFINITY) >= sinceMs,
  );
}

/** A training of `others` that began no earlier than `training` and has weights, so that those may be its results. */
export function newerThan(training: Training, others: readonly Training[]): Training | undefined {
  return others.find(
    (other) =>
      other.id !== training.id &&
      mayBeOn(training.version, other) &&
      hasWeights(other.phase) &&
      (other.createdAtMs ?? Number.POSITIVE_INFINITY) >= (training.createdAtMs ?? Number.NEGATIVE_INFINITY),
  );
}

/**
 * One of `rivals` that has weights and may have ended after `run`. Lists tell when trainings began, not when they ended,
 * so it is one that was seen in flight, unless it was seen over while `run` was not.
 * @param readings earlier lists
 */
export function laterThan(
  run: Pick<Training, 'id'>,
  rivals: readonly Training[],
  readings: readonly (readonly Training[])[],
): Training | undefined {
  const isOver = (reading: readonly Training[], id: string) =>
    reading.some((training) => training.id === id && hasEnded(training.phase));
  const inFlight = (reading: readonly Training[], id: string) =>
    reading.some((training) => training.id === id && !hasEnded(training.phase));
  return rivals.find(
    ({ id, phase }) =>
      hasWeights(phase) &&
      readings.some((reading) => inFlight(reading, id)) &&
      !readings.some((reading) => isOver(reading, id) && !isOver(reading, run.id)),
  );
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

function hasWeights(phase: Training['phase']): boolean {
  return phase === 'succeeded' || phase === 'stopped';
}
