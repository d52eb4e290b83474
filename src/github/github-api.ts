import * as v from 'valibot';
import type { Clock } from '../lib/clock.ts';
import { GithubError, githubErrorOf } from './github-error.ts';
import type { GithubPatience } from './github-patience.ts';

/** How long one request may take, connection and body included. */
export const GITHUB_DEADLINE_MS = 5_000;

/** Octokit, which is loaded only when GitHub is asked something: it is nearly as large as all the rest. */
export type Octokit = Awaited<ReturnType<typeof connect>>;

/** One request; what it resolves to is unknown until a schema has read it. */
export type GithubRequest = (octokit: Octokit) => Promise<unknown>;

/** GitHub's API, for one purpose. All throw GithubError, or the reason of the signal that ended them. */
export interface GithubApi {
  /** Sends a request that changes nothing, again and again while there is patience. */
  read<Schema extends v.GenericSchema>(
    request: GithubRequest,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>>;
  /** Sends a request that changes something, once: after a failure the caller looks first what became of it. */
  write<Schema extends v.GenericSchema>(
    request: GithubRequest,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>>;
  readonly patience: GithubPatience;
}

/** With what GitHub is asked. */
export interface GithubConnection {
  readonly token: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** Cuts a request at once. */
  readonly signal: AbortSignal;
  readonly patience: GithubPatience;
}

/** Opens GitHub's API; nothing is sent yet. */
export function openGithub({ patience, ...connection }: GithubConnection): GithubApi {
  const { clock, signal } = connection;
  let connected: Promise<Octokit> | undefined;
  const send = async <Schema extends v.GenericSchema>(
    kind: 'read' | 'write',
    request: GithubRequest,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>> => {
    connected ??= connect(connection);
    const octokit = await connected;
    await patience.ready(kind);
    const beganMs = clock.now();
    try {
      return answerBy(schema, await request(octokit));
    } catch (thrown) {
      signal.throwIfAborted();
      const error = githubErrorOf(thrown, clock.now());
      if (error instanceof GithubError) patience.lost(error, clock.now() - beganMs);
      throw error;
    }
  };
  return {
    write: (request, schema) => send('write', request, schema),
    read: async (request, schema) => {
      for (;;) {
        try {
          return await send('read', request, schema);
        } catch (error) {
          await patience.pauseAfter(error);
        }
      }
    },
    patience,
  };
}

function answerBy<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new GithubError('GitHub answered with something else than its API describes', { kind: 'unreadable' });
}

const NO_CONTENT = 204;

async function connect({
  token,
  apiUrl,
  clock,
  requestDeadlineMs,
  signal,
}: Omit<GithubConnection, 'patience'>) {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  // Not as an option: `request` given there replaces the one that knows the runner's proxy.
  octokit.hook.wrap('request', async (request, options) => {
    const deadline = clock.deadline(requestDeadlineMs);
    options.request = { ...options.request, signal: AbortSignal.any([deadline.signal, signal]) };
    try {
      const answer = await request(options);
      // What is no JSON, as a proxy's page or nothing at all, is an empty list to whoever follows pages.
      if (answer.status !== NO_CONTENT) answerBy(v.looseObject({}), answer.data);
      return answer;
    } catch (error) {
      if (signal.aborted || !deadline.signal.aborted) throw error;
      const seconds = requestDeadlineMs / 1000;
      throw new GithubError(`GitHub gave no whole answer within ${seconds} s`, { kind: 'lost' }, error);
    } finally {
      deadline.end();
    }
  });
  return octokit;
}
