import type http from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
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
