import { isCrashText, withoutCalls } from '../../lib/crash-text.ts';
import { sentences } from '../../lib/errors.ts';
import type { Failure, Unreachable } from './failure.ts';
import { otherRegionOf } from './region.ts';
import type { HttpRequest } from './request.ts';

/** The scopes that a key may need; the API's documents disagree on their names (docs/internals/roboflow-api.md#d2-scope-names). */
const SCOPES =
  'version:train, trainingJob:create, training-job:create, version:read, version:create (for version: new), project:read, model:infer';

/** What to do about a refusal, by the API's code or the status. */
const CURES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    insufficient_validation_images_for_nas:
      'Neural architecture search needs at least 15 validation images: generate a version with a larger valid split.',
    nas_not_available_for_plan:
      'The plan of this workspace has no neural architecture search: choose another model-type, or upgrade the plan.',
    credit_cap_exceeded:
      "The workspace's credit cap is reached: raise it on Roboflow, or wait for the next period.",
    over_quota: "The workspace's quota is used up: see Plan and Billing on Roboflow.",
    multiple_trainings:
      'Several trainings belong to this version. To judge one of them, look up its training id on Roboflow, and set route to trainings, version to this version and job-id to that id; without job-id another training would be started and paid for.',
    400: 'Check model-type, version, epochs, checkpoint and speed against what Roboflow says above.',
    401: 'Check that api-key is the private key of this workspace (Roboflow: Settings, API Keys) and not the publishable one.',
    402: 'The plan does not allow it or a quota is reached: see Plan and Billing on Roboflow.',
    403: `The key is valid but may not do this: check that workspace and project belong to it, and that a scoped key has all of: ${SCOPES}.`,
    404: 'Check workspace, project and version: each must exist and be visible to the key. Slugs stand in the address of the project on Roboflow. A scoped key that lacks a permission can get the same answer.',
    409: 'Another training may be running on this version: see its page on Roboflow.',
    413: 'The request is larger than Roboflow takes: shorten train-recipe, preprocessing or augmentation.',
    422: 'Roboflow does not accept one of the values: check model-type, epochs, checkpoint, speed and train-recipe against what it says above.',
    423: 'Billing of the workspace is paused: see Plan and Billing on Roboflow.',
    429: 'Roboflow limits how often this key may ask: re-run this job later, and run fewer of them at once.',
  }),
);

/** A version of the older kind has one model (docs/internals/roboflow-api.md#words-and-ids), and which kind it is no answer says. */
const SECOND_TRAINING =
  'A version of the older kind takes one training only, and this one has it, or another is running there: to judge that one, set reuse to "finished" or job-id to its id; to train again, set version to "new".';

const NO_ONLINE_AUGMENTATION =
  'The plan of this workspace may not include online augmentation: leave "online_augmentation" out of train-recipe, or see Plan and Billing on Roboflow.';

const CRASH =
  'These are words of code that broke inside Roboflow: they say nothing of the inputs. Re-run this job later; if it stays, show them to the support of Roboflow.';

type RequestWords = Pick<HttpRequest, 'verb' | 'path'>;

/** What failed, with the request's verb and path; never its query, which can hold the key. */
export function failureMessage({ verb, path }: RequestWords, failure: Failure): string {
  return `Roboflow ${describe(failure)}: ${verb} /${path.join('/')}`;
}

/** What failed, without its subject. */
export function describe(failure: Failure): string {
  switch (failure.kind) {
    case 'unreachable':
      return `could not be reached (${failure.reason})`;
    case 'lost':
      return `gave no whole answer (${failure.reason})`;
    case 'unreadable':
      return `answered ${failure.status}, ${failure.reason}`;
    case 'refused': {
      const message = failure.message && withoutCalls(failure.message);
      const said = [failure.code, message].filter((part) => part !== undefined).join(': ');
      return `answered ${failure.status}${said === '' ? '' : ` "${said}"`}`;
    }
  }
}

/** What to do next about `failure`, by the API's code first and its status second (docs/internals/roboflow-api.md#d12-status-of-plan-errors). */
export function adviceFor(failure: Failure, request: RequestWords, baseUrl: URL): string | undefined {
  switch (failure.kind) {
    case 'unreachable':
      return adviceToReach(failure, baseUrl);
    case 'lost':
      return LASTING;
    case 'unreadable':
      return failure.status < 400
        ? LASTING
        : `Something between here and Roboflow answered, such as a firewall or a proxy: have it let requests to ${baseUrl.host} through.`;
    case 'refused':
      return (
        CURES.get(failure.code?.toLowerCase() ?? '') ??
        adviceForWords(failure, request) ??
        adviceForStatus(failure.status, request.path, baseUrl)
      );
  }
}

const LASTING =
  'If this stays, look at the status page of Roboflow and at what lies between the runner and the API.';

function adviceToReach(failure: Unreachable, { host, origin }: URL): string {
  const { proxy } = failure;
  const generic =
    proxy === undefined
      ? `Check api-url (${origin}) and the runner's network.`
      : `The request went through the proxy ${proxy}, as HTTPS_PROXY or HTTP_PROXY says: check that it is right and lets requests to ${host} through, or add that host to NO_PROXY.`;
  return adviceForTrouble(failure, host) ?? generic;
}

/** What to do about what stood in the way of a connection to `host`, if it is known. */
export function adviceForTrouble(failure: Failure, host: string): string | undefined {
  if (failure.kind !== 'unreachable' || failure.trouble === undefined) return undefined;
  return failure.trouble === 'certificate'
    ? `The runner does not know who signed the certificate of ${host}, as with a proxy or gateway that has a private certificate authority: set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of that authority, in the env of the job.`
    : `The proxy ${failure.proxy} wants another name and password: write them into HTTPS_PROXY as http://name:password@host:port, with each special character of the password percent-encoded.`;
}

/** What the request was for, or what the answer says, can tell more than its status. */
function adviceForWords(
  { status, message }: Extract<Failure, { kind: 'refused' }>,
  { verb, path }: RequestWords,
): string | undefined {
  if (isCrashText(message)) return CRASH;
  if (status === 403 && /online[ _]?augmentation/i.test(message ?? '')) return NO_ONLINE_AUGMENTATION;
  const isStart = verb === 'POST' && ['trainings', 'jobs'].includes(path.at(-1) ?? '');
  return status === 409 && isStart ? SECOND_TRAINING : undefined;
}

function adviceForStatus(status: number, path: readonly string[], baseUrl: URL): string | undefined {
  if (status >= 300 && status < 400)
    return 'Redirects are not followed, since the key would go along: set api-url to the address itself.';
  if (status >= 500)
    return 'Roboflow has trouble, or what lies between the runner and the API: look at its status page and re-run this job later.';
  if (status === 404) return sentences(CURES.get('404'), otherRoute(path));
  const cure = CURES.get(String(status));
  return status === 401 ? sentences(cure, adviceOfRegion(baseUrl)) : cure;
}

function adviceOfRegion(baseUrl: URL): string | undefined {
  const other = otherRegionOf(baseUrl);
  return other && `A key belongs to one region: if this one is of the other, set api-url to ${other}.`;
}

/** The route that is not in use: a project need not have both (docs/internals/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
function otherRoute(path: readonly string[]): string | undefined {
  if (path[2] === 'jobs') return 'If it is the jobs that are missing, set route to trainings.';
  if (path[3] === 'v2')
    return 'If it is the trainings that are missing, set route to jobs, and leave train-recipe out.';
  return undefined;
}
