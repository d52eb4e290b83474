import * as v from 'valibot';
import type { Issue } from './comment/requests.ts';
import type { GithubApi } from './github-api.ts';
import { GithubError, isForbidden } from './github-error.ts';
import { isSame, type WorkflowRun } from './workflow-run.ts';

/** The pull request that a workflow run is for. */
export interface PullRequest {
  readonly number: number;
  /** False for a push that is no longer its head: then a comment that is there may be set right, but none begins. */
  readonly mayCreate: boolean;
}

/** These are of no pull request, although they run on a branch. */
const EVENTS_WITHOUT: ReadonlySet<string> = new Set(['schedule', 'merge_group']);

const Listed = v.array(
  v.object({
    number: v.number(),
    head: v.object({
      ref: v.string(),
      sha: v.string(),
      /** Null if the fork was deleted. */
      repo: v.nullable(v.object({ full_name: v.string() })),
    }),
  }),
);

/**
 * The pull request that the event names; else the open one whose head is the run's branch. One that merely contains the
 * commit, as if one is stacked on another, is the neighbour's. Undefined if there is none.
 * @throws GithubError
 */
export async function pullRequestOf(run: WorkflowRun, api: GithubApi): Promise<PullRequest | undefined> {
  const { owner, repo, sha, branch } = run;
  if (run.pullRequest !== undefined) return { number: run.pullRequest, mayCreate: true };
  if (branch === undefined || sha === undefined || EVENTS_WITHOUT.has(run.event)) return undefined;
  const head = `${branch.repository.split('/')[0]}:${branch.name}`;
  const listed = await api.read(
    async (octokit) =>
      (await octokit.rest.pulls.list({ owner, repo, state: 'open', head, per_page: 100 })).data,
    Listed,
  );
  const ofBranch = listed
    .filter(({ head }) => head.ref === branch.name && isSame(branch.repository, head.repo?.full_name))
    .toSorted((a, b) => a.number - b.number);
  const found = ofBranch.find(({ head }) => head.sha === sha) ?? ofBranch[0];
  return found && { number: found.number, mayCreate: found.head.sha === sha };
}

const Shown = v.object({ head: v.object({ sha: v.string() }) });

/**
 * The commit that the pull request stands at now; undefined if the token may not read it.
 * @throws GithubError, also if there is no such pull request
 */
export async function headOf(
  { owner, repo, issue_number }: Issue,
  api: GithubApi,
): Promise<string | undefined> {
  try {
    const shown = await api.read(
      async (octokit) => (await octokit.rest.pulls.get({ owner, repo, pull_number: issue_number })).data,
      Shown,
    );
    return shown.head.sha;
  } catch (error) {
    // A token with `issues: write` alone may write comments all the same.
    if (error instanceof GithubError && isForbidden(error.failure)) return undefined;
    throw error;
  }
}
