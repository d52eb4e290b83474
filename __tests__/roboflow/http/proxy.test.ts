import { once } from 'node:events';
import http from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { InterruptedError } from '../../../src/lib/errors.ts';
import { send } from '../../../src/roboflow/http/http.ts';

/** A proxy that takes connections and then does with a CONNECT what `onConnect` says. */
async function openProxy(onConnect: (socket: Socket) => void) {
  const server = http.createServer();
  const sockets: Socket[] = [];
  server.on('connect', (_request: http.IncomingMessage, socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end()).resume();
    onConnect(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  vi.stubEnv('https_proxy', `http://127.0.0.1:${port}`);
  vi.stubEnv('no_proxy', '');
  return {
    sockets,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const server = {
  apiUrl: new URL('https://api.example.invalid'),
  apiKey: 'rf_secret',
  auth: 'header',
  requestDeadlineMs: 200,
} as const;
const { signal } = new AbortController();
const context = { clock: systemClock(), signal };
const request = { verb: 'GET', path: ['acme'] } as const;

describe('a request through a proxy', () => {
  test('that never answers fails at the deadline, and lets go of the proxy', async () => {
    await using proxy = await openProxy(() => {});
    await expect(send(server, request, context)).rejects.toMatchObject({
      message: 'Roboflow could not be reached (no whole answer within 0.2 s): GET /acme',
    });
    const [socket] = proxy.sockets;
    if (socket && !socket.closed) await once(socket, 'close');
    expect(socket?.closed).toBe(true);
  });

  test('that never answers ends with the signal at once', async () => {
    const controller = new AbortController();
    const reason = new InterruptedError('SIGINT');
    await using _proxy = await openProxy(() => controller.abort(reason));
    const patient = { ...server, requestDeadlineMs: 3_600_000 };
    await expect(send(patient, request, { clock: systemClock(), signal: controller.signal })).rejects.toBe(
      reason,
    );
  });

  test('that refuses was never sent', async () => {
    await using _proxy = await openProxy((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    await expect(send(server, request, context)).rejects.toMatchObject({ failure: { kind: 'unreachable' } });
  });

  test('that goes silent behind the CONNECT fails at the deadline', async () => {
    await using _proxy = await openProxy((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    await expect(send(server, request, context)).rejects.toThrow('no whole answer within 0.2 s');
  });
});
