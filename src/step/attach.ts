import { ApiError, TrainGateError } from '../lib/errors.ts';
import type { ChosenRoute } from '../roboflow/routes/choose-route.ts';
import { NoSuchTrainingError } from '../roboflow/routes/trainings.ts';
import { AnnotationJobsError } from '../roboflow/schema/job.ts';
import type { TrainingRoute } from '../training/route.ts';
import { sameModelType, type Training, withKnown } from '../training/training.ts';

/** A training that was there, and the route on which it was found. */
export interface Found {
  readonly training: Training;
  readonly route: TrainingRoute;
  readonly reason: string;
}

/** What the workflow says of a training that is there already. */
export interface Wanted {
  readonly jobId: string;
  readonly version: number | undefined;
  readonly modelType: string | undefined;
}

/**
 * Finds the training that the workflow names, on the route that was chosen or, attaching being free, on the other.
 * @throws TrainGateError where there is none, or where it is of another version or model type than the workflow says
 */
export async function findTraining(
  wanted: Wanted,
  { route, reason, other }: Pick<ChosenRoute, 'route' | 'reason' | 'other'>,
): Promise<Found> {
  try {
    return { training: await findOn(route, wanted), route, reason };
  } catch (error) {
    if (!isNotThere(error)) throw error;
    const elsewhere = other && (await findOnOther(other, wanted));
    if (other === undefined || elsewhere === undefined) throw noSuchTraining(wanted.jobId, error);
    return { training: elsewhere, route: other, reason: 'the training that job-id names is there' };
  }
}

async function findOn(route: TrainingRoute, { jobId, version, modelType }: Wanted): Promise<Training> {
  const training = await route.find(jobId, version);
  if (version !== undefined && training.version !== undefined && training.version !== version)
    throw new TrainGateError(
      `Training ${jobId} is on version ${training.version}, but version is ${version}.`,
      { hint: 'Leave version out, or set it to the one that the training is on.' },
    );
  if (
    modelType !== undefined &&
    training.modelType !== undefined &&
    !sameModelType(training.modelType, modelType)
  )
    throw new TrainGateError(
      `Training ${jobId} is a ${training.modelType}, but model-type is ${modelType}.`,
      { hint: 'Leave model-type out, or set it to that of the training.' },
    );
  return withKnown(training, { version });
}

async function findOnOther(other: TrainingRoute, wanted: Wanted): Promise<Training | undefined> {
  try {
    return await findOn(other, wanted);
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
