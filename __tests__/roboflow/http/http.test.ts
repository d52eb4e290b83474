import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { open } from '../../../src/roboflow/http/exchange.ts';
import { send } from '../../../src/roboflow/http/http.ts';
import { KeptLog } from '../../training/fake-route.ts';
import { answer, rawServer } from './raw-server.ts';

const { signal } = new AbortController();
const context = { clock: systemClock(), log: new KeptLog(), signal };

describe('an answer that is no answer in HTTP', () => {
  test.each([
    {
      name: 'another protocol',
      bytes: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    },
    { name: 'only a provisional one', bytes: 'HTTP/1.1 100 Continue\r\n\r\n' },
    { name: 'no HTTP', bytes: '\x00\x01garbage\r\n\r\n' },
    { name: 'two lengths', bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}' },
    { name: 'fewer bytes than it says', bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"jobId":"x"' },
    { name: 'nothing', bytes: '' },
  ])('settles as lost, so that a start is read back and a look repeated: $name', async ({ bytes }) => {
    await using server = await rawServer(bytes);
    const post = { verb: 'POST', path: ['w', 'p', 'jobs'], body: {} } as const;
    await expect(send(server, post, context)).rejects.toMatchObject({
      name: 'ApiError',
      failure: { kind: 'lost' },
    });
  });
});

const get = { verb: 'GET', path: ['w', 'p', 'jobs'] } as const;
const escapedKey = '\\u006bey_0123456789';

describe('an answer that repeats the key in escapes', () => {
  test('has lost it in every text and name', async () => {
    const body = `{"${escapedKey}":["${escapedKey}",{"error":"bad ${escapedKey}"}]}`;
    await using server = await rawServer(answer(body));
    expect((await send(server, get, context)).body).toEqual({ '***': ['***', { error: 'bad ***' }] });
  });

  test('does not put it into the error if it refuses', async () => {
    await using server = await rawServer(answer(`{"error":"bad ${escapedKey}"}`, '400 Bad Request'));
    await expect(send(server, get, context)).rejects.toMatchObject({
      message: 'Roboflow answered 400 "bad ***": GET /w/p/jobs',
      failure: { message: 'bad ***' },
    });
  });

  test('does not put it into the error if it is no JSON', async () => {
    await using server = await rawServer(answer(`{"error":"bad ${escapedKey}`));
    await expect(send(server, get, context)).rejects.toThrow('not JSON but "{"error":"bad ***"');
  });
});

describe('an answer as Python writes it', () => {
  test.each([
    { text: '{"map50": NaN, "f1": 61}', body: { map50: 'NaN', f1: 61 } },
    { text: '[Infinity,-Infinity]', body: ['Infinity', '-Infinity'] },
    { text: '{"a NaN":"-Infinity \\" NaN","b":NaN}', body: { 'a NaN': '-Infinity " NaN', b: 'NaN' } },
  ])('keeps what is no number as a text: $text', async ({ text, body }) => {
    await using server = await rawServer(answer(text));
    expect((await send(server, get, context)).body).toEqual(body);
  });

  test.each(['{"map50": NaNs}', '{"map50": Nan}', '{"a": NaN', '"NaN'])(
    'is not made of what is none: %s',
    async (text) => {
      await using server = await rawServer(answer(text));
      await expect(send(server, get, context)).rejects.toMatchObject({ failure: { kind: 'unreadable' } });
    },
  );
});

test.each([
  { status: '200 OK', failure: { kind: 'unreadable', status: 200 } },
  { status: '503 Busy', failure: { kind: 'refused', message: undefined } },
])('an answer that nests deeper than any is no JSON: $status', async ({ status, failure }) => {
  const text = `${'{"error":'.repeat(100_000)}"x"${'}'.repeat(100_000)}`;
  await using server = await rawServer(answer(text, status));
  await expect(send(server, get, context)).rejects.toMatchObject({ failure });
});

test('an answer full of quotes that never close is soon found to be no JSON', async () => {
  await using server = await rawServer(answer(`[NaN,"${'\\"'.repeat(200_000)}`));
  await expect(send(server, get, context)).rejects.toMatchObject({ failure: { kind: 'unreadable' } });
});

test.each(['200 OK', '202 Accepted'])('an answer may be empty: %s', async (status) => {
  await using server = await rawServer(answer(' \r\n', status));
  expect(await send(server, get, context)).toMatchObject({ body: undefined });
});

describe('a request that is over', () => {
  test.each([
    { name: 'answered', bytes: answer('{}'), port: undefined },
    { name: 'cut', bytes: 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{', port: undefined },
    { name: 'without an answer', bytes: '', port: undefined },
    { name: 'never sent', bytes: '', port: 1 },
  ])('leaves nothing with a signal that lives on: $name', async ({ bytes, port }) => {
    await using server = await rawServer(bytes);
    const { signal } = new AbortController();
    const url = new URL(port === undefined ? server.apiUrl : `http://127.0.0.1:${port}`);
    const message = await open({ url, method: 'GET', headers: {} }, signal).catch(() => undefined);
    await message?.toArray().catch(() => {});
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('an interruption', () => {
  const reason = new Error('interrupted');
  const post = { verb: 'POST', path: ['w', 'p', 'jobs'], body: {} } as const;

  /** What `request` comes to on a server that never speaks, if it is interrupted once the first bytes arrive. */
  async function interrupted(request: typeof get | typeof post, protocol: 'http' | 'https') {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => controller.abort(reason));
    });
    const controller = new AbortController();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const to = { apiUrl: new URL(`${protocol}://127.0.0.1:${port}`), apiKey: 'k', auth: 'header' } as const;
    const sent = send({ ...to, requestDeadlineMs: 5_000 }, request, {
      ...context,
      signal: controller.signal,
    });
    const error = await sent.catch((thrown: unknown) => thrown);
    server.close();
    return error;
  }

  test.each([
    { request: get, protocol: 'http', expected: reason },
    { request: get, protocol: 'https', expected: reason },
    { request: post, protocol: 'http', expected: reason },
    // Without a certificate of the server nothing was sent, and so nothing is started.
    { request: post, protocol: 'https', expected: { failure: { kind: 'unreachable' } } },
  ] as const)('of a $request.verb over $protocol', async ({ request, protocol, expected }) => {
    expect(await interrupted(request, protocol)).toMatchObject(expected);
  });
});
