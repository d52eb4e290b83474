import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** What the server said of a file when it began to send it. */
export interface FileHead {
  /** A strong ETag: as long as it is the same, so is every byte. Undefined if the server gives none. */
  readonly etag: string | undefined;
  /** In bytes; undefined if the server does not say. */
  readonly total: number | undefined;
}

/** What to do with an answer: it is the whole file, the rest of what is there, or of another file than what is there. */
export type Continuation =
  | { readonly kind: 'whole'; readonly head: FileHead }
  | { readonly kind: 'rest'; readonly head: FileHead }
  | { readonly kind: 'other' };

/**
 * The headers that ask for the rest of a file of which `bytes` are there; none if it has to begin again. Without a strong ETag
 * nothing tells whether it is the same file still (RFC 9110, 13.1.5).
 */
export function rangeHeaders(bytes: number, head: FileHead | undefined): OutgoingHttpHeaders {
  if (bytes === 0 || head?.etag === undefined) return {};
  return { range: `bytes=${bytes}-`, 'if-range': head.etag };
}

/**
 * How an answer goes on from the `bytes` that are there, by RFC 9110: 200 is the whole file, whatever was asked for (14.2); 206
 * is the rest if it begins there and is of the same file (15.3.7); anything else is of another file, as 416 is.
 */
export function continuationOf(
  status: number,
  headers: IncomingHttpHeaders,
  bytes: number,
  head: FileHead | undefined,
): Continuation {
  const etag = strongEtag(headers.etag);
  if (status === 200) return { kind: 'whole', head: { etag, total: lengthOf(headers['content-length']) } };
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(headers['content-range']?.trim() ?? '');
  if (status !== 206 || range === null || head === undefined) return { kind: 'other' };
  const [from, total] = [Number(range[1]), Number(range[3])];
  const isSame =
    from === bytes && etag !== undefined && etag === head.etag && total === (head.total ?? total);
  return isSame ? { kind: 'rest', head: { etag, total } } : { kind: 'other' };
}

function strongEtag(etag: string | undefined): string | undefined {
  const text = etag?.trim();
  return text !== undefined && /^"[\x21\x23-\x7e]*"$/.test(text) ? text : undefined;
}

function lengthOf(text: string | undefined): number | undefined {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
}
