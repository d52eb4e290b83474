import type { TrainingRequest } from '../../training/training.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import { readJob, readJobs } from '../schema/job-body.ts';

function base({ workspace, project }: ProjectRef): readonly string[] {
  return [workspace, project, 'jobs'];
}

/** `GET /:w/:p/jobs` (docs/roboflow-api.md#jobs). */
export function listJobs({ api, project }: InProject, wait?: Partial<Patience>) {
  return api.get({ path: base(project) }, readJobs, wait);
}

/** `GET /:w/:p/jobs/:id`. */
export function getJob({ api, project }: InProject, id: string, wait?: Partial<Patience>) {
  return api.get({ path: [...base(project), id] }, (body) => readJob(body, id), wait);
}

/** `POST /:w/:p/jobs`, which takes snake case; sent once (docs/roboflow-api.md#d3-model-type-field, #d6-a-start-is-not-safe-to-repeat). */
export function createJob({ api, project }: InProject, request: TrainingRequest) {
  const { version, modelType, epochs, checkpoint, speed } = request;
  const body = { version, model_type: modelType, checkpoint, epochs, speed };
  return api.post({ path: base(project), body }, (answer) => readJob(answer));
}
