import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/roboflow/http/failure.ts';
import { adviceFor } from '../../../src/roboflow/http/failure-words.ts';

const server = new URL('https://api.roboflow.com/prefix');
const jobs = { verb: 'GET', path: ['acme', 'hats', 'jobs'] } as const;
const results = { verb: 'GET', path: ['acme', 'hats', '7', 'training', 'results'] } as const;
const trainings = { verb: 'GET', path: ['acme', 'hats', '7', 'v2', 'trainings'] } as const;

function refused(status: number, code?: string, message?: string): Failure {
  return { kind: 'refused', status, code, message, retryAfterMs: undefined };
}

describe('the advice about a refusal', () => {
  test.each<{ status: number; code?: string; says: string }>([
    { status: 400, says: 'Check model-type, version, epochs' },
    { status: 401, says: 'Check that api-key is the private key of this workspace' },
    { status: 402, says: 'The plan does not allow it or a quota is reached' },
    { status: 403, says: 'has all of: version:train, trainingJob:create, training-job:create,' },
    { status: 403, says: 'version:create (for version: new), project:read, model:infer' },
    { status: 404, says: 'Check workspace, project and version' },
    { status: 409, says: 'Another training may be running' },
    { status: 413, says: 'larger than Roboflow takes: shorten train-recipe' },
    { status: 422, says: 'does not accept one of the values' },
    { status: 423, says: 'Billing of the workspace is paused' },
    { status: 429, says: 'limits how often this key may ask: re-run this job later' },
    { status: 500, says: 'look at its status page and re-run this job later' },
    { status: 599, says: 'look at its status page and re-run this job later' },
    { status: 302, says: 'set api-url to the address itself' },
    { status: 402, code: 'credit_cap_exceeded', says: 'credit cap is reached' },
    { status: 403, code: 'NAS_NOT_AVAILABLE_FOR_PLAN', says: 'no neural architecture search' },
    {
      status: 409,
      code: 'MULTIPLE_TRAININGS',
      says: 'look up its training id on Roboflow, and set route to trainings, version to this version and job-id to that id; without job-id another training would be started and paid for',
    },
  ])('with $status $code says what to do', ({ status, code, says }) => {
    expect(adviceFor(refused(status, code), results, server)).toContain(says);
  });

  test.each([400, 401, 402, 404, 409, 422, 500])(
    'names the scopes of a key only with 403, not with %i',
    (status) => {
      expect(adviceFor(refused(status), results, server)).not.toContain('version:read');
    },
  );

  test('with another status is none', () => {
    expect(adviceFor(refused(418), results, server)).toBeUndefined();
  });

  test.each([
    { name: 'jobs', request: jobs, says: 'set route to trainings.' },
    { name: 'trainings', request: trainings, says: 'set route to jobs, and leave train-recipe out.' },
  ])('with 404 on the route $name never names the route that is in use', ({ request, says, name }) => {
    const advice = adviceFor(refused(404), request, server);
    expect(advice).toContain(says);
    expect(advice).not.toContain(`set route to ${name}`);
  });

  test('with 404 on what both routes read names none', () => {
    expect(adviceFor(refused(404), results, server)).not.toContain('route');
  });
});

describe('the advice about a refusal whose words or request say more than its status', () => {
  const start = { ...trainings, verb: 'POST' } as const;
  const job = { ...jobs, verb: 'POST' } as const;
  test.each<
    [status: number, request: typeof start | typeof job | typeof jobs, message: string, says: string]
  >([
    [409, start, 'This version already has a training.', 'takes one training only, and this one has it'],
    [
      409,
      job,
      '',
      'to judge that one, set reuse to "finished" or job-id to its id; to train again, set version',
    ],
    [409, jobs, '', 'Another training may be running on this version'],
    [403, start, 'Online augmentation is not enabled', 'leave "online_augmentation" out of train-recipe'],
    [403, start, 'online_augmentation: not in your plan', 'leave "online_augmentation" out of train-recipe'],
    [403, start, 'No access.', 'The key is valid but may not do this'],
    [404, jobs, 'Workspace does not exist', 'Check workspace, project and version: each must exist'],
    [404, jobs, 'Workspace does not exist', 'A scoped key that lacks a permission can get the same answer.'],
    [400, start, "Cannot read properties of undefined (reading 'x')", 'code that broke inside Roboflow'],
    [500, job, "Cannot read properties of undefined (reading 'x')", 'code that broke inside Roboflow'],
    [422, job, 'epochs: cannot read "ten"', 'does not accept one of the values'],
  ])('%i to %j with "%s"', (status, request, message, says) => {
    expect(adviceFor(refused(status, undefined, message), request, server)).toContain(says);
  });
});

test.each<{ failure: Failure; says: string }>([
  { failure: { kind: 'unreachable', reason: 'ENOTFOUND' }, says: 'Check api-url (https://api.roboflow.com)' },
  { failure: { kind: 'lost', reason: 'ECONNRESET' }, says: 'status page' },
  { failure: { kind: 'unreadable', status: 200, reason: 'HTML' }, says: 'status page' },
])('the advice about $failure.kind says what to do', ({ failure, says }) => {
  expect(adviceFor(failure, jobs, server)).toContain(says);
});
