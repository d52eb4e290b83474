import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type HttpSettings, send } from '../../src/roboflow/http.ts';

/** A server that answers whatever it is asked with these bytes, and closes. */
async function rawServer(answer: string): Promise<HttpSettings & AsyncDisposable> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    baseUrl: new URL(`http://127.0.0.1:${address.port}`),
    key: 'key_0123456789',
    auth: 'header',
    deadlineMs: 5_000,
    userAgent: 'test',
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe('an answer that is no answer in HTTP', () => {
  test.each([
    {
      name: 'another protocol',
      answer: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    },
    { name: 'only a provisional one', answer: 'HTTP/1.1 100 Continue\r\n\r\n' },
    { name: 'no HTTP', answer: '\x00\x01garbage\r\n\r\n' },
    { name: 'two lengths', answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}' },
    { name: 'fewer bytes than it says', answer: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"jobId":"x"' },
    { name: 'nothing', answer: '' },
  ])('settles as lost, so that a start is read back and a look repeated: $name', async ({ answer }) => {
    await using settings = await rawServer(answer);
    await expect(send(settings, { verb: 'POST', path: ['w', 'p', 'jobs'], body: {} })).rejects.toMatchObject({
      name: 'ApiError',
      failure: { kind: 'lost' },
    });
  });
});
