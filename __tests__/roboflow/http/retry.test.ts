import { describe, expect, test } from 'vitest';
import { ApiError, type Failure } from '../../../src/roboflow/http/failure.ts';
import { type Patience, pauseMs, retryAfterMs, withRetries } from '../../../src/roboflow/http/retry.ts';
import { VirtualClock } from '../../flow/clock.ts';
import { KeptLog } from '../../training/fake-route.ts';

const minute = 60_000;

function refused(status: number, retryAfterMs?: number): Failure {
  return { kind: 'refused', status, code: undefined, message: undefined, retryAfterMs };
}

/** What comes of a request that meets these failures, and then only the last of them or an answer. */
async function tried(failures: readonly Failure[], patience: Partial<Patience> = {}, endless = false) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const startMs = clock.now();
  let tries = 0;
  const attempt = async () => {
    tries += 1;
    const failure = failures[tries - 1] ?? (endless ? failures.at(-1) : undefined);
    if (failure !== undefined) throw new ApiError(`failure ${tries}`, failure);
    return 'answer';
  };
  const { signal } = new AbortController();
  const untilMs = startMs + 15 * minute;
  const result = await withRetries(attempt, { untilMs, ...patience }, { clock, log, signal }).catch(
    (error: unknown) => (error instanceof ApiError ? error.message : error),
  );
  return { result, tries, tookMs: clock.now() - startMs, lines: log.lines };
}

describe('a request that is repeated', () => {
  const lost: Failure = { kind: 'lost', reason: 'reset' };
  const [busy, gone, no] = [refused(502), refused(404), refused(403)];
  test.each<[name: string, expected: string, tries: number, Failure[], patience?: Partial<Patience>]>([
    ['is sent once if it succeeds', 'answer', 1, []],
    ['outlasts failures that pass by themselves', 'answer', 4, [busy, lost, refused(429)]],
    ['ends with a refusal', 'failure 1', 1, [no]],
    ['ends with a refusal after failures that pass', 'failure 2', 2, [busy, no]],
    ['ends with a 404', 'failure 1', 1, [gone]],
    ['outlasts a 404 if the thing was there before', 'answer', 3, [gone, gone], { knownToExist: true }],
    [
      'is repeated only after what it may be repeated after',
      'failure 1',
      1,
      [busy],
      { mayRepeat: () => false },
    ],
  ])('%s', async (_, expected, tries, failures, patience) => {
    expect(await tried(failures, patience)).toMatchObject({ result: expected, tries });
  });

  test('is tried for the last time at the very end of the patience', async () => {
    const { result, tookMs } = await tried([refused(503)], {}, true);
    expect(result).toMatch(/^failure \d+$/);
    expect(tookMs).toBe(15 * minute);
  });

  test('does not outlast its patience because of a long Retry-After', async () => {
    const { tookMs } = await tried([refused(429, 86_400_000)], {}, true);
    expect(tookMs).toBe(15 * minute);
  });

  test('believes a 404 about what was there before if it lasts for two minutes', async () => {
    const { result, tookMs } = await tried([refused(404)], { knownToExist: true }, true);
    expect(result).toMatch(/^failure \d+$/);
    expect(tookMs).toBeGreaterThanOrEqual(2 * minute);
    expect(tookMs).toBeLessThan(3 * minute);
  });

  test('counts those two minutes anew after another failure', async () => {
    const gone = Array.from({ length: 6 }, () => refused(404));
    const failures = [...gone, refused(502), ...gone];
    expect(await tried(failures, { knownToExist: true })).toMatchObject({ result: 'answer', tries: 14 });
  });

  test('tells of every failure, and when it tries again', async () => {
    const { lines } = await tried([refused(502), refused(429, 5_000)]);
    expect(lines).toEqual(['failure 1. Trying again in 2 s.', 'failure 2. Trying again in 5 s.']);
  });

  test('lets a bug through at once', async () => {
    const clock = new VirtualClock();
    const bug = new TypeError('undefined is not a function');
    const context = { clock, log: new KeptLog(), signal: new AbortController().signal };
    const patience = { untilMs: clock.now() + minute };
    await expect(withRetries(() => Promise.reject(bug), patience, context)).rejects.toBe(bug);
    expect(context.log.lines).toEqual([]);
  });

  test('ends with the signal, whose reason is thrown', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const reason = new Error('interrupted');
    controller.abort(reason);
    const context = { clock, log: new KeptLog(), signal: controller.signal };
    const failed = () => Promise.reject(new ApiError('busy', refused(503)));
    await expect(withRetries(failed, { untilMs: clock.now() + minute }, context)).rejects.toBe(reason);
  });
});

describe('the pause before the next try', () => {
  const lost: Failure = { kind: 'lost', reason: 'reset' };

  test.each([
    [1, 0, 1_000],
    [1, 0.5, 1_500],
    [1, 1, 2_000],
    [2, 1, 4_000],
    [4, 1, 16_000],
    [5, 1, 30_000],
    [5, 0.5, 15_500],
    [1_000, 1, 30_000],
  ])('after %d tries, with chance at %d, is %d ms', (tries, random, expected) => {
    expect(pauseMs(tries, refused(503), random)).toBe(expected);
    expect(pauseMs(tries, lost, random)).toBe(expected);
  });

  test.each([
    ['is what the server asks for', 7_000, 7_000],
    ['is at least a second', 0, 1_000],
    ['may be longer than any of our own', 120_000, 120_000],
    ['is never over five minutes', 3_600_000, 300_000],
  ])('%s', (_, wantedMs, expected) => {
    expect(pauseMs(1, refused(429, wantedMs), 0.9)).toBe(expected);
    expect(pauseMs(20, refused(503, wantedMs), 0)).toBe(expected);
  });
});

describe('a Retry-After header', () => {
  test.each([
    ['0', 0],
    [' 5 ', 5_000],
    ['120', 120_000],
    ['999999999', 999_999_999_000],
  ])('%s asks for a pause of %d ms', (header, expected) => {
    expect(retryAfterMs({ 'retry-after': header })).toBe(expected);
  });

  test.each([
    undefined,
    ...['', '   ', '-1', '+5', '1.5', '1e3', '0x10', '5, 10', '30s', 'NaN', 'Infinity', 'Jan 1', 'max 3'],
    'Mon, 04 Jan 2027 09:00:30 GMT',
  ])('%s asks for none', (header) => {
    expect(retryAfterMs({ 'retry-after': header })).toBeUndefined();
  });
});
