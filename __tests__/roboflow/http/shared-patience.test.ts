import { describe, expect, test } from 'vitest';
import type { Api } from '../../../src/roboflow/http/api.ts';
import { withSharedPatience } from '../../../src/roboflow/http/api.ts';
import { ApiError } from '../../../src/roboflow/http/failure.ts';
import type { Patience } from '../../../src/roboflow/http/retry.ts';

const MINUTE_MS = 60_000;

/** An API whose answers are said beforehand: a failure, or undefined for a good one. */
class SaidApi {
  nowMs = 0;
  failure: ApiError | undefined;
  readonly untilMs: (number | undefined)[] = [];
  readonly api: Api = {
    get: async (_, read, patience?: Partial<Patience>) => {
      this.untilMs.push(patience?.untilMs);
      if (this.failure) throw this.failure;
      return read({}, 200);
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
}

const down = new ApiError('down', { kind: 'lost', reason: 'reset' });
const refused = new ApiError('no', {
  kind: 'refused',
  status: 404,
  code: undefined,
  message: undefined,
  retryAfterMs: undefined,
});

describe('shared patience', () => {
  const ask = (api: Api, untilMs?: number) =>
    api.get({ path: [] }, () => 'good', untilMs === undefined ? undefined : { untilMs });

  test('ends each request after as long, or sooner if it is told so', async () => {
    const said = new SaidApi();
    const api = withSharedPatience(said.api, 2 * MINUTE_MS, { now: () => said.nowMs });
    await ask(api);
    await ask(api, 99 * MINUTE_MS);
    await ask(api, MINUTE_MS);
    expect(said.untilMs).toEqual([2 * MINUTE_MS, 2 * MINUTE_MS, MINUTE_MS]);
  });

  test('sends nothing more after so long without a good answer, and says why', async () => {
    const said = new SaidApi();
    const api = withSharedPatience(said.api, 2 * MINUTE_MS, { now: () => said.nowMs });
    said.failure = down;
    await expect(ask(api)).rejects.toBe(down);
    said.nowMs = 2 * MINUTE_MS - 1;
    await expect(ask(api)).rejects.toBe(down);
    said.nowMs = 2 * MINUTE_MS;
    await expect(ask(api)).rejects.toBe(down);
    expect(said.untilMs).toHaveLength(2);
  });

  test.each([
    ['a good answer', undefined],
    ['a refusal, which is an answer too', refused],
  ])('begins anew with %s', async (_, answer) => {
    const said = new SaidApi();
    const api = withSharedPatience(said.api, 2 * MINUTE_MS, { now: () => said.nowMs });
    said.failure = down;
    await expect(ask(api)).rejects.toBe(down);
    said.nowMs = MINUTE_MS;
    said.failure = answer;
    await ask(api).catch(() => {});
    said.nowMs = 2 * MINUTE_MS + 1;
    await ask(api).catch(() => {});
    expect(said.untilMs.at(-1)).toBe(4 * MINUTE_MS + 1);
  });

  test('is not used up by one request that fails while others have an answer', async () => {
    const said = new SaidApi();
    const lasting = withSharedPatience(
      {
        ...said.api,
        get: async (request, read) => {
          if (request.path[0] !== 'bad') return read({}, 200);
          said.nowMs = 2 * MINUTE_MS;
          await lasting.get({ path: ['good'] }, () => 'good');
          throw down;
        },
      },
      2 * MINUTE_MS,
      { now: () => said.nowMs },
    );
    await expect(lasting.get({ path: ['bad'] }, () => 'bad')).rejects.toBe(down);
    expect(await lasting.get({ path: ['good'] }, () => 'good')).toBe('good');
  });

  test('is not used up by time in which nothing was asked', async () => {
    const said = new SaidApi();
    const api = withSharedPatience(said.api, 2 * MINUTE_MS, { now: () => said.nowMs });
    said.nowMs = 60 * MINUTE_MS;
    expect(await ask(api)).toBe('good');
    expect(said.untilMs).toEqual([62 * MINUTE_MS]);
  });
});
