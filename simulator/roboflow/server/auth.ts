import type { IncomingHttpHeaders } from 'node:http';
import type { RouteName } from '../../faults.ts';
import { advised, plain, Refusal } from '../answer.ts';

/** The parts of a request that can have a key (docs/internals/roboflow-api.md#authentication). */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A key that starts like this is valid and has no scope: it may ask for its workspace, and for nothing else. */
const scopelessPrefix = 'rf_noscope';

/** Refuses with 401 a missing or wrong key, with 403 one without scopes (docs/internals/roboflow-api.md#errors). */
export function authorize(credentials: Credentials, key: string, route: RouteName): void {
  const given = readKey(credentials);
  if (given === null) {
    throw plain(401, 'No API key was given.', 'Send the key as "Authorization: Bearer <key>".');
  }
  if (given.startsWith(scopelessPrefix) && given !== key) {
    if (route === 'root') return;
    throw advised(403, 'This API key lacks the scope that this call needs.', 'Give the key the scope.');
  }
  if (given === key) return;
  const message = 'This API key does not exist (or has been revoked).';
  const hint = 'You may retrieve your API key on Roboflow.';
  // It repeats the key, as Roboflow does (docs/internals/roboflow-api.md#errors).
  throw new Refusal(401, { error: { message, status: 401, type: 'OAuthException', hint, key: given } });
}

/** The header wins over the query, the query over the body. */
function readKey({ headers, query, body }: Credentials): string | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  if (query.api_key) return query.api_key;
  return typeof body.api_key === 'string' && body.api_key !== '' ? body.api_key : null;
}
