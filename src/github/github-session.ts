import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import { type GithubApi, openGithub } from './github-api.ts';
import { type GithubPace, githubPatience } from './github-patience.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What talking to GitHub needs from outside. */
export interface GithubEnvironment {
  readonly run: WorkflowRun;
  readonly clock: Clock;
  readonly log: Log;
  /** One for all sessions of the process. */
  readonly pace: GithubPace;
  /** For one request to GitHub, connection and body included. */
  readonly requestDeadlineMs: number;
}

/** How long GitHub may keep a step waiting. */
export interface Allowance {
  /** For nothing: failed requests, pauses and limits together. */
  readonly patienceMs: number;
  /** Ends a request at once. */
  readonly cut: AbortSignal;
  /** Ends pauses; a request that is on its way is waited for, so that it cannot arrive after a later one. */
  readonly stop: AbortSignal;
}

/** GitHub, and the workflow run in whose name it is asked. */
export interface GithubSession {
  readonly run: WorkflowRun;
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/**
 * Opens a session; nothing is sent yet.
 * @throws TrainGateError if there is no token, or this is no workflow run, or its event cannot be read
 */
export async function openGithubSession(
  token: string | undefined,
  { run, clock, log, pace, requestDeadlineMs }: GithubEnvironment,
  { patienceMs, cut, stop }: Allowance,
): Promise<GithubSession> {
  if (token === undefined || token === '')
    throw new TrainGateError('github-token is empty', { hint: 'Leave it out, or set it.' });
  if (run.owner === '' || run.repo === '')
    throw new TrainGateError('this is no workflow run on GitHub (GITHUB_REPOSITORY is not set)');
  if (run.subject.kind === 'unreadable')
    throw new TrainGateError(`the event of this workflow run cannot be read: ${run.subject.why}`, {
      hint: 'Look at the file that GITHUB_EVENT_PATH names.',
    });
  const patience = githubPatience(patienceMs, pace, { clock, log, signal: stop });
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
