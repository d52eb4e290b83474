import type { TrainingRequest } from '../../training/training.ts';
import { type InProject, pathIn } from '../http/api.ts';
import type { Wait } from '../http/retry.ts';
import { readJob, readJobs } from '../schema/job-body.ts';

/** `GET /:w/:p/jobs` (docs/internals/roboflow-api.md#jobs). */
export function listJobs(here: InProject, wait?: Wait) {
  return here.api.get({ path: pathIn(here, 'jobs') }, readJobs, wait);
}

/** `GET /:w/:p/jobs/:id`. */
export function getJob(here: InProject, id: string, wait?: Wait) {
  return here.api.get({ path: pathIn(here, 'jobs', id) }, (body) => readJob(body, id), wait);
}

/** `POST /:w/:p/jobs`, which takes snake case; sent once (docs/internals/roboflow-api.md#d3-model-type-field, #d6-a-start-is-not-safe-to-repeat). */
export function createJob(here: InProject, request: TrainingRequest) {
  const { version, modelType, epochs, checkpoint, speed } = request;
  const body = { version, model_type: modelType, checkpoint, epochs, speed };
  return here.api.post({ path: pathIn(here, 'jobs'), body }, (answer) => readJob(answer));
}
