import type http from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createUnzip, createZstdDecompress } from 'node:zlib';

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
  const unpacker = unpackerOf(message);
  return unpacker === undefined ? message : pipeline(message, unpacker(), () => {});
}

/** Whether the body comes as it is, so that its length is the one that the server announces. */
export function isPlain(message: http.IncomingMessage): boolean {
  return unpackerOf(message) === undefined;
}

function unpackerOf({ headers }: http.IncomingMessage): (() => Transform) | undefined {
  return UNPACKERS.get(headers['content-encoding']?.trim().toLowerCase() ?? '');
}
