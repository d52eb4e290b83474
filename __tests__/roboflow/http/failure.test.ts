import { describe, expect, test } from 'vitest';
import { TrainGateError } from '../../../src/lib/errors.ts';
import {
  ApiError,
  concernsAllStarts,
  type Failure,
  hadNoEffect,
  hasNoSuchRoute,
  isMissing,
  isPassing,
  isRefusal,
  isUnclear,
  isUnknownId,
} from '../../../src/roboflow/http/failure.ts';

function refused(status: number): Failure {
  return { kind: 'refused', status, code: undefined, message: undefined, retryAfterMs: undefined };
}

/** What holds of a failure. */
type Trait = 'passing' | 'refusal' | 'no effect' | 'unclear' | 'missing' | 'no such route' | 'unknown id';

const TRAITS: Readonly<Record<Trait, (error: ApiError) => boolean>> = {
  passing: isPassing,
  refusal: isRefusal,
  'no effect': hadNoEffect,
  unclear: isUnclear,
  missing: isMissing,
  'no such route': hasNoSuchRoute,
  'unknown id': isUnknownId,
};

describe('what holds of a failed request', () => {
  test.each<{ name: string; failure: Failure; holds: readonly Trait[] }>([
    {
      name: 'a connection that was never made',
      failure: { kind: 'unreachable', reason: 'connection refused' },
      holds: ['passing', 'no effect'],
    },
    {
      name: 'an answer that never came',
      failure: { kind: 'lost', reason: 'reset' },
      holds: ['passing', 'unclear'],
    },
    {
      name: 'an answer that is no JSON',
      failure: { kind: 'unreadable', status: 200, reason: 'HTML' },
      holds: ['passing', 'unclear'],
    },
    ...[401, 402, 403, 409, 410, 413, 418, 423].map((status) => ({
      name: `status ${status}`,
      failure: refused(status),
      holds: ['refusal'] as const,
    })),
    { name: 'a redirect', failure: refused(302), holds: ['refusal'] },
    ...[400, 422].map((status) => ({
      name: `status ${status}`,
      failure: refused(status),
      holds: ['refusal', 'unknown id'] as const,
    })),
    {
      name: 'status 404',
      failure: refused(404),
      holds: ['refusal', 'missing', 'no such route', 'unknown id'],
    },
    { name: 'status 405', failure: refused(405), holds: ['refusal', 'no such route', 'unknown id'] },
    // To repeat it makes no sense, and still a start that met it may have been taken.
    {
      name: 'status 501',
      failure: refused(501),
      holds: ['refusal', 'unclear', 'no such route', 'unknown id'],
    },
    { name: 'status 408', failure: refused(408), holds: ['passing', 'unclear'] },
    { name: 'status 425', failure: refused(425), holds: ['passing', 'unclear'] },
    { name: 'status 429', failure: refused(429), holds: ['passing', 'no effect'] },
    ...[500, 502, 503, 504, 520, 599].map((status) => ({
      name: `status ${status}`,
      failure: refused(status),
      holds: ['passing', 'unclear'] as const,
    })),
  ])('$name: $holds', ({ failure, holds }) => {
    const error = new ApiError('it failed', failure);
    const found = Object.entries(TRAITS).filter(([, has]) => has(error));
    expect(found.map(([trait]) => trait)).toEqual(holds);
  });

  test.each([new Error('a bug'), new TrainGateError('something else'), undefined])(
    'is nothing if it is no failed request: %s',
    (error) => {
      const all = [isPassing, isRefusal, isMissing, hasNoSuchRoute, isUnknownId];
      expect(all.filter((has) => has(error))).toEqual([]);
    },
  );
});

describe('the refusal of a start', () => {
  const refusal = (status: number, code?: string) =>
    new ApiError('no', { kind: 'refused', status, code, message: undefined, retryAfterMs: undefined });

  test.each([
    ...[401, 402, 403, 423].map((status) => ({ error: refusal(status), expected: true })),
    { error: refusal(409, 'credit_cap_exceeded'), expected: true },
    { error: refusal(422, 'OVER_QUOTA'), expected: true },
    { error: new TrainGateError('after an unclear answer', { cause: refusal(402) }), expected: true },
    ...[400, 404, 409, 422].map((status) => ({ error: refusal(status), expected: false })),
    { error: refusal(402, 'nas_not_available_for_plan'), expected: false },
    { error: refusal(429), expected: false },
    { error: new ApiError('lost', { kind: 'lost', reason: 'reset' }), expected: false },
    { error: new Error('a bug'), expected: false },
    { error: undefined, expected: false },
  ])('concerns all starts, or one: %o', ({ error, expected }) => {
    expect(concernsAllStarts(error)).toBe(expected);
  });
});
