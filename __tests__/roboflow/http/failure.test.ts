import { describe, expect, test } from 'vitest';
import { TrainGateError } from '../../../src/lib/errors.ts';
import {
  ApiError,
  type Failure,
  hasNoSuchRoute,
  isMissing,
  isPassing,
  isRefusal,
  isUnknownId,
} from '../../../src/roboflow/http/failure.ts';

/** What code says that broke: whatever the status, nothing was refused. */
const CRASHES = [
  "Cannot read properties of undefined (reading 'version')",
  "TypeError: Cannot set property 'id' of null",
  'project.get is not a function\n    at start (/srv/train.js:12:7)',
  'ReferenceError: modelType is not defined',
  'Traceback (most recent call last): ...',
  "'NoneType' object is not subscriptable",
];

function refused(status: number, message?: string): Failure {
  return { kind: 'refused', status, code: undefined, message, retryAfterMs: undefined };
}

/** What holds of a failure. */
type Trait = 'passing' | 'refusal' | 'missing' | 'no such route' | 'unknown id';

const TRAITS: Readonly<Record<Trait, (error: ApiError) => boolean>> = {
  passing: isPassing,
  refusal: isRefusal,
  missing: isMissing,
  'no such route': hasNoSuchRoute,
  'unknown id': isUnknownId,
};

describe('what holds of a failed request', () => {
  type Row = [name: string, holds: readonly Trait[], failure: Failure];
  const status = (holds: readonly Trait[], ...codes: number[]) =>
    codes.map((code): Row => [`status ${code}`, holds, refused(code)]);

  test.each<Row>([
    ['a connection that was never made', ['passing'], { kind: 'unreachable', reason: 'connection refused' }],
    ['an answer that never came', ['passing'], { kind: 'lost', reason: 'reset' }],
    ['an answer that is no JSON', ['passing'], { kind: 'unreadable', status: 200, reason: 'HTML' }],
    ...status(['refusal'], 401, 402, 403, 409, 410, 413, 418, 423),
    ['a redirect', ['refusal'], refused(302)],
    ...status(['refusal', 'unknown id'], 400, 422),
    ...status(['refusal', 'missing', 'no such route', 'unknown id'], 404),
    ...status(['refusal', 'no such route', 'unknown id'], 405),
    // To repeat it makes no sense.
    ...status(['refusal', 'no such route', 'unknown id'], 501),
    ...status(['passing'], 408),
    ...status(['passing'], 425),
    ...status(['passing'], 429),
    ...CRASHES.flatMap((message) =>
      [400, 404, 409, 500].map((code): Row => [`${code}: ${message}`, ['passing'], refused(code, message)]),
    ),
    [
      '400: no property',
      ['refusal', 'unknown id'],
      refused(400, 'Cannot read the property epochs: no number'),
    ],
    ...status(['passing'], 500, 502, 503, 504, 520, 599),
  ])('%s: %s', (_, holds, failure) => {
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
