import { describe, expect, test } from 'vitest';
import type { PullRequest } from '../../simulator/github/world.ts';
import { headSha, pullRequestEvent, pushEvent, Scene, type Writing } from './scene.ts';

const laterSha = 'f'.repeat(40);
const tipOfMain = 'a'.repeat(40);
const head = `for commit \`${headSha.slice(0, 7)}\`.`;

/** The line that says what a comment is of. */
function originIn(body: string | undefined): string | undefined {
  return body?.split('\n').find((line) => line.startsWith('Written by '));
}

describe('the pull request of a push', () => {
  function open(number: number, ...commits: readonly string[]): PullRequest {
    return { number, state: 'open', commits };
  }
  test.each<{ name: string; pullRequests: readonly PullRequest[]; expected: number }>([
    {
      name: 'is the one whose head the commit is, not one that is stacked on it',
      pullRequests: [open(13, headSha, laterSha), open(12, headSha), open(11, headSha, laterSha)],
      expected: 12,
    },
    {
      name: 'is the first of those whose head it is',
      pullRequests: [open(14, headSha), open(12, headSha)],
      expected: 12,
    },
    {
      name: 'is the first that holds the commit, where by now it is the head of none',
      pullRequests: [open(14, headSha, laterSha), open(12, headSha, laterSha)],
      expected: 12,
    },
    {
      name: 'is none that is closed, though the commit was its head',
      pullRequests: [{ ...open(9, headSha), state: 'closed' }, open(12, headSha, laterSha)],
      expected: 12,
    },
  ])('$name', async ({ pullRequests, expected }) => {
    await using scene = await Scene.start({ pullRequests });
    await scene.write({ event: pushEvent });
    expect(scene.github.comments.map(({ pullRequest }) => pullRequest)).toEqual([expected]);
    expect(originIn(scene.github.comments[0]?.body)).toContain(head);
  });
});

describe('the pull request of another event', () => {
  const issue = { number: 12, pull_request: { url: 'https://api.github.example/pulls/12' } };
  test.each<{ name: string; event: unknown; origin: string }>([
    {
      name: 'a remark on a pull request, which names no commit',
      event: { action: 'created', issue, comment: { id: 1 } },
      origin: '/attempts/1).',
    },
    {
      name: 'a workflow run that a pull request began',
      event: { workflow_run: { head_sha: headSha, pull_requests: [{ number: 12 }] } },
      origin: head,
    },
    { name: 'a review', event: { review: { id: 1 }, ...pullRequestEvent }, origin: head },
  ])('is the one that it names: $name', async ({ event, origin }) => {
    await using scene = await Scene.start();
    const log = await scene.write({ event, env: { GITHUB_SHA: tipOfMain } });
    expect(scene.github.comments).toHaveLength(1);
    expect(originIn(scene.github.comments[0]?.body)?.endsWith(origin)).toBe(true);
    expect(scene.asked().filter((line) => line.endsWith('/pulls'))).toEqual([]);
    expect(log.warnings).toEqual([]);
  });

  test('is looked up by the commit of a workflow run that names none, as from a fork', async () => {
    await using scene = await Scene.start();
    const event = { workflow_run: { head_sha: headSha, pull_requests: [] } };
    await scene.write({ event, env: { GITHUB_SHA: tipOfMain } });
    expect(scene.asked()[0]).toBe(`GET /repos/acme/site-safety/commits/${headSha}/pulls`);
    expect(originIn(scene.github.comments[0]?.body)).toContain(head);
  });

  test.each<{ name: string; event: unknown }>([
    { name: 'a number in words', event: { ...pullRequestEvent, number: 'twelve' } },
    { name: 'a workflow run of another form', event: { ...pullRequestEvent, workflow_run: 7 } },
    { name: 'an issue of another form', event: { ...pullRequestEvent, issue: { number: '12' } } },
    { name: 'a pull request of another form', event: { pull_request: { number: '12' } } },
    { name: 'a list', event: [pullRequestEvent] },
    { name: 'nothing', event: null },
  ])('is found in spite of $name', async ({ event }) => {
    await using scene = await Scene.start();
    const log = await scene.write({ event });
    expect(scene.github.comments).toMatchObject([{ pullRequest: 12 }]);
    expect(log.warnings).toEqual([]);
  });

  test('is none where there is neither a pull request nor a commit', async () => {
    await using scene = await Scene.start();
    const { warnings } = await scene.write({ event: {}, env: { GITHUB_SHA: '' } });
    expect(warnings).toEqual([expect.stringContaining('names neither a pull request nor a commit')]);
  });
});

describe('the line that says what the comment is of', () => {
  const page = '/acme/site-safety/actions/runs/42/attempts';
  test.each<{ name: string; writing: Writing; expected: string }>([
    {
      name: 'names the head of the pull request, not the merge commit',
      writing: { env: { GITHUB_SHA: laterSha } },
      expected: `[this workflow run](https://github.example${page}/1) for commit \`6dcb09b\``,
    },
    {
      name: 'links the attempt',
      writing: { env: { GITHUB_RUN_ATTEMPT: '3' } },
      expected: `[this workflow run](https://github.example${page}/3) for commit \`6dcb09b\``,
    },
    {
      name: 'links to github.com unless told of another server',
      writing: { env: { GITHUB_SERVER_URL: '', GITHUB_RUN_ATTEMPT: '' } },
      expected: `[this workflow run](https://github.com${page}/1) for commit \`6dcb09b\``,
    },
    {
      name: 'links nothing where a local tool runs the action',
      writing: { env: { GITHUB_RUN_ID: '' } },
      expected: 'this workflow run for commit `6dcb09b`',
    },
  ])('$name', async ({ writing, expected }) => {
    await using scene = await Scene.start();
    await scene.write(writing);
    expect(originIn(scene.github.comments[0]?.body)).toBe(`Written by ${expected}.`);
  });
});
