import { describe, expect, test } from 'vitest';
import { createApi } from '../../../src/roboflow/http/api.ts';
import { ApiError } from '../../../src/roboflow/http/failure.ts';
import { KeptLog } from '../../training/fake-route.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

describe('the debug log', () => {
  test('has one line for each request, without query, body or key', async () => {
    await using roboflow = await simulateRoboflow();
    const { context, simulator, timeoutAtMs } = roboflow;
    const log = new KeptLog();
    const apiKey = 'a_key_that_nobody_gave_out';
    const server = {
      apiUrl: new URL(simulator.url),
      apiKey,
      auth: 'query',
      requestDeadlineMs: 5_000,
    } as const;
    const api = createApi(server, timeoutAtMs, { ...context, log });
    const request = { path: ['acme', apiKey], query: { secret: 'a-secret' } };
    await expect(api.get(request, (body) => body)).rejects.toThrow(ApiError);
    await expect(api.post({ path: ['acme', 'hard-hats'], body: {} }, (body) => body)).rejects.toThrow(
      ApiError,
    );
    expect(log.lines).toEqual([
      expect.stringMatching(/^GET \/acme\/\S+: 401, \d+ ms$/),
      expect.stringMatching(/^POST \/acme\/hard-hats: 404, \d+ ms$/),
    ]);
    expect(log.lines.join()).not.toMatch(/a_key|secret/);
  });
});
