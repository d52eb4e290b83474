import http from 'node:http';
import https from 'node:https';
import { HttpClient } from '@actions/http-client';
import type { Clock } from '../../lib/clock.ts';
import { ApiError, type Failure, reasonOf } from '../../lib/errors.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import { redacted, redactedExcerpt, redactedJson } from '../../lib/redact.ts';
import { readApiError } from '../schema/answer.ts';
import { adviceFor } from './advice.ts';
import { failureMessage } from './failure-message.ts';
import { isTooDeep, parseJson } from './parse-json.ts';
import { retryAfterMs } from './retry.ts';

/** How the key travels: as `Authorization: Bearer`, or as `?api_key=` (docs/roboflow-api.md#authentication). */
export type AuthPlace = 'header' | 'query';

/** Where the API is and how to prove who asks. */
export interface HttpSettings {
  /** Scheme, host and path prefix. */
  readonly baseUrl: URL;
  readonly key: string;
  readonly auth: AuthPlace;
  /** For the whole exchange, connection and body included. */
  readonly deadlineMs: number;
  /** Times the deadline. */
  readonly clock: Pick<Clock, 'deadline'>;
  readonly userAgent: string;
}

/** One request. Path segments are encoded here. */
export interface HttpRequest {
  readonly verb: 'GET' | 'POST';
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

export interface HttpAnswer {
  readonly status: number;
  /** Undefined where the answer is empty; JSON itself has no undefined. */
  readonly body: unknown;
}

/** More than any answer of the API has; a guard for the runner's memory. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Sends one request once and reads its JSON answer. Redirects are never followed: the key would go along.
 * @param signal ends the request at once; its reason is thrown
 * @throws ApiError for everything but a 2xx answer that is JSON or empty
 */
export async function send(
  settings: HttpSettings,
  request: HttpRequest,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  signal?.throwIfAborted();
  const exchange = { connected: false };
  const deadline = settings.clock.deadline(settings.deadlineMs);
  const ending = AbortSignal.any(signal ? [signal, deadline.signal] : [deadline.signal]);
  try {
    const onConnected = () => {
      exchange.connected = true;
    };
    return readAnswer(settings, request, await read(await open(settings, request, ending, onConnected)));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ApiError) throw error;
    const reason = deadline.signal.aborted
      ? `no whole answer within ${settings.deadlineMs / 1000} s`
      : codeOrReason(error);
    throw apiError(settings, request, { kind: exchange.connected ? 'lost' : 'unreachable', reason }, error);
  } finally {
    deadline.end();
  }
}

/**
 * Opens the exchange on Node's own client, which unlike that of `@actions/http-client` can be aborted at any point and
 * tells whether the connection was ever made. The agent still comes from there: it knows the runner's proxy settings.
 */
function open(
  settings: HttpSettings,
  request: HttpRequest,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<http.IncomingMessage> {
  const url = urlFor(settings, request);
  const isHttps = url.protocol === 'https:';
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const options = {
    method: request.verb,
    headers: headersFor(settings, body),
    agent: agentFor(url, settings.userAgent, signal),
    signal,
  };
  return new Promise((resolve, reject) => {
    // A request that waits for its proxy has no socket yet, and then ends without a word.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    const outgoing = isHttps ? https.request(url, options) : http.request(url, options);
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once(isHttps ? 'secureConnect' : 'connect', onConnected);
      else onConnected();
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    // Without an error, as after an answer that changes the protocol; once there is a response this says nothing new.
    outgoing.on('close', () => reject(new Error('the connection was closed without an answer')));
    outgoing.end(body);
  });
}

/** A proxy may take the connection and never answer, so its part of the exchange ends with the signal too. */
function agentFor(url: URL, userAgent: string, signal: AbortSignal): http.Agent {
  const agent = new HttpClient(userAgent).getAgent(url.href);
  if ('proxyOptions' in agent && isRecord(agent.proxyOptions)) Object.assign(agent.proxyOptions, { signal });
  return agent;
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
  /** By the server's own clock, where it says, so that its dates are read by the clock that made them. */
  readonly serverNowMs: number;
}

/** Reads the whole body; unlike waiting for `end`, iterating also throws when the connection is cut. */
async function read(message: http.IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY_BYTES) throw new Error(`the answer is larger than ${LARGEST_BODY_BYTES} bytes`);
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

function urlFor({ baseUrl, auth, key }: HttpSettings, { path, query = {} }: HttpRequest): URL {
  const url = new URL(baseUrl.href);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (auth === 'query') url.searchParams.set('api_key', key);
  return url;
}

function headersFor(
  { auth, key, userAgent }: HttpSettings,
  body: string | undefined,
): http.OutgoingHttpHeaders {
  return {
    accept: 'application/json',
    'user-agent': userAgent,
    ...(auth === 'header' ? { authorization: `Bearer ${key}` } : {}),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
}

/** The key is taken out before anything reads the answer, so that nothing later can show or keep it. */
function readAnswer(settings: HttpSettings, request: HttpRequest, answer: RawAnswer): HttpAnswer {
  const { status, text, retryAfter } = answer;
  const json = parseJson(text);
  const tooDeep = isTooDeep(json);
  const body = tooDeep ? undefined : redactedJson(json, settings.key);
  if (status >= 200 && status < 300) {
    if (body !== undefined || text.trim() === '') return { status, body };
    const what = tooDeep ? 'nested deeper than any answer:' : 'not JSON but';
    const reason = `${what} "${redactedExcerpt(text, settings.key)}"`;
    throw apiError(settings, request, { kind: 'unreadable', status, reason });
  }
  const { code, message } = readApiError(body);
  throw apiError(settings, request, {
    kind: 'refused',
    status,
    code,
    message,
    retryAfterMs: retryAfterMs(retryAfter, answer.serverNowMs),
  });
}

function apiError(settings: HttpSettings, request: HttpRequest, failure: Failure, cause?: unknown): ApiError {
  const message = redacted(failureMessage(request, failure), settings.key);
  const causeText = cause instanceof Error ? new Error(redacted(cause.message, settings.key)) : undefined;
  return new ApiError(message, failure, {
    hint: adviceFor(failure, request, settings.baseUrl),
    cause: causeText,
  });
}
