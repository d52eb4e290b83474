import type http from 'node:http';
import type { Context } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { PartFile } from '../../lib/part-file.ts';
import { codeOrReason, open } from './exchange.ts';
import { ApiError, type Failure, isPassing } from './failure.ts';
import { retryAfterMs } from './pause.ts';
import { piecesOf } from './pieces.ts';
import { type Server, USER_AGENT } from './request.ts';
import { continuationOf, type FileHead, rangeHeaders } from './resume.ts';
import { type StallLimit, stallLimit } from './stall-limit.ts';

/** A file and what is known of it, over all tries. */
export interface Transfer {
  readonly part: PartFile;
  /** What the server said of the file that `part` has the beginning of. */
  head: FileHead | undefined;
}

/** How signed addresses are dealt with. */
export interface DownloadOptions extends Pick<Server, 'apiUrl' | 'requestDeadlineMs'> {
  /** Told of every address before it is used: it is a secret. */
  readonly keepSecret: (address: string) => void;
}

/** The server of the file says no to the address: it may be out of date. */
export class AddressRefusedError extends ApiError {
  override name = 'AddressRefusedError';
}

const MOST_REDIRECTS = 5;

/**
 * Tries once to get what is missing of a file from a signed address; what has come stays in `transfer` if it is cut. Neither the
 * key nor anything else of ours goes there. No message has the address. Ends if nothing comes for the deadline of a request.
 * @throws ApiError if the file is not whole
 */
export async function download(
  address: URL,
  transfer: Transfer,
  options: DownloadOptions,
  { clock, log, signal }: Context,
): Promise<void> {
  signal.throwIfAborted();
  const limit = stallLimit(clock, options.requestDeadlineMs);
  const ends = AbortSignal.any([signal, limit.signal]);
  try {
    const message = await follow(address, rangeHeaders(transfer.part.bytes, transfer.head), options, ends);
    log.debug(`GET the weights: ${message.statusCode}, from byte ${transfer.part.bytes}`);
    await receive(message, transfer, limit, clock.now());
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TrainGateError) throw error;
    const seconds = options.requestDeadlineMs / 1000;
    const reason = limit.signal.aborted ? `nothing came for ${seconds} s` : codeOrReason(error);
    throw failed({ kind: 'lost', reason: `${reason}${soFar(transfer)}` });
  } finally {
    limit.end();
  }
}

/** Follows redirects: without the key there is nothing to lose to another host. */
async function follow(
  address: URL,
  range: http.OutgoingHttpHeaders,
  { apiUrl, keepSecret }: DownloadOptions,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': USER_AGENT, ...range };
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    keepSecret(url.href);
    if (!isSafe(url, apiUrl)) throw failed({ kind: 'lost', reason: 'their address is not https' });
    const message = await open({ url, method: 'GET', headers }, signal, () => {});
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

async function receive(
  message: http.IncomingMessage,
  transfer: Transfer,
  limit: StallLimit,
  nowMs: number,
): Promise<void> {
  const { part } = transfer;
  requireFile(message, nowMs);
  const found = continuationOf(message.statusCode ?? 0, message.headers, part.bytes, transfer.head);
  if (found.kind !== 'rest') await part.restart();
  transfer.head = found.kind === 'other' ? undefined : found.head;
  if (found.kind === 'other') {
    message.destroy();
    throw failed({ kind: 'lost', reason: 'the rest was not of the same file, so it begins again' });
  }
  const { total } = found.head;
  if (total !== undefined) await part.reserve(total - part.bytes);
  for await (const piece of piecesOf(message)) {
    limit.renew();
    await part.write(piece);
  }
  if (part.bytes === 0) throw failed({ kind: 'lost', reason: 'the file is empty' });
  if (total !== undefined && part.bytes !== total)
    throw failed({ kind: 'lost', reason: `the length is wrong${soFar(transfer)}` });
}

/** Refuses what is no answer with a file: an error, a page of a proxy, or bytes that were packed on the way. */
function requireFile({ statusCode: status = 0, headers }: http.IncomingMessage, nowMs: number): void {
  if (status >= 400 && status !== 416) {
    const wait = retryAfterMs(headers['retry-after'], Date.parse(headers.date ?? '') || nowMs);
    const failure = { kind: 'refused', status, code: undefined, message: undefined } as const;
    throw failed({ ...failure, retryAfterMs: wait });
  }
  if (/^text\/html\b/i.test(headers['content-type'] ?? ''))
    throw failed({ kind: 'unreadable', status, reason: 'a page of HTML in place of the file' });
  if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
    throw failed({ kind: 'unreadable', status, reason: 'the file packed, which was not asked for' });
}

/** `; 12 of 24 bytes came`. */
function soFar({ part, head }: Transfer): string {
  if (head === undefined) return '';
  return `; ${part.bytes} ${head.total === undefined ? '' : `of ${head.total} `}bytes came`;
}

const HINT =
  'The weights lie on another host than the API: check that the runner and its proxy let requests to it through.';

function failed(failure: Failure): ApiError {
  switch (failure.kind) {
    case 'refused': {
      const message = `The server that has the weights answered ${failure.status}`;
      const error = new ApiError(message, failure, { hint: HINT });
      return isPassing(error) ? error : new AddressRefusedError(message, failure, { hint: HINT });
    }
    case 'unreadable':
      return new ApiError(`The server that has the weights sent ${failure.reason}`, failure, { hint: HINT });
    case 'lost':
    case 'unreachable':
      return new ApiError(`The weights did not come whole: ${failure.reason}`, failure, { hint: HINT });
  }
}
