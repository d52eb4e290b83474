import { describe, expect, test } from 'vitest';
import { type GithubOptions, workflowToken } from '../../../simulator/github.ts';
import { fork, headSha, pullRequestEvent } from '../payloads.ts';
import { pushEvent, Scene, type Writing } from '../scene.ts';

const refused = { kind: 'status', status: 403, message: 'Resource not accessible by integration' } as const;
const gone = { kind: 'status', status: 410, message: 'Gone' } as const;
const tooLong = { kind: 'status', status: 422, message: 'Validation Failed' } as const;
const mayNot: GithubOptions = { faults: { 'create-comment': refused } };
const mayNothing: GithubOptions = { faults: { '*': refused } };
const locked: GithubOptions = {
  pullRequests: [{ number: 12, state: 'open', commits: [headSha], isLocked: true }],
};
const onPull = { GITHUB_EVENT_NAME: 'pull_request' };
const fromFork: Writing = { event: pullRequestEvent(headSha, fork), env: onPull };
const fromDeleted: Writing = { event: pullRequestEvent(headSha, null), env: onPull };
const byDependabot: Writing = { env: { GITHUB_ACTOR: 'dependabot[bot]' } };
const permissions =
  /Give the job these permissions:\npermissions:\n {2}contents: read\n {2}pull-requests: write/;
const readOnly = /forks get a token that may only read/;

const wrong: readonly (readonly [string, GithubOptions, Writing, RegExp])[] = [
  ['a token without the permission', mayNot, {}, permissions],
  ['a token that may read nothing', mayNothing, {}, permissions],
  ['a push by such a token', mayNothing, { event: pushEvent }, permissions],
  ['a fork, whose token may only read', mayNot, fromFork, readOnly],
  ['a fork that was deleted', mayNot, fromDeleted, readOnly],
  ['Dependabot, whose token can be given more', mayNot, byDependabot, permissions],
  ['a locked conversation', locked, {}, /issue is locked.*Unlock its conversation/],
  ['a pull request that was deleted', { pullRequests: [] }, {}, /pull request was deleted/],
  ['comments that are gone', { faults: { 'list-comments': gone } }, {}, /deleted/],
  ['a token that is not valid', {}, { token: 'ghs_expired' }, /github-token: it is wrong or has expired/],
  ['no token', {}, { token: '' }, /github-token is empty/],
  ['a text that is refused', { faults: { 'create-comment': tooLong } }, {}, /422 "Validation Failed"/],
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
