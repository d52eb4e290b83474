import http from 'node:http';
import https from 'node:https';
import { HttpClient } from '@actions/http-client';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import type { Context } from '../../lib/context.ts';
import { reasonOf } from '../../lib/errors.ts';
import { isRecord } from '../../lib/json.ts';
import { redacted, redactedExcerpt, redactedJson } from '../../lib/redact.ts';
import { readApiError } from '../schema/answer.ts';
import { adviceFor } from './advice.ts';
import { ApiError, type Failure } from './failure.ts';
import { failureMessage } from './failure-message.ts';
import { isTooDeep, parseJson } from './parse-json.ts';
import { retryAfterMs } from './pause.ts';
import { type HttpRequest, headersOf, type Server, USER_AGENT, urlOf } from './request.ts';

/** A 2xx answer. */
export interface HttpAnswer {
  readonly status: number;
  /** Undefined if the answer is empty; JSON itself has no undefined. */
  readonly body: unknown;
}

/** More than any answer of the API has; a guard for the runner's memory. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Sends one request once and reads its JSON answer. Redirects are never followed: the key would go along. The signal ends
 * the request at once, and its reason is thrown.
 * @throws ApiError for everything but a 2xx answer that is JSON or empty
 */
export async function send(
  server: Server,
  request: HttpRequest,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const deadline = clock.deadline(server.requestDeadlineMs);
  let isConnected = false;
  try {
    const message = await open(server, request, AbortSignal.any([signal, deadline.signal]), () => {
      isConnected = true;
    });
    return readAnswer(server, request, await readWhole(message));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ApiError) throw error;
    const reason = deadline.signal.aborted
      ? `no whole answer within ${server.requestDeadlineMs / 1000} s`
      : codeOrReason(error);
    const failure: Failure = isConnected
      ? { kind: 'lost', reason }
      : { kind: 'unreachable', reason, proxy: proxyFor(urlOf(server, request)) };
    throw apiError(server, request, failure, error);
  } finally {
    deadline.end();
  }
}

/**
 * Opens the exchange on Node's own client. Unlike that of `@actions/http-client` it can be aborted at any point, and tells
 * whether the connection was ever made. The agent still comes from there: it knows the runner's proxy settings.
 */
function open(
  server: Server,
  request: HttpRequest,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<http.IncomingMessage> {
  const url = urlOf(server, request);
  const isHttps = url.protocol === 'https:';
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const options = {
    method: request.verb,
    headers: headersOf(server, body),
    agent: agentFor(url, signal),
    signal,
  };
  return new Promise((resolve, reject) => {
    // A request that waits for its proxy has no socket yet, and would not hear of the signal.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    const outgoing = isHttps ? https.request(url, options) : http.request(url, options);
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once(isHttps ? 'secureConnect' : 'connect', onConnected);
      else onConnected();
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    // It can close without an error, as after an answer that changes the protocol. After a response this changes nothing.
    outgoing.on('close', () => reject(new Error('the connection was closed without an answer')));
    outgoing.end(body);
  });
}

/** A proxy may take the connection and never answer, so its part of the exchange ends with the signal too. */
function agentFor(url: URL, signal: AbortSignal): http.Agent {
  const agent = new HttpClient(USER_AGENT).getAgent(url.href);
  if ('proxyOptions' in agent && isRecord(agent.proxyOptions)) Object.assign(agent.proxyOptions, { signal });
  return agent;
}

/** Also a setting that is no address at all is worth naming. */
function proxyFor(url: URL): string | undefined {
  try {
    return getProxyUrl(url)?.host;
  } catch {
    return process.env[url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'];
  }
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
  /** By the server's own clock, if it says, so that its dates are read by the clock that made them. */
  readonly serverNowMs: number;
}

/** Reads the whole body. Unlike waiting for `end`, iterating also throws if the connection is cut. */
async function readWhole(message: http.IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > LARGEST_BODY_BYTES)
      throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return {
    status: message.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    retryAfter: message.headers['retry-after'],
    serverNowMs: Date.parse(message.headers.date ?? '') || Date.now(),
  };
}

/** The system's code (`ECONNRESET`), which says more than its messages do. */
function codeOrReason(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : reasonOf(error);
}

/** The key is taken out before anything reads the answer, so that nothing later can show or keep it. */
function readAnswer(server: Server, request: HttpRequest, answer: RawAnswer): HttpAnswer {
  const { status, text, retryAfter } = answer;
  const json = parseJson(text);
  const tooDeep = isTooDeep(json);
  const body = tooDeep ? undefined : redactedJson(json, server.apiKey);
  if (status >= 200 && status < 300) {
    if (body !== undefined || text.trim() === '') return { status, body };
    const what = tooDeep ? 'nested deeper than any answer:' : 'not JSON but';
    const reason = `${what} "${redactedExcerpt(text, server.apiKey)}"`;
    throw apiError(server, request, { kind: 'unreadable', status, reason });
  }
  const { code, message } = readApiError(body);
  throw apiError(server, request, {
    kind: 'refused',
    status,
    code,
    message,
    retryAfterMs: retryAfterMs(retryAfter, answer.serverNowMs),
  });
}

function apiError(server: Server, request: HttpRequest, failure: Failure, cause?: unknown): ApiError {
  const message = redacted(failureMessage(request, failure), server.apiKey);
  const causeText = cause instanceof Error ? new Error(redacted(cause.message, server.apiKey)) : undefined;
  return new ApiError(message, failure, {
    hint: adviceFor(failure, request, server.apiUrl),
    cause: causeText,
  });
}
