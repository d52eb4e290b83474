import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { closeAtOnce, listenOnLoopback } from '../../../simulator/lib/loopback.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { send } from '../../../src/roboflow/http/http.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** A step of a week sends thousands of requests under one signal. */
test('a request leaves nothing behind in memory', async () => {
  const server = createServer((_, response) => response.end('{}'));
  const port = await listenOnLoopback(server);
  const apiUrl = new URL(`http://127.0.0.1:${port}`);
  const to = { apiUrl, apiKey: 'k', auth: 'header', requestDeadlineMs: 60_000 } as const;
  const { signal } = new AbortController();
  const quiet = () => {};
  const log = { info: quiet, debug: quiet, notice: quiet, warning: quiet, failure: quiet };
  const sendMany = async (count: number) => {
    for (let sent = 0; sent < count; sent += 1)
      await send(to, { verb: 'GET', path: [] }, { clock: systemClock(), log, signal });
    collect();
    return process.memoryUsage().heapUsed;
  };
  await sendMany(200);
  const before = await sendMany(100);
  const after = await sendMany(400);
  await closeAtOnce(server);
  expect((after - before) / 400).toBeLessThan(2_048);
});
