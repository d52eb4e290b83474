import type { JsonObject } from '../../lib/json.ts';
import type { EndMode } from '../../training/route.ts';
import type { Training, TrainingRequest } from '../../training/training.ts';
import type { Api } from '../http/api.ts';
import type { Patience } from '../http/persist.ts';
import { isPassing } from '../http/retry.ts';
import { type EndAnswer, readEndAnswer, readKeyWorkspace } from '../schema/answer.ts';
import { AnnotationJobsError, readJob, readJobs } from '../schema/job.ts';
import { type ModelRow, type ResultsBody, readModelRows, readResults } from '../schema/results.ts';
import { unexpected } from '../schema/shape.ts';
import {
  type ExportBody,
  readExport,
  readGenerated,
  readProjectVersions,
  readVersion,
  type VersionBody,
} from '../schema/version.ts';

/** A project by its slugs. */
export interface ProjectRef {
  readonly workspace: string;
  readonly project: string;
}

/** `GET /`: the workspace that the key belongs to. */
export function getKeyWorkspace(api: Api): Promise<string> {
  return api.get({ path: [] }, readKeyWorkspace);
}

/** `GET /:w/:p`: the project's versions, highest first. */
export function getProjectVersions(
  api: Api,
  { workspace, project }: ProjectRef,
): Promise<readonly VersionBody[]> {
  return api.get({ path: [workspace, project] }, readProjectVersions);
}

/** `GET /:w/:p/:v`; `nocache`, since stale answers once broke other clients (docs/roboflow-api.md#version). */
export function getVersion(
  api: Api,
  { workspace, project }: ProjectRef,
  version: number,
  patience?: Partial<Patience>,
): Promise<VersionBody> {
  return api.get(
    { path: [workspace, project, String(version)], query: { nocache: 'true' } },
    readVersion,
    patience,
  );
}

/** `GET /:w/:p/jobs`. */
export function listJobs(
  api: Api,
  { workspace, project }: ProjectRef,
  patience?: Partial<Patience>,
): Promise<readonly Training[]> {
  return api.get({ path: [workspace, project, 'jobs'] }, ofTrainings(readJobs, patience), patience);
}

/** `GET /:w/:p/jobs/:id`. */
export function getJob(
  api: Api,
  { workspace, project }: ProjectRef,
  id: string,
  patience?: Partial<Patience>,
): Promise<Training> {
  const read = (body: unknown) => readJob(body, id);
  return api.get({ path: [workspace, project, 'jobs', id] }, ofTrainings(read, patience), patience);
}

/** Where trainings are known to be behind `/jobs`, an answer of labelling jobs is as unreadable as any other. */
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

/** `POST /:w/:p/jobs`, which takes snake case; sent once (docs/roboflow-api.md#d3-model-type-field, #d6-a-start-is-not-safe-to-repeat). */
export function createJob(
  api: Api,
  { workspace, project }: ProjectRef,
  request: TrainingRequest,
): Promise<Training> {
  const { version, modelType, epochs, checkpoint, speed } = request;
  const body = { version, model_type: modelType, checkpoint, epochs, speed };
  return api.post({ path: [workspace, project, 'jobs'], body }, (answer) => readJob(answer));
}

/** `POST /:w/:p/:v/train/cancel` or `/stop`: acts on the version's run, which is known to exist (docs/roboflow-api.md#version-training-routes). */
export function endVersionTraining(
  api: Api,
  { workspace, project }: ProjectRef,
  version: number,
  mode: EndMode,
  untilMs: number,
): Promise<EndAnswer> {
  return api.post({ path: [workspace, project, String(version), 'train', mode], body: {} }, readEndAnswer, {
    mayRepeat: isPassing,
    untilMs,
    knownToExist: true,
  });
}

/** `GET /:w/:p/:v/training/results` (docs/roboflow-api.md#training-results). */
export function getResults(
  api: Api,
  { workspace, project }: ProjectRef,
  version: number,
  patience?: Partial<Patience>,
): Promise<ResultsBody> {
  return api.get(
    { path: [workspace, project, String(version), 'training', 'results'] },
    readResults,
    patience,
  );
}

/** `GET /:w/:p/models`, the project's models, or those of one group (docs/roboflow-api.md#models). */
export function listModels(
  api: Api,
  { workspace, project }: ProjectRef,
  group: string | undefined,
  patience?: Partial<Patience>,
): Promise<readonly ModelRow[]> {
  const query = group === undefined ? {} : { query: { group } };
  return api.get({ path: [workspace, project, 'models'], ...query }, readModelRows, patience);
}

/** `POST /:w/:p/generate`: makes a version of the project's images as they are now; sent once; answers its number (docs/roboflow-api.md#project-generate-and-export). */
export function generateVersion(
  api: Api,
  { workspace, project }: ProjectRef,
  body: { readonly preprocessing: JsonObject; readonly augmentation: JsonObject },
): Promise<number> {
  return api.post({ path: [workspace, project, 'generate'], body }, readGenerated);
}

/** `GET /:w/:p/:v/:format`: begins an export, or tells how far it is (docs/roboflow-api.md#project-generate-and-export). */
export function getExport(
  api: Api,
  { workspace, project }: ProjectRef,
  version: number,
  format: string,
): Promise<ExportBody> {
  return api.get(
    { path: [workspace, project, String(version), format], query: { nocache: 'true' } },
    readExport,
  );
}
