import type http from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createInflateRaw, createUnzip, createZstdDecompress } from 'node:zlib';

type Bytes = AsyncIterable<Buffer>;

/** What undoes each coding (RFC 9110, 8.4.1). */
const UNPACKERS: ReadonlyMap<string, (packed: Bytes) => Bytes> = new Map([
  ['gzip', unzipped],
  ['x-gzip', unzipped],
  ['deflate', unzipped],
  ['br', (packed) => piped(packed, createBrotliDecompress())],
  ['zstd', (packed) => piped(packed, createZstdDecompress())],
]);

/** The body of an answer, unpacked if something on the way has packed it although nobody asked for that. */
export function bodyOf(message: http.IncomingMessage): Bytes {
  return codingsOf(message).reduceRight(
    (bytes: Bytes, coding) => UNPACKERS.get(coding)?.(bytes) ?? bytes,
    message,
  );
}

/** Whether the body comes as it is, so that its length is the one that the server announces. */
export function isPlain(message: http.IncomingMessage): boolean {
  return !codingsOf(message).some((coding) => UNPACKERS.has(coding));
}

function codingsOf({ headers }: http.IncomingMessage): readonly string[] {
  return (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim().toLowerCase());
}

/** Servers mean two things by `deflate`, with and without a head (RFC 9110, 8.4.1.2); the first byte tells. */
async function* unzipped(packed: Bytes): AsyncGenerator<Buffer, void, undefined> {
  const chunks = packed[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const [byte = 0] = first.value;
  const hasHead = byte === 0x1f || (byte & 0x0f) === 8;
  async function* all() {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  yield* piped(all(), hasHead ? createUnzip() : createInflateRaw());
}

/** What `transform` makes of the bytes; an error of either ends it. */
function piped(bytes: Bytes, transform: Transform): Bytes {
  return pipeline(bytes, transform, () => {});
}
