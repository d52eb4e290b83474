import { describe, expect, test } from 'vitest';
import { ApiError, type Failure } from '../../../src/roboflow/http/failure.ts';
import { creationOf, ifKnown, lookOf, unlessRefused } from '../../../src/roboflow/http/outcome.ts';
import { VirtualClock } from '../../flow/clock.ts';
import { training } from '../../training/fake-route.ts';

function refused(status: number): ApiError {
  return failed({ kind: 'refused', status, code: undefined, message: undefined, retryAfterMs: undefined });
}

function failed(failure: Failure): ApiError {
  return new ApiError('it failed', failure);
}

const unreachable = failed({ kind: 'unreachable', reason: 'ENOTFOUND' });
const lost = failed({ kind: 'lost', reason: 'ECONNRESET' });
const unreadable = failed({ kind: 'unreadable', status: 200, reason: 'HTML' });
const bug = new TypeError('undefined is not a function');

/** What `result` comes to, in one word: the kind, `thrown`, or the value itself. */
async function kindOf(result: Promise<unknown>): Promise<unknown> {
  const value = await result.catch(() => 'thrown');
  if (value instanceof ApiError) return 'refusal';
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : value;
}

describe('a request that makes something', () => {
  test.each<{ name: string; error: Error; kind: string }>([
    { name: 'that never arrived', error: unreachable, kind: 'unsent' },
    { name: 'that was turned away by the rate limit', error: refused(429), kind: 'unsent' },
    { name: 'without a whole answer', error: lost, kind: 'unclear' },
    { name: 'with an answer that cannot be read', error: unreadable, kind: 'unclear' },
    ...[408, 500, 501, 502, 503, 504].map((status) => ({
      name: `answered ${status}`,
      error: refused(status),
      kind: 'unclear',
    })),
    ...[400, 401, 402, 403, 404, 405, 409, 413, 422, 423].map((status) => ({
      name: `answered ${status}`,
      error: refused(status),
      kind: 'thrown',
    })),
    { name: 'that met a bug', error: bug, kind: 'thrown' },
  ])('$name is $kind', async ({ error, kind }) => {
    expect(await kindOf(creationOf(() => Promise.reject(error), new VirtualClock()))).toBe(kind);
  });

  test('is created if the answer says so', async () => {
    const created = { kind: 'created', thing: 'thing' };
    expect(await creationOf(async () => 'thing', new VirtualClock())).toEqual(created);
  });

  test('pauses longer after every try that had no effect', async () => {
    const creation = await creationOf(() => Promise.reject(unreachable), new VirtualClock());
    if (creation.kind !== 'unsent') throw new Error(`it is ${creation.kind}`);
    expect([1, 2, 3].map(creation.pauseMs)).toEqual([1_500, 2_500, 4_500]);
  });
});

describe('what was read', () => {
  test.each<{ name: string; error: Error; look: unknown; known: unknown; refusal: unknown }>([
    { name: 'an outage', error: refused(502), look: 'silent', known: 'thrown', refusal: 'thrown' },
    { name: 'a lost answer', error: lost, look: 'silent', known: 'thrown', refusal: 'thrown' },
    { name: 'a 404', error: refused(404), look: 'thrown', known: undefined, refusal: 'refusal' },
    { name: 'a 405', error: refused(405), look: 'thrown', known: undefined, refusal: 'refusal' },
    { name: 'a 501', error: refused(501), look: 'thrown', known: undefined, refusal: 'refusal' },
    { name: 'a 400', error: refused(400), look: 'thrown', known: undefined, refusal: 'refusal' },
    { name: 'a 422', error: refused(422), look: 'thrown', known: undefined, refusal: 'refusal' },
    { name: 'a 403', error: refused(403), look: 'thrown', known: 'thrown', refusal: 'refusal' },
    { name: 'a 409', error: refused(409), look: 'thrown', known: 'thrown', refusal: 'refusal' },
    { name: 'a bug', error: bug, look: 'thrown', known: 'thrown', refusal: 'thrown' },
  ])('after $name', async ({ error, look, known, refusal }) => {
    expect(await kindOf(lookOf(() => Promise.reject(error)))).toBe(look);
    expect(await kindOf(ifKnown(() => Promise.reject(error)))).toBe(known);
    expect(await kindOf(unlessRefused(() => Promise.reject(error)))).toBe(refusal);
  });

  test('is passed on if it came', async () => {
    const seen = training();
    expect(await lookOf(async () => seen)).toEqual({ kind: 'seen', training: seen });
    expect(await ifKnown(async () => 1)).toBe(1);
    expect(await unlessRefused(async () => 1)).toBe(1);
  });
});
