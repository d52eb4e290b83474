import * as v from 'valibot';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import { GithubError, githubErrorOf } from './github-error.ts';
import { type GithubPace, type GithubPatience, githubPatience } from './github-patience.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** How long one request may take, connection and body included. */
export const GITHUB_DEADLINE_MS = 5_000;

/** Octokit, which is loaded only when GitHub is asked something: it is nearly as large as all the rest. */
export type Octokit = Awaited<ReturnType<typeof connect>>;

/** One request; what it resolves to is unknown until a schema has read it. */
export type GithubRequest = (octokit: Octokit) => Promise<unknown>;

type Send = <Schema extends v.GenericSchema>(
  request: GithubRequest,
  schema: Schema,
) => Promise<v.InferOutput<Schema>>;

/** GitHub's API, for one purpose. All throw GithubError, or the reason of the signal that ended them. */
export interface GithubApi {
  /** Sends a request that changes nothing, again and again while there is patience. */
  readonly read: Send;
  /** Sends a request that changes something, once: after a failure the caller looks first what became of it. */
  readonly write: Send;
  /** The same for what may be done twice: again and again while there is patience. */
  readonly writeAgain: Send;
  readonly patience: GithubPatience;
}

/** What talking to GitHub needs from outside. */
export interface GithubEnvironment {
  readonly run: WorkflowRun;
  readonly clock: Clock;
  readonly step: { readonly log: Log };
  readonly pace: GithubPace;
  readonly requestDeadlineMs: number;
  /** Aborts when the runner ends the step. */
  readonly signal: AbortSignal;
}

/** GitHub, and the workflow run in whose name it is asked. */
export interface GithubSession {
  readonly run: WorkflowRun;
  readonly api: GithubApi;
  readonly clock: Clock;
  readonly stop: AbortSignal;
}

/**
 * Opens a session; nothing is sent yet. Throws TrainGateError without a token, a workflow run, or a readable event.
 * @param patienceMs how long GitHub may keep the step waiting for nothing: failed requests, pauses and limits together
 * @param stop ends pauses; a request that is on its way is waited for, so that it cannot arrive after a later one
 */
export async function openGithubSession(
  token: string | undefined,
  { run, clock, step: { log }, pace, requestDeadlineMs, signal }: GithubEnvironment,
  patienceMs: number,
  stop = signal,
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
  const deadlineMs = Math.min(requestDeadlineMs, patienceMs);
  const connected = () => connect(token, run.apiUrl, deadlineMs, clock, signal);
  return { run, api: githubApi(connected, patience, clock, signal), clock, stop };
}

function githubApi(
  connect: () => Promise<Octokit>,
  patience: GithubPatience,
  clock: Clock,
  cut: AbortSignal,
): GithubApi {
  let connected: Promise<Octokit> | undefined;
  const sendAs =
    (kind: 'read' | 'write'): Send =>
    async (request, schema) => {
      connected ??= connect();
      const octokit = await connected;
      await patience.ready(kind);
      const beganMs = clock.now();
      try {
        return answerBy(schema, await request(octokit));
      } catch (thrown) {
        cut.throwIfAborted();
        const error = githubErrorOf(thrown, clock.now());
        if (error instanceof GithubError) patience.lost(error, clock.now() - beganMs);
        throw error;
      }
    };
  const patiently =
    (send: Send): Send =>
    async (request, schema) => {
      for (;;) {
        try {
          return await send(request, schema);
        } catch (error) {
          await patience.pauseAfter(error);
        }
      }
    };
  const write = sendAs('write');
  return { read: patiently(sendAs('read')), write, writeAgain: patiently(write), patience };
}

function answerBy<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new GithubError('GitHub answered with something else than its API describes', { kind: 'unreadable' });
}

async function connect(token: string, baseUrl: string, deadlineMs: number, clock: Clock, cut: AbortSignal) {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl });
  // Not as an option: `request` given there replaces the one that knows the runner's proxy.
  octokit.hook.wrap('request', async (request, options) => {
    const deadline = clock.deadline(deadlineMs);
    options.request = { ...options.request, signal: AbortSignal.any([deadline.signal, cut]) };
    try {
      const answer = await request(options);
      // What is no JSON, as a proxy's page or nothing at all, is an empty list to whoever follows pages. 204 has no content.
      if (answer.status !== 204) answerBy(v.looseObject({}), answer.data);
      return answer;
    } catch (error) {
      if (cut.aborted || !deadline.signal.aborted) throw error;
      const seconds = deadlineMs / 1000;
      throw new GithubError(`GitHub gave no whole answer within ${seconds} s`, { kind: 'lost' }, error);
    } finally {
      deadline.end();
    }
  });
  return octokit;
}
