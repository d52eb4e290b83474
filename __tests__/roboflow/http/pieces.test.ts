import { once } from 'node:events';
import http from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { piecesOf } from '../../../src/roboflow/http/pieces.ts';

const BODY = Buffer.alloc(3_000_000, 'pattern');

/** An answer with `BODY` from a server of its own. */
async function answer(): Promise<http.IncomingMessage & AsyncDisposable> {
  const server = http.createServer((_, response) => response.end(BODY)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const request = http.get({ port: address.port, host: '127.0.0.1', agent: false });
  const [message]: http.IncomingMessage[] = await once(request, 'response');
  if (message === undefined) throw new Error('there is no answer');
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return Object.assign(message, { [Symbol.asyncDispose]: close });
}

describe('the pieces of an answer', () => {
  test('are its body', async () => {
    await using message = await answer();
    const copies: Buffer[] = [];
    for await (const piece of piecesOf(message)) copies.push(Buffer.from(piece));
    expect(Buffer.concat(copies).equals(BODY)).toBe(true);
  });

  test('are gone from memory when the next is asked for, and so is what came from the socket', async () => {
    await using message = await answer();
    const used: Buffer[] = [];
    let bytes = 0;
    const pieces = piecesOf(message);
    message.socket.on('data', (chunk: Buffer) => used.push(chunk));
    for await (const piece of pieces) {
      bytes += piece.length;
      used.push(piece);
    }
    expect(bytes).toBe(BODY.length);
    const left = used.filter(({ length, buffer }) => length > 0 && length === buffer.byteLength);
    expect(left.length).toBe(0);
  });

  test('leave memory alone that they share', async () => {
    const [short, neighbour] = [Buffer.from('short'), Buffer.from('neighbour')];
    expect(short.buffer).toBe(neighbour.buffer);
    const message = Object.assign(new PassThrough(), { socket: new PassThrough() });
    message.end(short);
    const pieces: string[] = [];
    for await (const piece of piecesOf(message)) pieces.push(piece.toString());
    expect([...pieces, neighbour.toString()]).toEqual(['short', 'neighbour']);
  });

  test('do not pass if the memory of the socket is theirs too', async () => {
    const socket = new PassThrough();
    const message = Object.assign(new PassThrough(), { socket });
    socket.on('data', (chunk: Buffer) => message.write(chunk));
    const first = piecesOf(message).next();
    socket.end(Buffer.alloc(100_000, 'x'));
    await expect(first).rejects.toThrow(/^Node v\S+ keeps a download in memory that is freed already\.$/);
  });
});
