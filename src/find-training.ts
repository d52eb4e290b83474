import { ApiError, TrainGateError } from './errors.ts';
import type { ChosenRoute } from './roboflow/choose-route.ts';
import { NoSuchTrainingError } from './roboflow/trainings.ts';
import { AnnotationJobsError } from './roboflow/wire/job.ts';
import type { TrainingRoute } from './training/route.ts';
import type { Training } from './training/training.ts';

/** A training that was there, and the route on which it was found. */
export interface Found {
  readonly training: Training;
  readonly route: TrainingRoute;
  readonly reason: string;
}

/**
 * Finds the training that the workflow names, on the route that was chosen or, attaching being free, on the other.
 * @throws TrainGateError where there is none, or where it is on another version than the workflow says
 */
export async function findTraining(
  id: string,
  version: number | undefined,
  { route, reason, other }: Pick<ChosenRoute, 'route' | 'reason' | 'other'>,
): Promise<Found> {
  try {
    return { training: await findOn(route, id, version), route, reason };
  } catch (error) {
    if (!isNotThere(error)) throw error;
    const elsewhere = other && (await findOnOther(other, id, version));
    if (other === undefined || elsewhere === undefined) throw noSuchTraining(id, error);
    return { training: elsewhere, route: other, reason: 'the training that job-id names is there' };
  }
}

async function findOn(route: TrainingRoute, id: string, version: number | undefined): Promise<Training> {
  const training = await route.find(id, version);
  if (version !== undefined && training.version !== undefined && training.version !== version)
    throw new TrainGateError(`Training ${id} is on version ${training.version}, but version is ${version}.`, {
      hint: 'Leave version out, or set it to the one that the training is on.',
    });
  return training;
}

async function findOnOther(
  other: TrainingRoute,
  id: string,
  version: number | undefined,
): Promise<Training | undefined> {
  try {
    return await findOn(other, id, version);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

/** What the API answers of a training that a route does not have: not found, or an id that it cannot make out. */
const NOT_THERE_STATUSES: readonly number[] = [400, 404, 405, 422];

function isNotThere(error: unknown): error is TrainGateError {
  return (
    error instanceof NoSuchTrainingError ||
    error instanceof AnnotationJobsError ||
    (error instanceof ApiError &&
      error.failure.kind === 'refused' &&
      NOT_THERE_STATUSES.includes(error.failure.status))
  );
}

function noSuchTraining(id: string, error: TrainGateError): TrainGateError {
  if (error instanceof NoSuchTrainingError) return error;
  return new TrainGateError(`There is no training ${id} in this project: ${error.message}`, {
    hint: 'Check job-id, that project is the one that it was started in, and route where it is set.',
    cause: error,
  });
}
