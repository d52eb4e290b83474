import type { Training, TrainingRequest } from '../../training/training.ts';
import type { InProject } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import { AnnotationJobsError, readJob, readJobs } from '../schema/job-body.ts';
import { unexpected } from '../schema/shape.ts';

/** `GET /:w/:p/jobs` (docs/roboflow-api.md#jobs). */
export function listJobs(
  { api, project: { workspace, project } }: InProject,
  patience?: Partial<Patience>,
): Promise<readonly Training[]> {
  return api.get({ path: [workspace, project, 'jobs'] }, ofTrainings(readJobs, patience), patience);
}

/** `GET /:w/:p/jobs/:id`. */
export function getJob(
  { api, project: { workspace, project } }: InProject,
  id: string,
  patience?: Partial<Patience>,
): Promise<Training> {
  const read = (body: unknown) => readJob(body, id);
  return api.get({ path: [workspace, project, 'jobs', id] }, ofTrainings(read, patience), patience);
}

/** If trainings are known to be behind `/jobs`, an answer of labelling jobs is as unreadable as any other. */
function ofTrainings<Value>(
  read: (body: unknown) => Value,
  patience: Partial<Patience> | undefined,
): (body: unknown) => Value {
  if (patience?.knownToExist !== true) return read;
  return (body) => {
    try {
      return read(body);
    } catch (error) {
      if (error instanceof AnnotationJobsError) throw unexpected('of training jobs', body);
      throw error;
    }
  };
}

/**
 * `POST /:w/:p/jobs`, which takes snake case; sent once
 * (docs/roboflow-api.md#d3-model-type-field, #d6-a-start-is-not-safe-to-repeat).
 */
export function createJob(
  { api, project: { workspace, project } }: InProject,
  request: TrainingRequest,
): Promise<Training> {
  const { version, modelType, epochs, checkpoint, speed } = request;
  const body = { version, model_type: modelType, checkpoint, epochs, speed };
  return api.post({ path: [workspace, project, 'jobs'], body }, (answer) => readJob(answer));
}
