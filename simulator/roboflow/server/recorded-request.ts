import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RouteName } from '../../faults.ts';

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query, with the path prefix if there is one. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Parsed if it is JSON, else the text; `''` for none. */
  readonly body: unknown;
  /** Simulated time. */
  readonly atMs: number;
  /** Its route, null if it has none. */
  readonly route: RouteName | null;
}

/** What is kept of a request that has arrived at this simulated time. */
export function recordRequest(
  request: IncomingMessage,
  body: unknown,
  route: RouteName | null,
  atMs: number,
): RecordedRequest {
  const url = new URL(`http://simulator${request.url ?? '/'}`);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
    atMs,
    route,
  };
}
