import type http from 'node:http';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { parseJson } from '../../lib/json.ts';
import { redacted, redactedExcerpt, redactorOf } from '../../lib/redact.ts';
import { readApiError } from '../schema/answer.ts';
import { bodyOf, failureOf, open } from './exchange.ts';
import { ApiError, type Failure } from './failure.ts';
import { adviceFor, failureMessage } from './failure-words.ts';
import { type HttpRequest, headersOf, type Server, urlOf } from './request.ts';
import { retryAfterMs } from './retry.ts';

/** More than any answer of the API has; a guard for the runner's memory. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Sends one request once and reads its JSON answer, undefined if it is empty. Redirects are never followed: the key would go along. The signal ends
 * the request at once, and its reason is thrown; of a POST that was never sent it is told that it was not.
 * @throws ApiError for everything but a 2xx answer that is JSON or empty
 */
export async function send(
  server: Server,
  request: HttpRequest,
  { clock, log, signal }: Context,
): Promise<{ status: number; body: unknown }> {
  signal.throwIfAborted();
  const deadline = clock.deadline(server.requestDeadlineMs);
  const sentMs = clock.now();
  let came = 'no answer';
  try {
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const [url, headers] = [urlOf(server, request), headersOf(server, body)];
    const exchange = { url, method: request.verb, headers, body };
    const message = await open(exchange, AbortSignal.any([signal, deadline.signal]));
    const text = await textOf(message);
    came = String(message.statusCode);
    return readAnswer(server, request, message, text);
  } catch (error) {
    const late = `no whole answer within ${server.requestDeadlineMs / 1000} s`;
    const failure = failureOf(error, deadline.signal.aborted ? late : undefined);
    if (request.verb === 'GET' || failure.kind !== 'unreachable') signal.throwIfAborted();
    if (error instanceof TrainGateError) throw error;
    throw apiError(server, request, failure, error);
  } finally {
    deadline.end();
    // Query and body are not told: they may hold secrets.
    const line = redacted(`${request.verb} /${request.path.join('/')}`, server.apiKey);
    log.debug(`${line}: ${came}, ${clock.now() - sentMs} ms`);
  }
}

/** Reads the whole body. Unlike waiting for `end`, iterating also throws if the connection is cut. */
async function textOf(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of bodyOf(message)) {
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BODY_BYTES)
      throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The key is taken out before anything reads the answer, so that nothing later can show or keep it. */
function readAnswer(
  server: Server,
  request: HttpRequest,
  { statusCode: status = 0, headers }: http.IncomingMessage,
  text: string,
) {
  const body = parseJson(text, redactorOf(server.apiKey));
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && (body !== undefined || text.trim() === '')) return { status, body };
  if (isSuccess || isOfAGuard(status, text)) {
    const shown = request.answerIsSecret === true ? '***' : redactedExcerpt(text, server.apiKey);
    throw apiError(server, request, { kind: 'unreadable', status, reason: `not JSON but "${shown}"` });
  }
  const said = { ...readApiError(body), retryAfterMs: retryAfterMs(headers) };
  throw apiError(server, request, { kind: 'refused', status, ...said });
}

/** Firewalls and proxies say by these that they let nothing through. Of a 404 a page can be the API's own. */
const STATUSES_OF_GUARDS: readonly number[] = [401, 403, 407, 451, 511];

/** Whether a page of HTML stands where the API has JSON. */
function isOfAGuard(status: number, text: string): boolean {
  return STATUSES_OF_GUARDS.includes(status) && text.trimStart().startsWith('<');
}

/** The error for what went wrong with a request, without the key. */
export function apiError(server: Server, request: HttpRequest, failure: Failure, cause?: unknown): ApiError {
  const message = redacted(failureMessage(request, failure), server.apiKey);
  const hint = adviceFor(failure, request, server.apiUrl);
  const keyless = cause instanceof Error ? new Error(redacted(cause.message, server.apiKey)) : undefined;
  return new ApiError(message, failure, { hint, cause: keyless });
}
