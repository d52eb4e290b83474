import { sentences } from '../../lib/errors.ts';
import type { Failure } from './failure.ts';

/** The scopes that a key may need; the API's documents disagree on their names (docs/roboflow-api.md#d2-scope-names). */
const SCOPES =
  'version:train, trainingJob:create, training-job:create, version:read, version:create (for version: new), project:read, model:infer';

const BY_CODE: ReadonlyMap<string, string> = new Map([
  [
    'insufficient_validation_images_for_nas',
    'Neural architecture search needs at least 15 validation images: generate a version with a larger valid split.',
  ],
  [
    'nas_not_available_for_plan',
    'The plan of this workspace has no neural architecture search: choose another model-type, or upgrade the plan.',
  ],
  [
    'credit_cap_exceeded',
    "The workspace's credit cap is reached: raise it on Roboflow, or wait for the next period.",
  ],
  ['over_quota', "The workspace's quota is used up: see Plan and Billing on Roboflow."],
  [
    'multiple_trainings',
    'Several trainings belong to this version. To judge one of them, look up its training id on Roboflow, and set route to trainings, version to this version and job-id to that id; without job-id another training would be started and paid for.',
  ],
]);

const BY_STATUS: ReadonlyMap<number, string> = new Map([
  [400, 'Check model-type, version, epochs, checkpoint and speed against what Roboflow says above.'],
  [
    401,
    `Check that api-key is the private key of this workspace (Roboflow: Settings, API Keys) and not the publishable one; if it is scoped, it needs all of: ${SCOPES}.`,
  ],
  [402, 'The plan does not allow it or a quota is reached: see Plan and Billing on Roboflow.'],
  [
    403,
    `The key is valid but may not do this: check that workspace and project belong to it, and that a scoped key has all of: ${SCOPES}.`,
  ],
  [
    404,
    'Check workspace, project and version: each must exist and be visible to the key. Slugs stand in the address of the project on Roboflow.',
  ],
  [409, 'Another training may be running on this version: see its page on Roboflow.'],
  [413, 'The request is larger than Roboflow takes: shorten train-recipe, preprocessing or augmentation.'],
  [
    422,
    'Roboflow does not accept one of the values: check model-type, epochs, checkpoint, speed and train-recipe against what it says above.',
  ],
  [423, 'Billing of the workspace is paused: see Plan and Billing on Roboflow.'],
  [429, 'Roboflow limits how often this key may ask: re-run this job later, and run fewer of them at once.'],
]);

/** What to do next about `failure`, by the API's code first and its status second (docs/roboflow-api.md#d12-status-of-plan-errors). */
export function adviceFor(
  failure: Failure,
  { path }: { readonly path: readonly string[] },
  baseUrl: URL,
): string | undefined {
  switch (failure.kind) {
    case 'unreachable':
      return failure.proxy === undefined
        ? `Check api-url (${baseUrl.origin}) and the runner's network.`
        : `The request went through the proxy ${failure.proxy}, as HTTPS_PROXY or HTTP_PROXY says: check that it is right and lets requests to ${baseUrl.host} through, or add that host to NO_PROXY.`;
    case 'lost':
    case 'unreadable':
      return 'If this stays, look at the status page of Roboflow and at what lies between the runner and the API.';
    case 'refused':
      return BY_CODE.get(failure.code?.toLowerCase() ?? '') ?? adviceForStatus(failure.status, path);
  }
}

function adviceForStatus(status: number, path: readonly string[]): string | undefined {
  if (status >= 300 && status < 400)
    return 'Redirects are not followed, since the key would go along: set api-url to the address itself.';
  if (status >= 500)
    return 'Roboflow has trouble, or what lies between the runner and the API: look at its status page and re-run this job later.';
  if (status === 404) return sentences(BY_STATUS.get(status), otherRoute(path));
  return BY_STATUS.get(status);
}

/** The route that is not in use: a project need not have both (docs/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
function otherRoute(path: readonly string[]): string | undefined {
  if (path[2] === 'jobs') return 'If it is the jobs that are missing, set route to trainings.';
  if (path[3] === 'v2')
    return 'If it is the trainings that are missing, set route to jobs, and leave train-recipe out.';
  return undefined;
}
