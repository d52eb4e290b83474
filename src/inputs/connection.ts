import { isLoopback } from '../lib/loopback.ts';
import { isSlug } from '../lib/slug.ts';
import type { Reader } from './reader.ts';

/** Undefined where there is none and the workflow wants to skip then. The value itself is never shown. */
export function readKey(read: Reader): string | undefined {
  const onMissing = read.choice('on-missing-key', ['fail', 'skip'], 'fail');
  const { key } = read;
  if (key === '') {
    if (onMissing === 'fail')
      read.mistake(
        'api-key',
        'is empty; set it to a Roboflow private key from a secret, such as secrets.ROBOFLOW_API_KEY. Pull requests from forks and Dependabot get no secrets: "on-missing-key: skip" lets those pass unjudged',
      );
    return onMissing === 'skip' ? undefined : '';
  }
  if (/[^\x21-\x7e]/.test(key))
    read.mistake('api-key', 'has blanks, line breaks or other characters that no key has');
  return key;
}

/** Both forms of `project`, and the workspace where either input names it. */
export function readProject(read: Reader): {
  readonly workspace: string | undefined;
  readonly project: string;
} {
  const given = read.text('project') ?? '';
  const parts = given.replace(/^https:\/\/app\.roboflow\.com\/([^/]+\/[^/]+)(\/.*)?$/, '$1').split('/');
  const [project = '', ofProject] = parts.length === 2 ? [parts[1], parts[0]] : [given];
  if (given === '')
    read.mistake(
      'project',
      'is empty; set it to the slug of a Roboflow project, as in its address: app.roboflow.com/WORKSPACE/PROJECT',
    );
  else if (!isSlug(project) || (ofProject !== undefined && !isSlug(ofProject)))
    read.mistake(
      'project',
      `"${given}" is not a project's slug; write "project" or "workspace/project", as in the project's address`,
    );
  const workspace = read.text('workspace');
  if (workspace !== undefined && !isSlug(workspace))
    read.mistake(
      'workspace',
      `"${workspace}" is not a workspace's slug; write it as in its address: app.roboflow.com/WORKSPACE`,
    );
  if (workspace !== undefined && ofProject !== undefined && workspace !== ofProject)
    read.mistake(
      'workspace',
      `"${workspace}" is not the workspace in project, "${ofProject}"; leave one of them out`,
    );
  return { workspace: workspace ?? ofProject, project };
}

const DEFAULT_TIMEOUT = '5h30m';

/** How long to wait, and how often to look. */
export function readTimes(read: Reader): {
  readonly timeoutMs: number;
  readonly pollIntervalMs: number | undefined;
} {
  const timeoutMs = read.duration('timeout', DEFAULT_TIMEOUT);
  const pollIntervalMs =
    read.text('poll-interval') === undefined ? undefined : read.duration('poll-interval', '');
  if (pollIntervalMs !== undefined && timeoutMs <= pollIntervalMs)
    read.mistake(
      'timeout',
      `"${read.text('timeout') ?? DEFAULT_TIMEOUT}" must be longer than poll-interval, "${read.text('poll-interval')}"`,
    );
  return { timeoutMs, pollIntervalMs };
}

const DEFAULT_API_URL = 'https://api.roboflow.com';

/** The API's address, to which the key may be sent. */
export function readApiUrl(read: Reader): URL {
  const value = read.text('api-url') ?? DEFAULT_API_URL;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.username || url?.password || url?.search || url?.hash)
    read.mistake('api-url', 'must be scheme, host and path only, without credentials, "?" or "#"');
  else if (!url || !['https:', 'http:'].includes(url.protocol))
    read.mistake('api-url', `"${value}" is not a URL; an example is ${DEFAULT_API_URL}`);
  else if (url.protocol === 'http:' && !isLoopback(url))
    read.mistake(
      'api-url',
      `"${value}" would send the key unencrypted; use https (plain http is only for loopback)`,
    );
  return url ?? new URL(DEFAULT_API_URL);
}
