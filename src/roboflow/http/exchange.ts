import http from 'node:http';
import https from 'node:https';
import { HttpClient } from '@actions/http-client';
import { getProxyUrl } from '@actions/http-client/lib/proxy';
import { reasonOf } from '../../lib/errors.ts';
import { isRecord } from '../../lib/json.ts';
import { USER_AGENT } from './request.ts';

/** One request as it goes out. */
export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: http.OutgoingHttpHeaders;
  readonly body?: string | undefined;
}

/**
 * Opens the exchange on Node's own client. Unlike that of `@actions/http-client` it can be aborted at any point, and tells
 * whether the connection was ever made. The agent still comes from there: it knows the runner's proxy settings. Redirects
 * are not followed.
 */
export function open(
  { url, method, headers, body }: Exchange,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<http.IncomingMessage> {
  const isHttps = url.protocol === 'https:';
  const options = { method, headers, agent: agentFor(url, signal), signal };
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

/** Host and port of the proxy for `url`. Also a setting that is no address at all is worth naming. */
export function proxyFor(url: URL): string | undefined {
  try {
    return getProxyUrl(url)?.host;
  } catch {
    return process.env[url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'];
  }
}

/** The system's code (`ECONNRESET`), which says more than its messages do. */
export function codeOrReason(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : reasonOf(error);
}
