import { describe, expect, test } from 'vitest';
import { ApiError, type Failure } from '../../../src/roboflow/http/failure.ts';
import { type Patience, withRetries } from '../../../src/roboflow/http/retry.ts';
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
  test.each<{
    name: string;
    failures: readonly Failure[];
    patience?: Partial<Patience>;
    expected: string;
    tries: number;
  }>([
    { name: 'is sent once if it succeeds', failures: [], expected: 'answer', tries: 1 },
    {
      name: 'outlasts failures that pass by themselves',
      failures: [refused(502), { kind: 'lost', reason: 'reset' }, refused(429)],
      expected: 'answer',
      tries: 4,
    },
    { name: 'ends with a refusal', failures: [refused(403)], expected: 'failure 1', tries: 1 },
    {
      name: 'ends with a refusal after failures that pass',
      failures: [refused(502), refused(403)],
      expected: 'failure 2',
      tries: 2,
    },
    { name: 'ends with a 404', failures: [refused(404)], expected: 'failure 1', tries: 1 },
    {
      name: 'outlasts a 404 if the thing was there before',
      failures: [refused(404), refused(404)],
      patience: { knownToExist: true },
      expected: 'answer',
      tries: 3,
    },
    {
      name: 'is repeated only after what it may be repeated after',
      failures: [refused(502)],
      patience: { mayRepeat: () => false },
      expected: 'failure 1',
      tries: 1,
    },
  ])('$name', async ({ failures, patience, expected, tries }) => {
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
