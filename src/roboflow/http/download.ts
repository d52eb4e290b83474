import type http from 'node:http';
import type { Deadline } from '../../lib/clock.ts';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { isLoopback } from '../../lib/loopback.ts';
import { type StoredFile, storeFile } from '../../lib/store-file.ts';
import { bodyOf, failureOf, isPlain, open } from './exchange.ts';
import { ApiError, type Failure } from './failure.ts';
import { adviceForTrouble, describe } from './failure-words.ts';
import { type Server, USER_AGENT } from './request.ts';
import { retryAfterMs } from './retry.ts';

/** Where a file goes, and how signed addresses are dealt with. */
export interface DownloadOptions extends Pick<Server, 'apiUrl' | 'requestDeadlineMs'> {
  readonly folder: string;
  readonly name: string;
  /** Told of every address before it is used: it is a secret. */
  readonly keepSecret: (address: string) => void;
}

const MOST_REDIRECTS = 5;

/**
 * Tries once to get a file from a signed address; of one that is cut nothing stays. Neither the key nor anything else of ours
 * goes there, and no message has the address. Ends if nothing comes for the deadline of a request.
 * @throws ApiError if the file does not come whole
 */
export async function download(
  address: URL,
  options: DownloadOptions,
  { clock, log, signal }: Context,
): Promise<StoredFile> {
  signal.throwIfAborted();
  const deadline = clock.deadline(options.requestDeadlineMs);
  try {
    const message = await follow(address, options, AbortSignal.any([signal, deadline.signal]));
    log.debug(`GET the weights: ${message.statusCode}`);
    requireFile(message);
    const total = isPlain(message) ? lengthOf(message.headers['content-length']) : undefined;
    return await storeFile(options.folder, options.name, chunksOf(message, total, deadline));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TrainGateError) throw error;
    const late = `nothing came for ${options.requestDeadlineMs / 1000} s`;
    throw failed(failureOf(error, deadline.signal.aborted ? late : undefined));
  } finally {
    deadline.end();
  }
}

async function follow(
  address: URL,
  { apiUrl, keepSecret }: DownloadOptions,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': USER_AGENT };
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    keepSecret(url.href);
    if (!isSafe(url, apiUrl)) throw failed({ kind: 'lost', reason: 'their address is not https' });
    const message = await open({ url, method: 'GET', headers }, signal);
    const location = redirectOf(message);
    if (location === undefined) return message;
    message.destroy();
    if (!URL.canParse(location, url.href))
      throw failed({ kind: 'lost', reason: 'a redirect leads to no address' });
    url = new URL(location, url);
  }
  throw failed({ kind: 'lost', reason: `more than ${MOST_REDIRECTS} redirects` });
}

/** Plain http only on this very machine, and only if the API is there too. */
function isSafe(url: URL, apiUrl: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && isLoopback(apiUrl));
}

const REDIRECT_STATUSES: readonly unknown[] = [301, 302, 303, 307, 308];

function redirectOf({ statusCode, headers }: http.IncomingMessage): string | undefined {
  return REDIRECT_STATUSES.includes(statusCode) ? headers.location : undefined;
}

/** Refuses what is no answer with a file: an error, or a page of a proxy. */
function requireFile({ statusCode: status = 0, headers }: http.IncomingMessage): void {
  if (status >= 400) {
    const said = { code: undefined, message: undefined, retryAfterMs: retryAfterMs(headers) };
    throw failed({ kind: 'refused', status, ...said });
  }
  if (status !== 200) throw failed({ kind: 'unreadable', status, reason: `${status} in place of the file` });
  if (/^text\/html\b/i.test(headers['content-type'] ?? ''))
    throw failed({ kind: 'unreadable', status, reason: 'a page of HTML in place of the file' });
}

function lengthOf(text: string | undefined): number | undefined {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
}

/** The body, counted. As long as some of it comes, there is time for more. A chunk is there until the next one is asked for. */
async function* chunksOf(
  message: http.IncomingMessage,
  total: number | undefined,
  deadline: Deadline,
): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of bodyOf(message)) {
    deadline.restart();
    bytes += chunk.length;
    yield chunk;
    free(chunk);
  }
  if (bytes === 0) throw failed({ kind: 'lost', reason: 'the file is empty' });
  if (total !== undefined && bytes !== total)
    throw failed({ kind: 'lost', reason: `${bytes} of ${total} bytes came` });
}

/** Frees the memory of a chunk that is used up, unless it shares it: V8 would let some 70 MB gather before it frees any. */
function free({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

const HINT =
  'The weights lie on another host than the API: check that the runner and its proxy let requests to it through.';

function failed(failure: Failure): ApiError {
  return new ApiError(`The host of the weights ${describe(failure)}`, failure, {
    hint: adviceForTrouble(failure, 'the host of the weights') ?? HINT,
  });
}
