import { isLoopback } from '../lib/loopback.ts';
import { appIn } from '../roboflow/http/region.ts';
import type { AuthPlace } from '../roboflow/http/request.ts';
import { isId } from '../roboflow/training-page.ts';
import type { Reader, Withheld } from './reader.ts';

/** Where the project is, and how it is asked. */
export interface ConnectionInputs {
  readonly apiKey: string;
  readonly workspace: string | undefined;
  readonly project: string;
  readonly apiUrl: URL;
  readonly auth: AuthPlace;
}

/** The same as it is read: what is empty is undefined, and a mistake unless `readApiKey` says otherwise. */
export function readConnection(reader: Reader, readApiKey: (reader: Reader) => string | undefined) {
  return {
    apiKey: readApiKey(reader),
    ...readProject(reader),
    apiUrl: readApiUrl(reader),
    auth: reader.choice('auth', ['header', 'query'], 'header'),
  };
}

/** The `api-key`; undefined if it is empty, which is a mistake unless GitHub withholds secrets and `on-missing-key` is `skip`. */
export function readKey(reader: Reader): string | undefined {
  const onMissing = reader.choice('on-missing-key', ['fail', 'skip'], 'fail');
  if (reader.key === undefined && onMissing === 'skip' && reader.withheldFrom) return undefined;
  return readNeededKey(reader);
}

/** The `api-key`. That it is empty is a mistake, and then it is undefined. */
export function readNeededKey(reader: Reader): string | undefined {
  const { key } = reader;
  if (key === undefined) reader.mistake('api-key', `is empty: ${whyEmpty(reader.withheldFrom)}`);
  if (key !== undefined && /[^\x21-\x7e]/.test(key))
    reader.mistake('api-key', 'has spaces, line breaks or other characters that no key has');
  return key;
}

function whyEmpty(withheld: Withheld | undefined): string {
  return withheld === undefined
    ? 'the secret is not set, its name is misspelt, or the job does not name the environment that holds it. Set it to a Roboflow private key from a secret, such as secrets.ROBOFLOW_API_KEY'
    : `${noSecrets(withheld)}. With "on-missing-key: skip" such a run ends as skipped, and nothing is judged`;
}

/** Why a workflow run has no key, as a clause. */
export function noSecrets(withheld: Withheld): string {
  return `GitHub gives no secrets to ${withheld === 'fork' ? 'a pull request from a fork' : 'Dependabot'}`;
}

/** The project and, if `project` or `workspace` names it, the workspace. No project is a mistake. */
function readProject(reader: Reader) {
  const workspace = readWorkspace(reader);
  const text = reader.text('project');
  if (text === undefined) {
    reader.mistake(
      'project',
      'is empty; set it to the slug of a Roboflow project, as in its address: app.roboflow.com/WORKSPACE/PROJECT',
    );
    return { workspace, project: undefined };
  }
  const app = appIn(text);
  const [named = text] = (app !== undefined && /^[^/]+\/[^/?#]+/.exec(text.slice(app.length + 1))) || [];
  const slugs = named.split('/');
  const project = slugs.at(-1);
  const projectWorkspace = slugs.length === 2 ? slugs[0] : undefined;
  if (slugs.length > 2 || !slugs.every(isId))
    reader.mistake(
      'project',
      `"${text}" is not the slug of a project; write "project" or "workspace/project", as in the project's address`,
    );
  if (workspace !== undefined && projectWorkspace !== undefined && workspace !== projectWorkspace)
    reader.mistake(
      'workspace',
      `"${workspace}" is not the workspace in project, "${projectWorkspace}"; leave one of them out`,
    );
  return { workspace: workspace ?? projectWorkspace, project };
}

function readWorkspace(reader: Reader): string | undefined {
  const workspace = reader.text('workspace');
  if (workspace !== undefined && !isId(workspace))
    reader.mistake(
      'workspace',
      `"${workspace}" is not the slug of a workspace; write it as in its address: app.roboflow.com/WORKSPACE`,
    );
  return workspace;
}

const DEFAULT_API_URL = 'https://api.roboflow.com';

/** The address of the API. The key is sent there, so it must be safe. */
function readApiUrl(reader: Reader): URL {
  const value = reader.text('api-url') ?? DEFAULT_API_URL;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.username || url?.password || url?.search || url?.hash)
    reader.mistake('api-url', 'must have scheme, host and path only, no credentials, "?" or "#"');
  else if (!url || !['https:', 'http:'].includes(url.protocol))
    reader.mistake('api-url', `"${value}" is not a URL; an example is ${DEFAULT_API_URL}`);
  else if (url.protocol === 'http:' && !isLoopback(url))
    reader.mistake(
      'api-url',
      `"${value}" would send the key unencrypted; use https (plain http is for loopback only)`,
    );
  return url ?? new URL(DEFAULT_API_URL);
}
