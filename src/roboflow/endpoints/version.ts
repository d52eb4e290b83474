import type { EndMode } from '../../training/training-api.ts';
import { type InProject, pathIn } from '../http/api.ts';
import type { Wait } from '../http/retry.ts';
import { readEndAnswer } from '../schema/answer.ts';
import { readResults } from '../schema/results-body.ts';
import { readExport, readVersion } from '../schema/version-body.ts';

/** `GET /:w/:p/:v`; `nocache`, since stale answers once broke other clients (docs/internals/roboflow-api.md#version). */
export function getVersion(here: InProject, version: number, wait?: Wait) {
  return here.api.get({ path: pathIn(here, version), query: { nocache: 'true' } }, readVersion, wait);
}

/** `GET /:w/:p/:v/:format`: begins an export, or tells how far it is (docs/internals/roboflow-api.md#project-generate-and-export). */
export function getExport(here: InProject, version: number, format: string) {
  return here.api.get({ path: pathIn(here, version, format), query: { nocache: 'true' } }, readExport);
}

/** `GET /:w/:p/:v/training/results`: of whichever training of the version (docs/internals/roboflow-api.md#training-results). */
export function getResults(here: InProject, version: number, wait?: Wait) {
  return here.api.get({ path: pathIn(here, version, 'training', 'results') }, readResults, wait);
}

/** `POST /:w/:p/:v/train/cancel` or `/stop`: ends the version's training, which exists (docs/internals/roboflow-api.md#version-training-routes). */
export function endVersionTraining(here: InProject, version: number, mode: EndMode, untilMs: number) {
  const request = { path: pathIn(here, version, 'train', mode), body: {} };
  return here.api.post(request, readEndAnswer, { untilMs, knownToExist: true });
}
