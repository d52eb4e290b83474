import { createServer } from 'node:net';
import tls from 'node:tls';
import type { Server } from '../../../src/roboflow/http/request.ts';

/** What a client is told to speak to, until it is disposed of. */
export type TestServer = Server &
  AsyncDisposable & { readonly port: number; readonly asked: readonly string[] };

/** What the server shows of itself if it speaks TLS. */
export interface TlsOptions {
  readonly key: string;
  readonly cert: string;
}

/** A server that answers whatever it is asked with these bytes, and closes; with `secure` in TLS. */
export async function rawServer(answer: string | Buffer, secure?: TlsOptions): Promise<TestServer> {
  const asked: string[] = [];
  const server = secure === undefined ? createServer() : tls.createServer(secure);
  server.on(secure === undefined ? 'connection' : 'secureConnection', (socket: tls.TLSSocket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (request) => {
      asked.push(request.toString('latin1'));
      socket.end(typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const { port } = address;
  return {
    port,
    asked,
    apiUrl: new URL(secure === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`),
    apiKey: 'key_0123456789',
    auth: 'header',
    requestDeadlineMs: 5_000,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The whole answer of a server with this body. */
export function answer(body: string | Buffer, status = '200 OK', headers: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const head = [`HTTP/1.1 ${status}`, `content-length: ${bytes.length}`, ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes]);
}
