import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultAction } from '../../faults.ts';
import { seedOf } from '../../lib/random.ts';
import { Refusal } from '../answer.ts';
import { signedModel } from '../routes/weights.ts';
import type { World } from '../world/world.ts';
import { send, sendFaulty } from './deliver.ts';

/** How the host of the weights behaves. */
export interface FileHostOptions {
  /** Of each file. */
  readonly sizeBytes?: number;
  /** What it says of the size, if that is not true; it closes the connection when it has no more. */
  readonly announcedBytes?: number;
  /** A signed address leads on to another one, under another name of the host. */
  readonly redirects?: boolean;
}

/** More than a client buffers, so that of a file which is cut in the middle something has come for certain. */
const defaultBytes = 1_000_000;

/** One request for a file, and how it goes wrong if it is to. */
export interface FileRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly action: FaultAction | null;
}

/** Answers a request for weights as a store of files does: with the file, to whoever has a signed address. */
export async function answerFile(
  { request, response, action }: FileRequest,
  world: World,
  options: FileHostOptions,
  signal: AbortSignal,
): Promise<number | string> {
  if (action !== null && action.kind !== 'cut' && action.kind !== 'stall')
    return sendFaulty(response, action, () => ({ status: 200, body: '' }), signal);
  const address = new URL(`http://${request.headers.host}${request.url}`);
  if (options.redirects === true && address.hostname !== 'localhost') {
    response.writeHead(302, { location: `http://localhost:${address.port}${request.url}` }).end();
    return 302;
  }
  try {
    const seed = seedOf(signedModel(world, address));
    return await sendFile({ response, action }, seed, options);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    send(response, error.answer);
    return error.answer.status;
  }
}

/** The SHA-256 of a model's weights, in hexadecimal. */
export function sha256OfWeights(url: string, { sizeBytes = defaultBytes }: FileHostOptions = {}): string {
  const hash = createHash('sha256');
  for (const chunk of bytesOf(seedOf(url), sizeBytes)) hash.update(chunk);
  return hash.digest('hex');
}

async function sendFile(
  { response, action }: Pick<FileRequest, 'response' | 'action'>,
  seed: number,
  { sizeBytes = defaultBytes, announcedBytes = sizeBytes }: FileHostOptions,
): Promise<number | string> {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': String(announcedBytes),
  });
  const isWhole = action === null && announcedBytes === sizeBytes;
  const until = action === null ? sizeBytes : Math.ceil(sizeBytes / 2);
  // What is written is on its way when its callback comes; only then may the connection be cut.
  for (const chunk of bytesOf(seed, until))
    await new Promise<unknown>((resolve) => response.write(chunk, resolve));
  if (isWhole) response.end();
  else if (action?.kind !== 'stall') response.destroy();
  return action?.kind ?? response.statusCode;
}

const chunkBytes = 65_536;

/** The bytes depend on nothing but whose weights they are and on their place, so that a piece in a wrong place is found out. */
function* bytesOf(seed: number, until: number): Generator<Buffer> {
  for (let start = 0; start < until; start += chunkBytes) {
    const words = new Uint32Array(chunkBytes / 4);
    for (let at = 0; at < words.length; at += 1) words[at] = Math.imul(start + 4 * at + 1, seed | 1);
    const chunk = Buffer.from(words.buffer);
    yield chunk.subarray(0, Math.min(until - start, chunkBytes));
  }
}
