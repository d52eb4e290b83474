import { isRefusal } from './github-error.ts';
import type { WorkflowRun } from './pull-request.ts';

/** The comments on a pull request, as far as they are those of one token. */
export interface Conversation {
  readonly pullRequest: number;
  /** Rewrites the comment that begins with `marker`; false where there is none that this token may rewrite. */
  rewrite(marker: string, rewritten: (before: string) => string): Promise<boolean>;
  create(body: string): Promise<void>;
}

/**
 * Opens the comments on the pull request that the workflow runs for.
 * @param signal until when GitHub is waited for, all requests together
 * @throws Error that says that there is no pull request, or GitHub's
 */
export async function openConversation(
  place: WorkflowRun,
  token: string,
  signal: AbortSignal,
): Promise<Conversation> {
  const { owner, repo } = place;
  const octokit = await connect(token, place, signal);
  const pullRequest = place.pullRequest ?? (await pullRequestOf(octokit, place));
  const issue = { owner, repo, issue_number: pullRequest };
  return {
    pullRequest,
    create: async (body) => {
      await octokit.rest.issues.createComment({ ...issue, body });
    },
    rewrite: async (marker, rewritten) => {
      const { listComments, updateComment } = octokit.rest.issues;
      const comments = await octokit.paginate(listComments, { ...issue, per_page: 100 });
      const isOurs = await ownership(octokit, token);
      for (const { id, body, user } of comments) {
        if (!body?.startsWith(marker) || !isOurs(user)) continue;
        try {
          await updateComment({ owner, repo, comment_id: id, body: rewritten(body) });
          return true;
        } catch (error) {
          // It was of another bot after all, or is gone by now.
          if (!isRefusal(error)) throw error;
        }
      }
      return false;
    },
  };
}

type Octokit = Awaited<ReturnType<typeof connect>>;

/** Loaded only when a comment is asked for: it is as large as all the rest. */
async function connect(token: string, { apiUrl }: WorkflowRun, signal: AbortSignal) {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  // Not as an option: `request` given there replaces the one that knows the runner's proxy.
  octokit.hook.before('request', (options) => {
    options.request = { ...options.request, signal };
  });
  return octokit;
}

/**
 * On `push` there is no pull request in the event; GitHub knows which ones a commit belongs to. Of several, as where
 * one is stacked on another, it is the one whose head the commit is.
 */
async function pullRequestOf(octokit: Octokit, { owner, repo, sha }: WorkflowRun): Promise<number> {
  if (sha === undefined) throw new Error('the event names neither a pull request nor a commit');
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: sha,
  });
  const open = data.filter(({ state }) => state === 'open').toSorted((a, b) => a.number - b.number);
  const found = open.find(({ head }) => head.sha === sha) ?? open[0];
  if (found === undefined) throw new Error(`there is no open pull request for commit ${sha.slice(0, 7)}`);
  return found.number;
}

type Author = { readonly login: string; readonly type: string } | null;

/**
 * Whether a comment's author may be who this token writes as, so that a comment of somebody else that holds the marker
 * is left alone. A token of an app, such as the workflow's own, may not ask who it is (403), but writes as a bot, which
 * no person can; that the bot is another one shows when the comment is to be rewritten.
 */
async function ownership(octokit: Octokit, token: string): Promise<(author: Author) => boolean> {
  if (!token.startsWith('ghs_')) {
    try {
      const { data } = await octokit.rest.users.getAuthenticated();
      return (author) => author?.login === data.login;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return (author) => author?.type === 'Bot';
}
