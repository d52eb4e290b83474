import type { Clock } from '../lib/clock.ts';
import { reasonOf, TrainGateError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { type CommentPhase, markedText } from './comment-marker.ts';
import type { OpenComment } from './comment-state.ts';
import type { CommentPage } from './comment-text.ts';
import { type Draft, keepOneComment } from './conversation.ts';
import { type GithubApi, openGithub } from './github-api.ts';
import { githubPatience } from './github-patience.ts';
import { pullRequestOf } from './pull-request.ts';
import { readWorkflowRun, type WorkflowRun } from './workflow-run.ts';

/** What a comment needs from outside. */
export interface CommentEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Log;
  /** For one request to GitHub, connection and body included; real time. */
  readonly requestDeadlineMs: number;
}

/** How long GitHub may keep a step waiting. */
export interface Allowance {
  readonly patienceMs: number;
  /** Ends a request at once. */
  readonly cut: AbortSignal;
  /** Ends pauses; a request that is on its way is waited for, so that it cannot arrive after a later one. */
  readonly stop: AbortSignal;
}

/** GitHub, and the workflow run in whose name it is asked. */
export interface CommentSession {
  readonly run: WorkflowRun;
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/**
 * Opens a session; nothing is sent yet.
 * @throws TrainGateError if there is no token, or this is no workflow run
 */
export async function openCommentSession(
  token: string | undefined,
  { env, clock, log, requestDeadlineMs }: CommentEnvironment,
  { patienceMs, cut, stop }: Allowance,
): Promise<CommentSession> {
  if (token === undefined || token === '')
    throw new TrainGateError('github-token is empty', { hint: 'Leave it out, or set it.' });
  const run = await readWorkflowRun(env).catch((error: unknown) => {
    throw new TrainGateError(`the event of this workflow run cannot be read: ${reasonOf(error)}`, {
      hint: 'Look at the file that GITHUB_EVENT_PATH names.',
      cause: error,
    });
  });
  if (run === undefined)
    throw new TrainGateError('this is no workflow run on GitHub (GITHUB_REPOSITORY is not set)');
  const patience = githubPatience(clock.now() + patienceMs, { clock, log, signal: stop });
  const connection = {
    token,
    apiUrl: run.apiUrl,
    clock,
    requestDeadlineMs: Math.min(requestDeadlineMs, patienceMs),
    signal: cut,
    patience,
  };
  return { run, api: openGithub(connection), clock, stop };
}

/** A comment of this run on its pull request, not written yet; undefined if there is no pull request. */
export async function beginComment(
  key: string,
  { run, api }: CommentSession,
): Promise<OpenComment | undefined> {
  const found = await pullRequestOf(run, api);
  if (found === undefined) return undefined;
  return { phase: 'open', key, pullRequest: found.number, mayCreate: found.mayCreate };
}

/** What the comment is to say. */
export interface Said {
  readonly phase: CommentPhase;
  readonly overOwnJudged: boolean;
  text(page: CommentPage): string;
  /** Told of the comment when more is known of it. */
  onKnown(comment: OpenComment): void;
}

/**
 * Writes the comment, unless a newer run's is there.
 * @returns whose text stands
 * @throws GithubError
 */
export function writeComment(
  comment: OpenComment,
  { phase, overOwnJudged, text, onKnown }: Said,
  { run, api, clock, stop }: CommentSession,
): Promise<'ours' | 'another' | 'none'> {
  const { owner, repo } = run;
  const { key, mayCreate, author } = comment;
  const draft: Draft = {
    key,
    mayCreate,
    overOwnJudged,
    author,
    text: (headSha) => markedText(text({ run, headSha }), { key, phase }, run),
    onAuthor: (login) => onKnown({ ...comment, author: login }),
  };
  const issue = { owner, repo, issue_number: comment.pullRequest };
  return keepOneComment(draft, { issue, api, clock, signal: stop });
}
