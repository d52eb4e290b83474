import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { InterruptedError, messageOf, TrainGateError } from '../../../src/lib/errors.ts';
import { ApiError } from '../../../src/roboflow/http/failure.ts';
import { send } from '../../../src/roboflow/http/http.ts';
import { creationOf } from '../../../src/roboflow/http/outcome.ts';
import type { Server } from '../../../src/roboflow/http/request.ts';
import { KeptLog } from '../../training/fake-route.ts';
import { AUTHORITY, PRIVATE_KEY, SELF_SIGNED, SIGNED } from './certificates.ts';
import { answer, rawServer } from './raw-server.ts';

const clock = systemClock();
const context = { clock, log: new KeptLog(), signal: new AbortController().signal };
const get = { verb: 'GET', path: ['acme'] } as const;
const post = { verb: 'POST', path: ['acme', 'hats', 'jobs'], body: {} } as const;

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What goes wrong with a request. */
async function failureOf(server: Server): Promise<ApiError> {
  const error = await send(server, get, context).catch((reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw error;
  return error;
}

/** What came of a start that was sent there. */
async function startOf(server: Server): Promise<string> {
  return (await creationOf(() => send(server, post, context), clock)).kind;
}

describe('an answer that something on the way has packed', () => {
  const body = { jobId: 'x', text: 'ü'.repeat(100) };
  const json = JSON.stringify(body);

  test.each([
    { coding: 'gzip', packed: gzipSync(json) },
    { coding: ' GZip ', packed: gzipSync(json) },
    { coding: 'x-gzip', packed: gzipSync(json) },
    { coding: 'deflate', packed: deflateSync(json) },
    { coding: 'br', packed: brotliCompressSync(json) },
    { coding: 'zstd', packed: zstdCompressSync(json) },
    { coding: 'deflate, gzip', packed: gzipSync(deflateSync(json)) },
    { coding: 'identity', packed: json },
    { coding: 'unheard-of', packed: json },
  ])('is read all the same, and was asked for as it is: $coding', async ({ coding, packed }) => {
    await using server = await rawServer(answer(packed, '200 OK', [`content-encoding: ${coding}`]));
    expect(await send(server, get, context)).toEqual({ status: 200, body });
    expect(server.asked[0]?.toLowerCase()).toContain('\r\naccept-encoding: identity\r\n');
  });

  test('tells what a refusal says', async () => {
    const packed = gzipSync('{"error":"no credits"}');
    await using server = await rawServer(answer(packed, '402 No', ['content-encoding: gzip']));
    expect(await failureOf(server)).toMatchObject({ failure: { kind: 'refused', message: 'no credits' } });
  });

  test.each([
    { name: 'cut', packed: gzipSync(json).subarray(0, -12), says: 'gave no whole answer' },
    { name: 'not packed at all', packed: json, says: 'gave no whole answer' },
    { name: 'a small one of much', packed: gzipSync(Buffer.alloc(70_000_000)), says: 'larger than 67108864' },
  ])('is lost if it is $name', async ({ packed, says }) => {
    await using server = await rawServer(answer(packed, '200 OK', ['content-encoding: gzip']));
    const error = await failureOf(server);
    expect(error.failure.kind).toBe('lost');
    expect(error.message).toContain(says);
  });
});

/** A proxy that does with a CONNECT what `onConnect` says, and is the one that the runner's settings name. */
async function openProxy(onConnect: (socket: net.Socket) => void, login = '') {
  const server = http.createServer();
  const sockets: net.Socket[] = [];
  server.on('connect', (_request: http.IncomingMessage, socket: net.Socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end()).resume();
    onConnect(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  vi.stubEnv('https_proxy', `http://${login}127.0.0.1:${port}`);
  vi.stubEnv('no_proxy', '');
  return {
    host: `127.0.0.1:${port}`,
    sockets,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Connects to a port of this machine, whatever was asked for. */
function through(port: number) {
  return (socket: net.Socket) => {
    const onward = net.connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    onward.on('error', () => socket.destroy()).pipe(socket);
    socket.on('close', () => onward.destroy()).pipe(onward);
  };
}

const afar = { apiUrl: new URL('https://api.example.invalid') };

describe('a certificate that nobody here knows', () => {
  test.each([
    { name: 'signed by itself', cert: SELF_SIGNED, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    { name: 'of a private authority', cert: SIGNED, code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    { name: 'with that authority', cert: `${SIGNED}${AUTHORITY}`, code: 'SELF_SIGNED_CERT_IN_CHAIN' },
  ])('is told as such, and nothing was sent: $name', async ({ cert, code }) => {
    await using server = await rawServer(answer('{}'), { key: PRIVATE_KEY, cert });
    for (const isProxied of [false, true]) {
      await using _proxy = isProxied ? await openProxy(through(server.port)) : undefined;
      const at = isProxied ? { ...server, ...afar } : server;
      const error = await failureOf(at);
      expect(error.failure).toMatchObject({ kind: 'unreachable', trouble: 'certificate' });
      expect(error.message).toContain(`could not be reached (its certificate is not trusted: ${code})`);
      expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
      expect(await startOf(at)).toBe('unsent');
    }
    expect(server.asked).toEqual([]);
  });

  test('is no reason if the server speaks no TLS at all', async () => {
    await using server = await rawServer('HTTP/1.1 400 Bad Request\r\n\r\n');
    const error = await failureOf({ ...server, apiUrl: new URL(`https://localhost:${server.port}`) });
    expect(error.failure).toMatchObject({ kind: 'unreachable', trouble: undefined });
    expect(error.hint).not.toContain('NODE_EXTRA_CA_CERTS');
  });
});

describe('a proxy that says no', () => {
  test.each([
    { status: '407 Proxy Authentication Required', trouble: 'proxy-password' },
    { status: '403 Forbidden', trouble: undefined },
    { status: '429 Too Many Requests', trouble: undefined },
    { status: '502 Bad Gateway', trouble: undefined },
    { status: '504 Gateway Timeout', trouble: undefined },
  ])('is named with what it says, and nothing was sent: $status', async ({ status, trouble }) => {
    await using proxy = await openProxy((socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`), 'me:s3cret@');
    await using server = await rawServer('');
    const at = { ...server, ...afar };
    const error = await failureOf(at);
    expect(error.failure).toMatchObject({ kind: 'unreachable', proxy: proxy.host, trouble });
    expect(error.message).toContain(`could not be reached (the proxy answered ${status.slice(0, 3)})`);
    expect(error.hint).toContain(proxy.host);
    expect(error.hint?.includes('password')).toBe(trouble === 'proxy-password');
    expect(messageOf(error)).not.toContain('s3cret');
    expect(await startOf(at)).toBe('unsent');
  });
});

describe('a proxy that says nothing', () => {
  const silent = {
    apiUrl: new URL('https://api.example.invalid'),
    apiKey: 'rf_secret',
    auth: 'header',
    requestDeadlineMs: 200,
  } as const;

  test('is let go of at the deadline', async () => {
    await using proxy = await openProxy(() => {});
    const { message, failure } = await failureOf(silent);
    expect(message).toBe('Roboflow could not be reached (no whole answer within 0.2 s): GET /acme');
    expect(failure).toMatchObject({ proxy: proxy.host });
    const [socket] = proxy.sockets;
    if (socket && !socket.closed) await once(socket, 'close');
    expect(socket?.closed).toBe(true);
  });

  test('is let go of with the signal at once', async () => {
    const controller = new AbortController();
    const reason = new InterruptedError('SIGINT');
    await using _proxy = await openProxy(() => controller.abort(reason));
    const patient = { ...silent, requestDeadlineMs: 3_600_000 };
    await expect(send(patient, get, { ...context, signal: controller.signal })).rejects.toBe(reason);
  });

  test('may do so behind the CONNECT', async () => {
    await using _proxy = await openProxy((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    expect((await failureOf(silent)).message).toContain('no whole answer within 0.2 s');
  });
});

describe('a proxy setting that is no address', () => {
  test.each([
    ...['proxy.corp:3128', 'me:s3cret@proxy.corp:3128', 'http://', 'http://me:s3cret@pro xy:3128'],
    ...['http://me:s3cret@proxy:99999', 'http://me:s3%cret@proxy.corp:3128'],
    ...['socks5://me:s3cret@proxy.corp:1080', '  '],
  ])('is named by its variable, without what it says: %s', async (setting) => {
    await using server = await rawServer('');
    for (const name of ['https_proxy', 'HTTPS_PROXY']) {
      vi.stubEnv('https_proxy', '');
      vi.stubEnv('HTTPS_PROXY', '');
      vi.stubEnv(name, setting);
      vi.stubEnv('no_proxy', '');
      const error = await send({ ...server, ...afar }, get, context).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TrainGateError);
      // Nothing that waiting or asking again would mend.
      expect(error).not.toBeInstanceOf(ApiError);
      expect(messageOf(error)).toContain(`${name} is not the address of a proxy`);
      expect(messageOf(error)).not.toContain('s3');
    }
  });

  test('does not matter for a host that is to be reached without a proxy', async () => {
    vi.stubEnv('https_proxy', 'proxy.corp:3128');
    vi.stubEnv('no_proxy', '.example.invalid');
    await using server = await rawServer('');
    expect((await failureOf({ ...server, ...afar })).failure).toMatchObject({
      kind: 'unreachable',
      proxy: undefined,
    });
  });

  test('is not a number of a machine with its port', async () => {
    await using proxy = await openProxy((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    vi.stubEnv('https_proxy', proxy.host);
    await using server = await rawServer('');
    expect((await failureOf({ ...server, ...afar })).failure).toMatchObject({ proxy: proxy.host });
  });
});

describe('a page where the API has its answer', () => {
  const page = '<!DOCTYPE html><html><title>Blocked</title></html>';
  const html = ['content-type: text/html; charset=utf-8'];

  test.each(['401 Unauthorized', '403 Forbidden', '407 Proxy', '451 Unavailable', '511 Network'])(
    'is not Roboflow’s word, so the key is not judged by it: %s',
    async (status) => {
      for (const headers of [html, []]) {
        await using server = await rawServer(answer(page, status, headers));
        const error = await failureOf(server);
        expect(error.failure).toMatchObject({ kind: 'unreadable', status: Number(status.slice(0, 3)) });
        expect(error.hint).toContain('Something between here and Roboflow answered');
        expect(error.hint).not.toContain('key');
      }
    },
  );

  test.each([
    { status: '404 Not Found', body: page, headers: html, says: 'Check workspace, project and version' },
    { status: '413 Too Large', body: page, headers: html, says: 'larger than Roboflow takes' },
    { status: '429 Slow', body: page, headers: html, says: 'how often this key may ask' },
    { status: '403 Forbidden', body: '{"error":"no"}', headers: [], says: 'The key is valid' },
    { status: '403 Forbidden', body: '', headers: html, says: 'The key is valid' },
    { status: '401 Unauthorized', body: '{"error":"<b>no</b>"}', headers: [], says: 'private key' },
  ])('is taken for its own where it can be: $status $body', async ({ status, body, headers, says }) => {
    await using server = await rawServer(answer(body, status, headers));
    const error = await failureOf(server);
    expect(error.failure.kind).toBe('refused');
    expect(error.hint).toContain(says);
  });
});
