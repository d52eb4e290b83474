import { describe, expect, test } from 'vitest';
import type { Api } from '../../../src/roboflow/http/api.ts';
import { withSharedPatience } from '../../../src/roboflow/http/api.ts';
import { ApiError } from '../../../src/roboflow/http/failure.ts';

const minute = 60_000;
const down = new ApiError('down', { kind: 'lost', reason: 'reset' });
const said = { code: undefined, message: undefined, retryAfterMs: undefined };
const refused = new ApiError('no', { kind: 'refused', status: 404, ...said });

/** An API of which `bad` is tried as long as it may be, and fails after `meanwhile`; all else is good, but what is `gone`. */
function simulated(meanwhile: (api: Api) => Promise<unknown> = async () => {}) {
  const time = { nowMs: 0 };
  const untilMs: (number | undefined)[] = [];
  const whole: Api = {
    get: async ({ path: [to] }, read, patience) => {
      untilMs.push(patience?.untilMs);
      if (to === 'gone') throw refused;
      if (to !== 'bad') return read({}, 200);
      await meanwhile(api);
      time.nowMs = Math.max(time.nowMs, patience?.untilMs ?? 0);
      throw down;
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
  const api: Api = withSharedPatience(whole, 2 * minute, { now: () => time.nowMs });
  return { api, time, untilMs };
}

const ask = (api: Api, path: string, untilMs?: number) =>
  api.get({ path: [path] }, () => 'good', untilMs === undefined ? undefined : { untilMs });

describe('shared patience', () => {
  test('ends each request after as long, or sooner if it is told so, whenever it is asked', async () => {
    const { api, time, untilMs } = simulated();
    time.nowMs = 60 * minute;
    for (const end of [undefined, 99 * minute, 61 * minute]) await ask(api, 'good', end);
    expect(untilMs).toEqual([62 * minute, 62 * minute, 61 * minute]);
  });

  test('sends nothing more after one request that failed for so long, and says why', async () => {
    const { api, untilMs } = simulated();
    await expect(ask(api, 'bad')).rejects.toBe(down);
    await expect(ask(api, 'good')).rejects.toBe(down);
    expect(untilMs).toHaveLength(1);
  });

  test.each([
    ['that was tried for less', undefined, minute],
    ['while another has a good answer', 'good', undefined],
    ['while another is refused, which is an answer too', 'gone', undefined],
  ])('goes on after one request that failed %s', async (_, beside, untilMs) => {
    const { api } = simulated(async (shared) => beside && ask(shared, beside).catch(() => {}));
    await expect(ask(api, 'bad', untilMs)).rejects.toBe(down);
    expect(await ask(api, 'good')).toBe('good');
  });
});
