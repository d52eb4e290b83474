import { createHash } from 'node:crypto';
import { messageOf } from '../errors.ts';
import type { Conclusion, RunFacts } from '../report/conclusion.ts';
import { renderReport } from '../report/report.ts';
import type { Log } from './log.ts';
import { type Place, readPlace } from './pull-request.ts';

/** GitHub refuses longer comments; bytes are never fewer than the characters it counts (platform reference, section 3). */
const COMMENT_MAX_BYTES = 65_000;
/** A comment is worth waiting for, but not for long: the verdict stands without it. */
export const COMMENT_DEADLINE_MS = 30_000;

/** What a comment is made from. */
export interface CommentOptions {
  /** As the workflow names them, so that a run that failed early has the same comment as one that did not. */
  readonly project: string;
  readonly modelType: string;
  readonly token: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly deadlineMs: number;
}

/**
 * Keeps one comment on the pull request up to date: one for each workflow, job, project and model type. Whatever goes
 * wrong is a warning that names the cure; it never costs the verdict.
 */
export async function upsertComment(
  conclusion: Conclusion,
  run: RunFacts | undefined,
  { project, modelType, token, env, log, deadlineMs }: CommentOptions,
): Promise<void> {
  try {
    if (token === '') throw new Error('github-token is empty');
    const place = await readPlace(env);
    if (place === undefined)
      throw new Error('this is not a workflow on GitHub (GITHUB_REPOSITORY is not set)');
    const octokit = await connect(token, place, deadlineMs);
    const number = place.pullRequest ?? (await pullRequestOf(octokit, place));
    if (number === undefined)
      throw new Error(`there is no open pull request for commit ${place.sha.slice(0, 7)}`);
    const marker = markerOf(place, project, modelType);
    const body = `${marker}\n${renderReport(conclusion, run, { maxBytes: COMMENT_MAX_BYTES - marker.length })}`;
    await write(octokit, place, number, marker, body, token);
    log.info(`The report is in a comment on pull request #${number}.`);
  } catch (error) {
    log.warning(`The report could not be written to a comment: ${cureFor(error)}`);
  }
}

type Octokit = Awaited<ReturnType<typeof connect>>;

/** Loaded only when a comment is asked for: it is as large as all the rest. */
async function connect(token: string, { apiUrl }: Place, deadlineMs: number) {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  const signal = AbortSignal.timeout(deadlineMs);
  // Not as an option: `request` given there replaces the one that knows the runner's proxy.
  octokit.hook.before('request', (options) => {
    options.request = { ...options.request, signal };
  });
  return octokit;
}

/** On `push` there is no pull request in the event; GitHub knows which ones a commit belongs to. */
async function pullRequestOf(octokit: Octokit, { owner, repo, sha }: Place): Promise<number | undefined> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: sha,
  });
  return data.find(({ state }) => state === 'open')?.number;
}

/** Hidden in the comment, and of letters and digits only, so that no text from outside can close or forge it. */
export function markerOf({ workflow, job }: Place, project: string, modelType: string): string {
  const identity = JSON.stringify([workflow, job, project, modelType]);
  return `<!-- train-gate:${createHash('sha256').update(identity).digest('hex').slice(0, 20)} -->`;
}

async function write(
  octokit: Octokit,
  { owner, repo }: Place,
  number: number,
  marker: string,
  body: string,
  token: string,
): Promise<void> {
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  const isOurs = await ownership(octokit, token);
  const own = comments.find((comment) => comment.body?.startsWith(marker) && isOurs(comment.user));
  if (own) await octokit.rest.issues.updateComment({ owner, repo, comment_id: own.id, body });
  else await octokit.rest.issues.createComment({ owner, repo, issue_number: number, body });
}

type Author = { readonly login: string; readonly type: string } | null;

/**
 * Whether a comment's author is who this token writes as, so that a comment of somebody else that holds the marker is
 * left alone. A token of an app, such as the workflow's own, may not ask who it is (403), but writes as a bot, which no person can.
 */
async function ownership(octokit: Octokit, token: string): Promise<(author: Author) => boolean> {
  if (!token.startsWith('ghs_')) {
    try {
      const { data } = await octokit.rest.users.getAuthenticated();
      return (author) => author?.login === data.login;
    } catch (error) {
      if (statusOf(error) !== 403) throw error;
    }
  }
  return (author) => author?.type === 'Bot';
}

function cureFor(error: unknown): string {
  const status = statusOf(error);
  if (status === 429 || /rate limit/i.test(messageOf(error)))
    return `GitHub limits how often it is asked (${messageOf(error)}). The report is in the job summary; the next run writes the comment.`;
  if (status === 401) return `GitHub does not take the github-token (${messageOf(error)}).`;
  if (status === 403 || status === 404)
    return `the token may not (${messageOf(error)}). Give the job "permissions: pull-requests: write"; pull requests from forks get a read-only token, so there the report is in the job summary only.`;
  return `${messageOf(error)}. The report is in the job summary.`;
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
