import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createUnzip, createZstdDecompress } from 'node:zlib';
import { HttpClient } from '@actions/http-client';
import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy';
import { reasonOf, TrainGateError } from '../../lib/errors.ts';
import { isRecord } from '../../lib/json.ts';
import type { ConnectionTrouble, Failure, Unreachable } from './failure.ts';
import { USER_AGENT } from './request.ts';

/** One request as it goes out. */
export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string | undefined;
}

class NotConnectedError extends Error {
  override name = 'NotConnectedError';
  readonly failure: Unreachable;

  constructor(failure: Unreachable) {
    super(failure.reason);
    this.failure = failure;
  }
}

/**
 * Opens the exchange on Node's own client. Unlike that of `@actions/http-client` it can be aborted at any point, and tells whether
 * the connection was ever made. The agent still comes from there: it knows the runner's proxy settings. Redirects are not followed.
 * @throws NotConnectedError if nothing was sent
 */
export async function open(
  { url, method, headers, body }: Exchange,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const isHttps = url.protocol === 'https:';
  const proxy = proxyFor(url);
  const options = { method, headers, agent: agentFor(url, signal), signal };
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  let isConnected = false;
  const fail = (error: unknown) => reject(isConnected ? error : notConnected(error, proxy));
  // A request that waits for its proxy has no socket yet, and would not hear of the signal.
  const onAbort = () => fail(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const outgoing = isHttps ? https.request(url, options) : http.request(url, options);
  outgoing.on('socket', (socket) => {
    // Each request has a socket of its own. Through a proxy it is connected, and has yet to see the server's certificate.
    if (isHttps || socket.connecting)
      socket.once(isHttps ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      });
    else isConnected = true;
  });
  outgoing.on('response', resolve);
  outgoing.on('error', fail);
  // It can close without an error, as after an answer that changes the protocol. After a response this changes nothing.
  outgoing.on('close', () => fail(new Error('the connection was closed without an answer')));
  outgoing.end(body);
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}

/** A proxy may take the connection and never answer, so its part of the exchange ends with the signal too. */
function agentFor(url: URL, signal: AbortSignal): http.Agent {
  const agent = new HttpClient(USER_AGENT).getAgent(url.href);
  if ('proxyOptions' in agent && isRecord(agent.proxyOptions)) Object.assign(agent.proxyOptions, { signal });
  return agent;
}

/** Host and port of the proxy for `url`; undefined if none is set. Throws TrainGateError, without the value, if it is no address. */
function proxyFor(url: URL): string | undefined {
  const upper = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const name = [upper.toLowerCase(), upper].find((each) => process.env[each]);
  if (name === undefined || checkBypass(url)) return undefined;
  const proxy = addressOfProxy(url);
  if (proxy && /^https?:$/.test(proxy.protocol) && proxy.hostname !== '') return proxy.host;
  throw new TrainGateError(`${name} is not the address of a proxy.`, {
    hint: 'Write http://host:port, or http://name:password@host:port with each special character of the password percent-encoded.',
  });
}

function addressOfProxy(url: URL): URL | undefined {
  try {
    return getProxyUrl(url);
  } catch {
    return undefined;
  }
}

/** What undoes each coding (RFC 9110, 8.4.1). */
const UNPACKERS = new Map<string, () => Transform>([
  ['gzip', createUnzip],
  ['x-gzip', createUnzip],
  ['deflate', createUnzip],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/** The body of an answer, unpacked if something on the way has packed it although nobody asked for that. */
export function bodyOf(message: http.IncomingMessage): AsyncIterable<Buffer> {
  return unpackersOf(message).reduce<Readable>(
    (packed, unpacker) => pipeline(packed, unpacker(), () => {}),
    message,
  );
}

/** Whether the body comes as it is, so that its length is the one that the server announces. */
export function isPlain(message: http.IncomingMessage): boolean {
  return unpackersOf(message).length === 0;
}

/** What was packed last comes last in the header, and is undone first. */
function unpackersOf({ headers }: http.IncomingMessage): readonly (() => Transform)[] {
  const codings = (headers['content-encoding'] ?? '').toLowerCase().split(',').toReversed();
  return codings.flatMap((coding) => UNPACKERS.get(coding.trim()) ?? []);
}

/** OpenSSL's words for a certificate whose issuer is not known here; not for one that has expired or is for another host. */
const UNTRUSTED =
  /^(CERT_UNTRUSTED|(DEPTH_ZERO_)?SELF_SIGNED_CERT.*|UNABLE_TO_GET_ISSUER_CERT.*|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

function notConnected(error: unknown, proxy: string | undefined): NotConnectedError {
  const reason = codeOrReason(error);
  const failed = (why: string, trouble?: ConnectionTrouble) =>
    new NotConnectedError({ kind: 'unreachable', reason: why, proxy, trouble });
  if (UNTRUSTED.test(reason)) return failed(`its certificate is not trusted: ${reason}`, 'certificate');
  // The agent of a proxy says it in its message alone.
  const [, status] = /statusCode=(\d{3})$/.exec(reasonOf(error)) ?? [];
  if (status === undefined) return failed(reason);
  return failed(`the proxy answered ${status}`, status === '407' ? 'proxy-password' : undefined);
}

/** What went wrong with an exchange that `error` ended; `late` says so if it ran out of time. */
export function failureOf(error: unknown, late: string | undefined): Failure {
  const reason = late ?? codeOrReason(error);
  return error instanceof NotConnectedError ? { ...error.failure, reason } : { kind: 'lost', reason };
}

/** The system's code (`ECONNRESET`), which says more than its messages do. */
function codeOrReason(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : reasonOf(error);
}
