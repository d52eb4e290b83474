import type { ServerResponse } from 'node:http';
import { type GithubAnswer, refusal } from './routes.ts';

type Headers = Readonly<Record<string, string>>;

/** What goes wrong with a request instead of its right answer. */
export type GithubFault = (
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message: string;
      readonly headers?: Headers;
      /** What is wrong in particular. */
      readonly errors?: readonly unknown[];
    }
  | { readonly kind: 'secondary-rate-limit'; readonly retryAfterS?: number }
  /** The hourly limit is used up, until this moment in epoch s. */
  | { readonly kind: 'rate-limit'; readonly resetS: number }
  /** What GraphQL answers with 200. */
  | {
      readonly kind: 'graphql-error';
      readonly type?: string;
      readonly message: string;
      readonly headers?: Headers;
    }
  | { readonly kind: 'html'; readonly status: number }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Ends the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Ends the connection in the middle of an answer. */
  | { readonly kind: 'cut' }
) & {
  /** Whether what was asked for is done all the same. */
  readonly hasEffect?: boolean;
};

/** Answers as `fault` says; one that hangs has no answer. */
export function fail(fault: Exclude<GithubFault, { kind: 'hang' }>, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status': {
      const { status, body, headers } = refusal(fault.status, fault.message, fault.headers);
      send(response, { status, headers, body: { ...body, errors: fault.errors } });
      break;
    }
    case 'secondary-rate-limit':
      send(response, secondaryRateLimit(fault.retryAfterS ?? 60));
      break;
    case 'rate-limit':
      send(
        response,
        refusal(403, 'API rate limit exceeded for installation.', {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(fault.resetS),
        }),
      );
      break;
    case 'graphql-error':
      send(response, {
        status: 200,
        body: { data: null, errors: [{ type: fault.type, message: fault.message }] },
        headers: fault.headers ?? {},
      });
      break;
    case 'html':
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end('<html><body><h1>Unicorn!</h1></body></html>');
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'cut':
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': '1000',
      });
      response.write('[{"id": 1,', () => response.socket?.resetAndDestroy());
  }
}

function secondaryRateLimit(retryAfterS: number): GithubAnswer {
  return refusal(
    403,
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    { 'retry-after': String(retryAfterS) },
  );
}

/** Sends an answer as it is. */
export function send(response: ServerResponse, { status, body, headers }: GithubAnswer): void {
  if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
