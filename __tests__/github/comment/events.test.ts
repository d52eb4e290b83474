import { describe, expect, test } from 'vitest';
import type { PullRequest } from '../../../simulator/github/world.ts';
import { type PayloadName, payloads, tipOfMain } from '../payloads.ts';
import { headSha, laterSha, pushEvent, Scene } from '../scene.ts';

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
  test.each<{ name: PayloadName; fork?: string }>([
    { name: 'a review' },
    { name: 'a remark on a pull request' },
    { name: 'a workflow run' },
    { name: 'a workflow run of a fork', fork: 'eva/site-safety' },
    { name: 'a workflow run of a branch without a pull request' },
    { name: 'a check' },
    { name: 'a check of a fork', fork: 'eva/site-safety' },
    { name: 'a check suite' },
  ])(
    'is found, and the comment is about its commit: $name',
    async ({ name, fork: repository = 'acme/site-safety' }) => {
      const neighbour = { number: 11, state: 'open', commits: ['b'.repeat(40)], branch: 'other' } as const;
      const wanted = { number: 12, state: 'open', commits: [headSha], repository } as const;
      await using scene = await Scene.start({ pullRequests: [neighbour, wanted] });
      const { event, payload } = payloads[name];
      const env = { GITHUB_EVENT_NAME: event, GITHUB_SHA: tipOfMain, GITHUB_REF: 'refs/heads/main' };
      const log = await scene.write({ event: payload, env });
      expect(commented(scene)).toEqual([12]);
      expect(scene.said()).toMatchObject([{ marker: { sha: headSha } }]);
      expect(log.notices).toEqual([]);
    },
  );
});
