import { describe, expect, test } from 'vitest';
import type { PullRequest } from '../../../simulator/github/world.ts';
import { type PayloadName, payloads, tipOfMain } from '../payloads.ts';
import { headSha, laterSha, pushEvent, Scene } from '../scene.ts';

/** The pull requests that have comments. */
function commented(scene: Scene): readonly number[] {
  return scene.github.comments.map(({ pullRequest }) => pullRequest);
}

function open(number: number, changes: Partial<PullRequest> = {}): PullRequest {
  return { number, state: 'open', commits: [headSha], ...changes };
}

describe('the pull request of a push', () => {
  const neighbour = open(11, { commits: [headSha, laterSha], branch: 'stacked-on-it' });
  const below = open(13, { branch: 'below-it', commits: [tipOfMain] });
  const ofFork = open(11, { repository: 'eva/site-safety' });
  const ofSameOwner = open(11, { repository: 'acme/fork' });

  test.each<readonly [string, readonly PullRequest[], readonly number[]]>([
    ['is the open one of its branch', [open(12)], [12]],
    ['is not the one that is stacked on it, and contains the commit too', [neighbour, open(12), below], [12]],
    ['is none where only the neighbour is open', [neighbour], []],
    ['is not one whose branch stands at the same commit', [open(11, { branch: 'other' }), open(12)], [12]],
    ["is not one of a fork's branch of the same name", [ofFork, open(12)], [12]],
    ["is not one of the owner's other repository", [ofSameOwner, open(12)], [12]],
    ['is not one that is closed', [open(9, { state: 'closed' }), open(12)], [12]],
    ['is the first of those whose head it is', [open(14), open(12)], [12]],
    ['is the one whose head it is', [open(11, { commits: [laterSha] }), open(12)], [12]],
    ['is none where its branch has moved on', [open(12, { commits: [headSha, laterSha] })], []],
    ['is none on a branch without one', [], []],
  ])('%s', async (_, pullRequests, expected) => {
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
  });

  const queue = 'refs/heads/gh-readonly-queue/main/pr-12-abc';
  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a schedule', { GITHUB_EVENT_NAME: 'schedule' }],
    ['a merge queue', { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: queue }],
    ['a tag', { GITHUB_REF: 'refs/tags/v1' }],
  ])('is not looked for on %s', async (_, env) => {
    await using scene = await Scene.start();
    const log = await scene.write({ event: {}, env });
    expect(scene.asked()).toEqual([]);
    expect(log).toMatchObject({ notices: [], warnings: [] });
    expect(log.infos).toEqual(['There is no open pull request for this commit, so there is no comment.']);
  });
});

test.each<PayloadName>([
  'a review',
  'a remark on a pull request',
  'a workflow run',
  'a workflow run of a fork',
  'a workflow run of a branch without a pull request',
  'a check',
  'a check of a fork',
  'a check suite',
])('the pull request of another event is found, and the comment is about its commit: %s', async (name) => {
  const repository = name.endsWith('of a fork') ? 'eva/site-safety' : 'acme/site-safety';
  const neighbour = open(11, { commits: ['b'.repeat(40)], branch: 'other' });
  await using scene = await Scene.start({ pullRequests: [neighbour, open(12, { repository })] });
  const { event, payload } = payloads[name];
  const env = { GITHUB_EVENT_NAME: event, GITHUB_SHA: tipOfMain, GITHUB_REF: 'refs/heads/main' };
  const log = await scene.write({ event: payload, env });
  expect(commented(scene)).toEqual([12]);
  expect(scene.said()).toMatchObject([{ marker: { sha: headSha } }]);
  expect(log.notices).toEqual([]);
});
