import { describe, expect, test } from 'vitest';
import type { PullRequest } from '../../../simulator/github/world.ts';
import { headSha, laterSha, pullRequestEvent, pushEvent, Scene } from '../scene.ts';

const tipOfMain = 'a'.repeat(40);

/** The pull requests that have comments. */
function commented(scene: Scene): readonly number[] {
  return scene.github.comments.map(({ pullRequest }) => pullRequest);
}

describe('the pull request of a push', () => {
  function open(number: number, changes: Partial<PullRequest> = {}): PullRequest {
    return { number, state: 'open', commits: [headSha], ...changes };
  }
  const neighbour = open(11, { commits: [headSha, laterSha], branch: 'stacked-on-it' });

  test.each<{ name: string; pullRequests: readonly PullRequest[]; expected: readonly number[] }>([
    { name: 'is the open one of its branch', pullRequests: [open(12)], expected: [12] },
    {
      name: 'is not the one that is stacked on it, and contains the commit too',
      pullRequests: [neighbour, open(12), open(13, { branch: 'below-it', commits: [tipOfMain] })],
      expected: [12],
    },
    { name: 'is none where only the neighbour is open', pullRequests: [neighbour], expected: [] },
    {
      name: 'is not one whose branch stands at the same commit',
      pullRequests: [open(11, { branch: 'same-commit' }), open(12)],
      expected: [12],
    },
    {
      name: "is not one of a fork's branch of the same name",
      pullRequests: [open(11, { repository: 'eva/site-safety' }), open(12)],
      expected: [12],
    },
    {
      name: 'is not one that is closed',
      pullRequests: [open(9, { state: 'closed' }), open(12)],
      expected: [12],
    },
    {
      name: 'is the first of those whose head it is',
      pullRequests: [open(14), open(12)],
      expected: [12],
    },
    {
      name: 'is none where its branch has moved on: the next push tells',
      pullRequests: [open(12, { commits: [headSha, laterSha] })],
      expected: [],
    },
    { name: 'is none on a branch without one', pullRequests: [], expected: [] },
  ])('$name', async ({ pullRequests, expected }) => {
    await using scene = await Scene.start({ pullRequests });
    const log = await scene.write({ event: pushEvent });
    expect(commented(scene)).toEqual(expected);
    expect(log).toMatchObject({ notices: [], warnings: [], failures: [] });
    expect(log.infos).toHaveLength(1);
  });

  test('whose branch moved on meanwhile is not left saying that the training goes on', async () => {
    await using scene = await Scene.start();
    const step = await scene.step({ event: pushEvent });
    await step.announce();
    scene.github.push(12, laterSha);
    await step.conclude();
    expect(scene.said()).toMatchObject([{ marker: { phase: 'judged' } }]);
    expect(scene.github.comments[0]?.body).toContain('moved on since, to `fffffff`');
  });

  test.each<{ name: string; env: Readonly<Record<string, string>> }>([
    { name: 'a schedule', env: { GITHUB_EVENT_NAME: 'schedule' } },
    {
      name: 'a merge queue',
      env: { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-12-abc' },
    },
    { name: 'a tag', env: { GITHUB_REF: 'refs/tags/v1' } },
  ])('is not looked for on $name', async ({ env }) => {
    await using scene = await Scene.start();
    const log = await scene.write({ event: {}, env });
    expect(scene.asked()).toEqual([]);
    expect(log).toMatchObject({ notices: [], warnings: [] });
    expect(log.infos).toEqual(['There is no open pull request for this commit, so there is no comment.']);
  });
});

describe('the pull request of another event', () => {
  const issue = { number: 12, pull_request: { url: 'https://api.github.example/pulls/12' } };
  const ofBranch = { number: 12, head: { ref: 'wider-lens', sha: headSha } };
  const begun = {
    head_sha: headSha,
    head_branch: 'wider-lens',
    head_repository: { full_name: 'acme/site-safety' },
  };

  test.each<{ name: string; event: unknown; sha: string | undefined }>([
    {
      name: 'a remark on a pull request, which names no commit',
      event: { action: 'created', issue, comment: { id: 1 } },
      sha: undefined,
    },
    {
      name: 'a workflow run that a pull request began, not the neighbour',
      event: {
        workflow_run: {
          ...begun,
          pull_requests: [{ number: 11, head: { ref: 'stacked-on-it', sha: laterSha } }, ofBranch],
        },
      },
      sha: headSha,
    },
    { name: 'a review', event: { review: { id: 1 }, ...pullRequestEvent() }, sha: headSha },
  ])('is the one that it names: $name', async ({ event, sha }) => {
    await using scene = await Scene.start();
    const log = await scene.write({ event, env: { GITHUB_SHA: tipOfMain } });
    expect(commented(scene)).toEqual([12]);
    expect(scene.said()).toMatchObject([{ marker: { sha } }]);
    expect(scene.routes()).not.toContain('list-pull-requests');
    expect(log.notices).toEqual([]);
  });

  test('is looked up by the branch of a workflow run that names none, as from a fork', async () => {
    const fork = { number: 12, state: 'open', commits: [headSha], repository: 'eva/site-safety' } as const;
    await using scene = await Scene.start({ pullRequests: [fork] });
    const head_repository = { full_name: 'eva/site-safety' };
    const event = { workflow_run: { ...begun, head_repository, pull_requests: [] } };
    await scene.write({ event, env: { GITHUB_SHA: tipOfMain } });
    expect(scene.github.requests[0]?.query.head).toBe('eva:wider-lens');
    expect(commented(scene)).toEqual([12]);
  });

  test.each<{ name: string; event: unknown }>([
    { name: 'a number in words', event: { ...pullRequestEvent(), number: 'twelve' } },
    { name: 'a workflow run of another form', event: { ...pullRequestEvent(), workflow_run: 7 } },
    { name: 'an issue of another form', event: { ...pullRequestEvent(), issue: { number: '12' } } },
    { name: 'a pull request of another form', event: { pull_request: { number: '12' } } },
    { name: 'a number that is of no pull request', event: { number: 11, issue: { number: 11 } } },
    { name: 'a list', event: [pullRequestEvent()] },
    { name: 'nothing', event: null },
  ])('is found in spite of $name', async ({ event }) => {
    await using scene = await Scene.start();
    const log = await scene.write({ event });
    expect(commented(scene)).toEqual([12]);
    expect(log.notices).toEqual([]);
  });
});
