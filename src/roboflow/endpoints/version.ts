import type { EndMode } from '../../training/training-api.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import { type EndAnswer, readEndAnswer } from '../schema/answer.ts';
import { type ResultsBody, readResults } from '../schema/results-body.ts';
import { type ExportBody, readExport, readVersion, type VersionBody } from '../schema/version-body.ts';

function base({ workspace, project }: ProjectRef, version: number): readonly string[] {
  return [workspace, project, String(version)];
}

/** `GET /:w/:p/:v`; `nocache`, since stale answers once broke other clients (docs/roboflow-api.md#version). */
export function getVersion(
  { api, project }: InProject,
  version: number,
  patience?: Partial<Patience>,
): Promise<VersionBody> {
  return api.get({ path: base(project, version), query: { nocache: 'true' } }, readVersion, patience);
}

/** `GET /:w/:p/:v/:format`: begins an export, or tells how far it is (docs/roboflow-api.md#project-generate-and-export). */
export function getExport({ api, project }: InProject, version: number, format: string): Promise<ExportBody> {
  return api.get({ path: [...base(project, version), format], query: { nocache: 'true' } }, readExport);
}

/** `GET /:w/:p/:v/training/results`: of whichever training of the version (docs/roboflow-api.md#training-results). */
export function getResults(
  { api, project }: InProject,
  version: number,
  patience?: Partial<Patience>,
): Promise<ResultsBody> {
  return api.get({ path: [...base(project, version), 'training', 'results'] }, readResults, patience);
}

/**
 * `POST /:w/:p/:v/train/cancel` or `/stop`: ends the version's training, which is known to exist
 * (docs/roboflow-api.md#version-training-routes).
 */
export function endVersionTraining(
  { api, project }: InProject,
  version: number,
  mode: EndMode,
  untilMs: number,
): Promise<EndAnswer> {
  return api.post({ path: [...base(project, version), 'train', mode], body: {} }, readEndAnswer, {
    untilMs,
    knownToExist: true,
  });
}
