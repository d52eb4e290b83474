import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/roboflow/http/failure.ts';
import { adviceFor } from '../../../src/roboflow/http/failure-words.ts';

const server = new URL('https://api.roboflow.com/prefix');
const jobs = { path: ['acme', 'hats', 'jobs'] };
const results = { path: ['acme', 'hats', '7', 'training', 'results'] };
const trainings = { path: ['acme', 'hats', '7', 'v2', 'trainings'] };

function refused(status: number, code?: string): Failure {
  return { kind: 'refused', status, code, message: undefined, retryAfterMs: undefined };
}

describe('the advice about a refusal', () => {
  test.each<{ status: number; code?: string; says: string }>([
    { status: 400, says: 'Check model-type, version, epochs' },
    { status: 401, says: 'it needs all of: version:train, trainingJob:create, training-job:create,' },
    { status: 401, says: 'version:create (for version: new)' },
    { status: 402, says: 'The plan does not allow it or a quota is reached' },
    { status: 403, says: 'model:infer' },
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

test.each<{ failure: Failure; says: string }>([
  { failure: { kind: 'unreachable', reason: 'ENOTFOUND' }, says: 'Check api-url (https://api.roboflow.com)' },
  { failure: { kind: 'lost', reason: 'ECONNRESET' }, says: 'status page' },
  { failure: { kind: 'unreadable', status: 200, reason: 'HTML' }, says: 'status page' },
])('the advice about $failure.kind says what to do', ({ failure, says }) => {
  expect(adviceFor(failure, jobs, server)).toContain(says);
});
