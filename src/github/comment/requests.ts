import * as v from 'valibot';
import type { GithubApi } from '../github-api.ts';
import { GithubError, isMissing } from '../github-error.ts';

/** A pull request as its comments are found: to GitHub, each is an issue too (docs/github.md#comments). */
export interface Issue {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

const Comment = v.object({
  id: v.number(),
  body: v.fallback(v.string(), ''),
  /** Null if the account was deleted. */
  user: v.nullable(v.object({ login: v.string() })),
});

/** A comment, as far as it is read. */
export type Comment = v.InferOutput<typeof Comment>;

/** The largest page that GitHub gives. */
const PAGE_SIZE = 100;

/** All comments on `issue`, the oldest first. */
export async function listComments(issue: Issue, api: GithubApi): Promise<readonly Comment[]> {
  const all: Comment[] = [];
  for (let page = 1; ; page += 1) {
    const listed = await api.read(async ({ rest }) => {
      const { data } = await rest.issues.listComments({ ...issue, per_page: PAGE_SIZE, page });
      return data;
    }, v.array(Comment));
    all.push(...listed);
    if (listed.length < PAGE_SIZE) return all;
  }
}

/** One comment; undefined if there is no such one. */
export async function readComment(
  { owner, repo }: Issue,
  id: number,
  api: GithubApi,
): Promise<Comment | undefined> {
  try {
    return await api.read(
      async ({ rest }) => (await rest.issues.getComment({ owner, repo, comment_id: id })).data,
      Comment,
    );
  } catch (error) {
    if (error instanceof GithubError && isMissing(error.failure)) return undefined;
    throw error;
  }
}

/** Creates a comment, and tells it as GitHub keeps it. */
export function createComment(issue: Issue, body: string, api: GithubApi): Promise<Comment> {
  return api.write(async ({ rest }) => (await rest.issues.createComment({ ...issue, body })).data, Comment);
}

/** Gives a comment another text. */
export async function updateComment(
  { owner, repo }: Issue,
  id: number,
  body: string,
  api: GithubApi,
): Promise<void> {
  await api.write(
    async ({ rest }) => (await rest.issues.updateComment({ owner, repo, comment_id: id, body })).data,
    Comment,
  );
}

/** Deletes a comment. */
export async function deleteComment({ owner, repo }: Issue, id: number, api: GithubApi): Promise<void> {
  await api.write(
    async ({ rest }) => (await rest.issues.deleteComment({ owner, repo, comment_id: id })).status,
    v.literal(204),
  );
}

const Viewer = v.object({ viewer: v.object({ login: v.string() }) });

/**
 * The account that the token writes as. REST does not tell it to the token of an app, such as a workflow's own; GraphQL
 * tells it to all (docs/github.md#comments). Undefined if a server has no GraphQL: then no comment that is there is
 * taken for ours, and the first one that is created tells.
 */
export async function viewerOf(api: GithubApi): Promise<string | undefined> {
  try {
    const { viewer } = await api.read((octokit) => octokit.graphql('query { viewer { login } }'), Viewer);
    return viewer.login;
  } catch (error) {
    const isTold = error instanceof GithubError && error.failure.kind === 'refused';
    if (!isTold || error.failure.status === 401) throw error;
    return undefined;
  }
}
