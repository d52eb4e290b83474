import { describe, expect, test } from 'vitest';
import { at, type Description, describedBy, recordAt } from '../../simulator/github/description.ts';
import { eventFacts, type Rights, type Subject } from '../../src/github/event.ts';
import { headSha, type PayloadName, payloads, recordedMs, tipOfMain } from './payloads.ts';

const nowMs = Date.UTC(2027, 0, 4, 10);
/** When the repository was pushed to last: all that some events tell. */
const pushedMs = Date.UTC(2027, 0, 4, 7);

function factsOf(name: PayloadName, env: NodeJS.ProcessEnv = {}) {
  const { event, payload } = payloads[name];
  return eventFacts(payload, environment(event, env), nowMs);
}

function environment(event: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: 'Acme/site-safety',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: tipOfMain,
    GITHUB_ACTOR: 'eva',
    ...env,
  };
}

const pullRequest12: Subject = { kind: 'pull-request', number: 12, sha: headSha };
const onMain = commit(tipOfMain, 'Acme/site-safety', 'main');
const onWider = commit(headSha, 'Acme/site-safety', 'wider-lens');
const inFork = commit(headSha, 'eva/site-safety', 'wider-lens', true);
const somewhere = commit(headSha, undefined, undefined, true);
const wider = { GITHUB_REF: 'refs/heads/wider-lens', GITHUB_SHA: headSha };
const atHead = { GITHUB_REF: '', GITHUB_SHA: headSha };
const queued = { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-12-aaa', GITHUB_SHA: headSha };

function commit(sha: string, repository?: string, name?: string, isOfFork = false): Subject {
  const branch = repository === undefined || name === undefined ? undefined : { repository, name };
  return { kind: 'commit', sha, branch, isOfFork };
}

/** What an event tells, unless all is as mostly: rights of Eva and Dependabot, the moment for a re-run, the runner's variables. */
interface Told {
  readonly eva?: Rights;
  readonly dependabot?: Rights;
  readonly sinceMs?: number | undefined;
  readonly env?: NodeJS.ProcessEnv;
}
const ofDependabot: Told = { dependabot: 'dependabot' };
const ofFork: Told = { eva: 'fork', dependabot: 'fork' };
const byPush: Told = { sinceMs: pushedMs };

const rows: readonly (readonly [PayloadName, Subject, Told?])[] = [
  ['a pull request', pullRequest12, ofDependabot],
  ['a pull request from a fork', pullRequest12, ofFork],
  ['a pull request from a deleted fork', pullRequest12, ofFork],
  ['pull_request_target from a fork', pullRequest12],
  ["pull_request_target on Dependabot's branch", pullRequest12, ofDependabot],
  ["pull_request_target on a branch that is named like Dependabot's", pullRequest12],
  ['a review', pullRequest12, ofFork],
  ['a remark in a review', pullRequest12, ofFork],
  ['a remark on a pull request', { ...pullRequest12, sha: undefined }],
  ['a remark on an issue', onMain],
  ['a workflow run', pullRequest12],
  ['a workflow run of a fork', inFork],
  ['a workflow run of a deleted fork', somewhere],
  ['a workflow run of a branch of a fork that is named like one here', inFork],
  ['a workflow run of a branch without a pull request', commit(headSha, 'acme/site-safety', 'wider-lens')],
  ['a check', pullRequest12, byPush],
  ['a check of a fork', somewhere, byPush],
  ['a check suite', pullRequest12],
  ['a check suite of a fork', somewhere],
  ['a status', commit(headSha)],
  ['a push', onWider, { ...ofDependabot, env: wider }],
  ['a new branch', onWider, { ...ofDependabot, ...byPush, env: wider }],
  ['a deployment', commit(headSha), { ...ofDependabot, env: atHead }],
  ['the status of a deployment', commit(headSha), { ...ofDependabot, env: atHead }],
  ['a release', commit(headSha), { ...byPush, env: { ...atHead, GITHUB_REF: 'refs/tags/v1' } }],
  ['the merge queue', commit(headSha), { ...byPush, env: queued }],
  ['a run by hand', onWider, { ...byPush, env: wider }],
  ['a run by hand with inputs', onWider, { sinceMs: undefined, env: wider }],
  ['a dispatch with a payload', onMain, { sinceMs: undefined }],
  ['a schedule', commit(tipOfMain), byPush],
];

test('no event is left out', () => {
  expect(rows.map(([name]) => name)).toEqual(Object.keys(payloads));
});

const table = rows.map(([name, subject, expected = {}]) => ({ name, subject, expected }));

describe.each(table)('$name', ({ name, subject, expected }) => {
  const { eva = 'full', dependabot = 'full', sinceMs, env } = { sinceMs: recordedMs, ...expected };
  test('tells what it is about', () => {
    expect(factsOf(name, env).subject).toEqual(subject);
  });

  test('tells what GitHub gives the workflow run, also when somebody else runs it again', () => {
    expect(factsOf(name).rights).toBe(eva);
    const actors = { GITHUB_ACTOR: 'dependabot[bot]', GITHUB_TRIGGERING_ACTOR: 'eva' };
    expect(factsOf(name, actors).rights).toBe(dependabot);
  });

  test('tells since when an earlier attempt may have started something', () => {
    expect(factsOf(name, { GITHUB_RUN_ATTEMPT: '1' }).rerunSinceMs).toBeUndefined();
    expect(factsOf(name, { GITHUB_RUN_ATTEMPT: '2' }).rerunSinceMs).toBe(sinceMs);
  });

  test('has only fields that GitHub describes', async () => {
    const { event, payload } = payloads[name];
    if (event === 'schedule') return; // No webhook, so it is not described.
    const parts = [event.replace('_target', ''), at(payload, 'action')].filter((part) => part !== undefined);
    const github = await describedBy('api.github.com');
    const described = github.webhook(parts.join('-').replaceAll('_', '-'));
    expect(described).toBeDefined();
    expect(undescribed(payload, [described], github)).toEqual([]);
  });
});

test.each<readonly [PayloadName, Rights]>([
  ['a pull request', 'full'],
  ['a pull request from a fork', 'fork'],
  ['a pull request from a deleted fork', 'fork'],
])('a fork shows also where a local tool names no repository: %s', (name, rights) => {
  const { payload } = payloads[name];
  expect(eventFacts(payload, { GITHUB_EVENT_NAME: 'pull_request' }, nowMs).rights).toBe(rights);
});

describe('a part that has another form', () => {
  test.each<{ name: string; payload: unknown }>([
    { name: 'no event', payload: undefined },
    { name: 'nothing', payload: null },
    { name: 'a list', payload: [payloads['a pull request'].payload] },
    { name: 'a pull request without a commit', payload: { pull_request: { number: 12 } } },
    { name: 'a number in words', payload: { pull_request: { number: 'twelve', head: { sha: headSha } } } },
    { name: 'an issue that is no pull request', payload: { issue: { number: 12, pull_request: null } } },
    { name: 'a workflow run in a word', payload: { workflow_run: 'x' } },
  ])('is as good as none: $name', ({ payload }) => {
    const facts = eventFacts(payload, environment('workflow_run', { GITHUB_RUN_ATTEMPT: '2' }), nowMs);
    expect(facts).toEqual({ subject: onMain, rights: 'full', rerunSinceMs: undefined });
  });
});

describe('the moment of a re-run', () => {
  const at = (payload: unknown, attempt = '2') =>
    eventFacts(payload, environment('push', { GITHUB_RUN_ATTEMPT: attempt }), nowMs).rerunSinceMs;

  test.each<[name: string, payload: unknown, expected: number | undefined]>([
    ['one of now', { updated_at: new Date(nowMs).toISOString() }, nowMs],
    ['none that is still to come', { repository: { pushed_at: nowMs / 1000 + 1 } }, undefined],
    ['none of a date that is none', { updated_at: '2027-99-99T99:99:99Z' }, undefined],
    ['none of another zone that is still to come', { updated_at: '2027-01-04T10:00:00-01:00' }, undefined],
    [
      'none that a person wrote',
      { repository: { custom: { updated_at: '2027-01-04T08:00:00Z' } } },
      undefined,
    ],
    [
      'one of a run by hand with no input filled in',
      { inputs: {}, updated_at: '2027-01-04T08:00:00Z' },
      Date.UTC(2027, 0, 4, 8),
    ],
  ])('is %s', (_, payload, expected) => {
    expect(at(payload)).toBe(expected);
  });

  test.each(['1', '', '0', 'x', '-2'])('is none in attempt "%s"', (attempt) => {
    expect(at({ repository: { pushed_at: 1_799_049_600 } }, attempt)).toBeUndefined();
  });
});

/** The paths in `value` that none of `schemas` describes. */
function undescribed(
  value: unknown,
  schemas: readonly unknown[],
  github: Description,
  path = '',
): readonly string[] {
  const all = schemas.flatMap((schema) => alternatives(schema, github));
  if (Array.isArray(value)) {
    const items = all.map((schema) => at(schema, 'items')).filter((each) => each !== undefined);
    return value.flatMap((each) => undescribed(each, items, github, `${path}[]`));
  }
  return Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(([key, inner]) => {
    const fitting = all.flatMap((schema) => {
      const named = at(recordAt(schema, 'properties'), key) ?? at(schema, 'additionalProperties');
      return named === undefined || named === false ? [] : [named];
    });
    if (fitting.includes(true) || all.some(isOpen)) return [];
    return fitting.length === 0 ? [`${path}.${key}`] : undescribed(inner, fitting, github, `${path}.${key}`);
  });
}

/** Whether a schema says nothing of what is in an object. */
function isOpen(schema: unknown): boolean {
  return ['properties', 'items', ...COMPOSED].every((key) => at(schema, key) === undefined);
}

const COMPOSED = ['allOf', 'anyOf', 'oneOf'];

/** A schema, and what it is made of. */
function alternatives(schema: unknown, github: Description): readonly unknown[] {
  const resolved = github.resolve(schema);
  const parts = COMPOSED.flatMap((key) => {
    const listed = at(resolved, key);
    return Array.isArray(listed) ? listed : [];
  });
  return [resolved, ...parts.flatMap((each) => alternatives(each, github))];
}
