import type http from 'node:http';
import type { JsonObject } from '../../lib/json.ts';

/** How the key travels: as `Authorization: Bearer`, or as `?api_key=` (docs/internals/roboflow-api.md#authentication). */
export type AuthPlace = 'header' | 'query';

/** Where the API is, and who asks. */
export interface Server {
  /** Scheme, host and path prefix. */
  readonly apiUrl: URL;
  readonly apiKey: string;
  readonly auth: AuthPlace;
  /** For a whole exchange, connection and body included. */
  readonly requestDeadlineMs: number;
}

/** One request. Path segments are encoded when it is sent. */
export interface HttpRequest {
  readonly verb: 'GET' | 'POST';
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** The answer holds a secret, so no message may show any of it. */
  readonly answerIsSecret?: boolean;
}

/** The version of this action, as in package.json. */
export const VERSION = '0.1.0';

export const USER_AGENT = `train-gate/${VERSION}`;

/** The address of `request`, with the key in it only if the server takes nothing else. */
export function urlOf({ apiUrl, auth, apiKey }: Server, { path, query = {} }: HttpRequest): URL {
  const url = new URL(apiUrl.href);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (auth === 'query') url.searchParams.set('api_key', apiKey);
  return url;
}

/** The headers of a request with this body. */
export function headersOf({ auth, apiKey }: Server, body: string | undefined): http.OutgoingHttpHeaders {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': USER_AGENT,
    ...(auth === 'header' && { authorization: `Bearer ${apiKey}` }),
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }),
  };
}
