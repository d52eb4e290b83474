import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withholdsSecrets } from '../../src/github/secrets.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'event-'));
const file = path.join(folder, 'event.json');

afterAll(() => rm(folder, { recursive: true }));

/** The event of a pull request from `head`; null for a repository that was deleted. */
function pullRequestFrom(head: string | null) {
  const repo = head === null ? null : { full_name: head };
  return { pull_request: { head: { repo }, base: { repo: { full_name: 'acme/hats' } } } };
}

test.each<{ what: string; name: string; event: unknown; actor?: string; expected: boolean }>([
  {
    what: 'a pull request from a fork',
    name: 'pull_request',
    event: pullRequestFrom('eva/hats'),
    expected: true,
  },
  {
    what: 'a pull request from a fork that was deleted',
    name: 'pull_request',
    event: pullRequestFrom(null),
    expected: true,
  },
  {
    what: 'a review of a pull request from a fork',
    name: 'pull_request_review',
    event: pullRequestFrom('eva/hats'),
    expected: true,
  },
  {
    what: 'a comment in a review of one from a fork',
    name: 'pull_request_review_comment',
    event: pullRequestFrom('eva/hats'),
    expected: true,
  },
  {
    what: 'a pull request of Dependabot, which is from the repository itself',
    name: 'pull_request',
    event: pullRequestFrom('acme/hats'),
    actor: 'dependabot[bot]',
    expected: true,
  },
  { what: 'a push of Dependabot', name: 'push', event: {}, actor: 'dependabot[bot]', expected: true },
  {
    what: 'a pull request from the repository itself',
    name: 'pull_request',
    event: pullRequestFrom('acme/hats'),
    expected: false,
  },
  {
    what: 'a review of one from the repository itself',
    name: 'pull_request_review',
    event: pullRequestFrom('acme/hats'),
    expected: false,
  },
  {
    what: 'pull_request_target, which gets secrets also for a fork',
    name: 'pull_request_target',
    event: pullRequestFrom('eva/hats'),
    expected: false,
  },
  { what: 'a push', name: 'push', event: { ref: 'refs/heads/main' }, expected: false },
  { what: 'the merge queue', name: 'merge_group', event: { merge_group: {} }, expected: false },
  { what: 'a pull request whose event is odd', name: 'pull_request', event: { number: 12 }, expected: false },
  { what: 'a pull request whose event is no JSON', name: 'pull_request', event: '{', expected: false },
])('secrets are withheld from $what: $expected', async ({ name, event, actor = 'eva', expected }) => {
  await writeFile(file, typeof event === 'string' ? event : JSON.stringify(event));
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, GITHUB_ACTOR: actor };
  expect(withholdsSecrets(env)).toBe(expected);
});

test.each<{ what: string; env: NodeJS.ProcessEnv }>([
  { what: 'there is no file', env: { GITHUB_EVENT_PATH: path.join(folder, 'none.json') } },
  { what: 'no file is named', env: {} },
])('secrets are not known to be withheld if $what', ({ env }) => {
  expect(withholdsSecrets({ GITHUB_EVENT_NAME: 'pull_request', ...env })).toBe(false);
});
