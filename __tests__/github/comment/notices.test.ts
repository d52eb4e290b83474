import { describe, expect, test } from 'vitest';
import { type GithubOptions, workflowToken } from '../../../simulator/github.ts';
import { headSha, pullRequestEvent, pushEvent, Scene, type Writing } from '../scene.ts';

const refused = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
const missing = { kind: 'status', status: 404, message: 'Not Found' } as const;
const permissions =
  /Give the job these permissions:\npermissions:\n {2}contents: read\n {2}pull-requests: write/;
const fork = pullRequestEvent();
const fromFork: Writing = {
  event: {
    ...fork,
    pull_request: {
      ...fork.pull_request,
      head: { ...fork.pull_request.head, repo: { full_name: 'eva/site-safety' } },
    },
  },
  env: { GITHUB_EVENT_NAME: 'pull_request' },
};

const wrong: readonly (readonly [string, GithubOptions, Writing, RegExp])[] = [
  ['a token without the permission', { faults: { 'create-comment': refused } }, {}, permissions],
  ['a token that may read nothing', { faults: { '*': refused } }, {}, permissions],
  ['a push by such a token', { faults: { '*': refused } }, { event: pushEvent }, permissions],
  [
    'a fork, whose token may only read',
    { faults: { 'create-comment': refused } },
    fromFork,
    /forks get a token that may only read/,
  ],
  [
    'a fork that was deleted',
    { faults: { 'create-comment': refused } },
    {
      event: { pull_request: { number: 12, head: { sha: 'a'.repeat(40), repo: null } } },
      env: { GITHUB_EVENT_NAME: 'pull_request' },
    },
    /forks get a token that may only read/,
  ],
  [
    'Dependabot, whose token can be given more',
    { faults: { 'create-comment': refused } },
    { env: { GITHUB_ACTOR: 'dependabot[bot]' } },
    permissions,
  ],
  [
    'a locked conversation',
    { pullRequests: [{ number: 12, state: 'open', commits: [headSha], isLocked: true }] },
    {},
    /issue is locked.*Unlock its conversation/,
  ],
  ['a pull request that was deleted', { pullRequests: [] }, {}, /pull request was deleted/],
  [
    'comments that are gone',
    { faults: { 'list-comments': { ...missing, status: 410, message: 'Gone' } } },
    {},
    /deleted/,
  ],
  ['a token that is not valid', {}, { token: 'ghs_expired' }, /github-token: it is wrong or has expired/],
  ['no token', {}, { token: '' }, /github-token is empty/],
  [
    'a text that GitHub does not take',
    { faults: { 'create-comment': { kind: 'status', status: 422, message: 'Validation Failed' } } },
    {},
    /422 "Validation Failed"/,
  ],
  ['an event that cannot be read', {}, { event: '{"pull_request":' }, /GITHUB_EVENT_PATH/],
  ['no GitHub at all', {}, { env: { GITHUB_REPOSITORY: '' } }, /GITHUB_REPOSITORY/],
];

describe('what goes wrong', () => {
  test.each(wrong)('%s is one notice that names the cure', async (_, options, writing, cure) => {
    await using scene = await Scene.start(options);
    const step = await scene.step(writing);
    await step.announce();
    const log = await step.conclude();
    expect(log).toMatchObject({ notices: [expect.stringMatching(cure)], warnings: [], failures: [] });
    expect(log.notices[0]).toMatch(/^The comment on the pull request was not written: /);
    expect(log.notices.join()).not.toMatch(/TypeError|SyntaxError|HttpError|\n\s+at /);
    expect(log.notices[0]).not.toContain(writing.token || workflowToken);
    expect(scene.github.comments).toEqual([]);
    const post = await step.post('Training job_1 was cancelled.');
    expect(post.notices).toEqual([]);
  });

  test('a missing permission is not blamed on a fork where the event has the whole token', async () => {
    await using scene = await Scene.start({ faults: { 'create-comment': refused } });
    const env = { GITHUB_EVENT_NAME: 'pull_request_target' };
    const { notices } = await scene.write({ ...fromFork, env });
    expect(notices).toEqual([expect.stringMatching(permissions)]);
  });

  test('a token that may write comments, but not read pull requests, is enough', async () => {
    await using scene = await Scene.start({ faults: { 'pull-request': refused } });
    const { notices } = await scene.write();
    expect(notices).toEqual([]);
    expect(scene.said()).toMatchObject([{ marker: { phase: 'judged' } }]);
  });
});
