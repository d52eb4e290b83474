import { describe, expect, test } from 'vitest';
import { type GithubOptions, workflowToken } from '../../simulator/github.ts';
import { headSha, pushEvent, Scene, type Writing } from './scene.ts';

const refused = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
const wrong: readonly (readonly [string, GithubOptions, Writing, RegExp])[] = [
  ['a token without the permission', { faults: { 'create-comment': refused } }, {}, /pull-requests: write/],
  ['a fork, whose token is read-only', { faults: { 'create-comment': refused } }, {}, /fork/],
  [
    'a token that sees no pull requests',
    { faults: { 'list-comments': { kind: 'status', status: 404, message: 'Not Found' } } },
    {},
    /pull-requests: write/,
  ],
  [
    'a push by such a token',
    { faults: { 'pull-requests-of-commit': refused } },
    { event: pushEvent },
    /pull-requests: write/,
  ],
  ['a token that is not valid', {}, { token: 'ghs_expired' }, /github-token/],
  ['a token of a person that is not valid', {}, { token: 'ghp_expired' }, /github-token/],
  ['no token', {}, { token: '' }, /github-token is empty/],
  ['no pull request', { pullRequests: [] }, { event: pushEvent }, /no open pull request.*6dcb09b/],
  [
    'only a closed pull request',
    { pullRequests: [{ number: 9, state: 'closed', commits: [headSha] }] },
    { event: pushEvent },
    /no open pull request/,
  ],
  ['a pull request without comments for us', { pullRequests: [] }, {}, /pull-requests: write/],
  [
    'an error of GitHub',
    { faults: { '*': { kind: 'status', status: 500, message: 'Server Error' } } },
    {},
    /job summary/,
  ],
  ['an error page of GitHub', { faults: { '*': { kind: 'html', status: 502 } } }, {}, /job summary/],
  ['a connection that breaks', { faults: { '*': { kind: 'reset' } } }, {}, /job summary/],
  [
    'an error after the comments are read',
    { faults: { 'create-comment': { kind: 'status', status: 503, message: 'Unavailable' } } },
    {},
    /job summary/,
  ],
  ['an event that cannot be read', {}, { event: '{"pull_request":' }, /job summary|GITHUB_EVENT_PATH/],
  ['no GitHub at all', {}, { env: { GITHUB_REPOSITORY: '' } }, /GITHUB_REPOSITORY/],
];

describe('what goes wrong', () => {
  test.each(wrong)('%s is one warning that names the cure', async (_, options, writing, cure) => {
    await using scene = await Scene.start(options);
    const log = await scene.write(writing);
    expect(log).toMatchObject({ warnings: [expect.stringMatching(cure)], failures: [] });
    expect(log.warnings[0]).not.toContain(writing.token || workflowToken);
    expect(scene.github.comments).toEqual([]);
  });

  test('a rate limit is not blamed on the permissions', async () => {
    await using scene = await Scene.start({ faults: { 'create-comment': { kind: 'secondary-rate-limit' } } });
    const { warnings } = await scene.write();
    expect(warnings).toEqual([expect.stringContaining('secondary rate limit')]);
    expect(warnings[0]).not.toContain('pull-requests: write');
  });

  test.each(['*', 'create-comment', 'pull-requests-of-commit'] as const)(
    'GitHub that hangs (%s) is given up after the deadline, with one warning',
    async (route) => {
      await using scene = await Scene.start({ faults: { [route]: { kind: 'hang' } } });
      const log = await scene.write({ event: pushEvent, deadlineMs: 50 });
      expect(log).toMatchObject({ warnings: [expect.stringContaining('job summary')], failures: [] });
    },
    10_000,
  );
});
