import type { Failure } from '../errors.ts';

/** The scopes that a key may need; the API's documents disagree on their names (API reference, D2). */
const SCOPES =
  'version:train, trainingJob:create, training-job:create, version:read, project:read, model:infer';

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
    'Several trainings belong to this version: set route to trainings, which tells them apart.',
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
    'Check workspace, project and version: each must exist and be visible to the key. Slugs stand in the address of the project on Roboflow. If it is the jobs that are missing, set route to trainings.',
  ],
  [409, 'Another training may be running on this version: see its page on Roboflow.'],
  [423, 'Billing of the workspace is paused: see Plan and Billing on Roboflow.'],
]);

/** What to do next about `failure`, by the API's code first and its status second (API reference, D12). */
export function adviceFor(failure: Failure, baseUrl: URL): string | undefined {
  switch (failure.kind) {
    case 'unreachable':
      return `Check api-url (${baseUrl.origin}), the runner's network and its proxy settings.`;
    case 'lost':
    case 'unreadable':
      return 'If this stays, look at the status page of Roboflow and at what lies between the runner and the API.';
    case 'refused':
      return BY_CODE.get(failure.code?.toLowerCase() ?? '') ?? adviceForStatus(failure.status);
  }
}

function adviceForStatus(status: number): string | undefined {
  if (status >= 300 && status < 400)
    return 'Redirects are not followed, since the key would go along: set api-url to the address itself.';
  return BY_STATUS.get(status);
}
