import { reasonOf, TrainGateError } from '../../lib/errors.ts';
import { GithubError, isForbidden, isMissing } from '../github-error.ts';
import { type GithubEnvironment, type GithubSession, openGithubSession } from '../github-session.ts';
import type { Runner } from '../runner.ts';
import {
  newestStatus,
  type ShownStatus,
  type StatusPlace,
  type StatusText,
  setStatus,
} from './commit-status.ts';

/** What a status is set with, and its name. */
export interface StatusInputs {
  readonly token: string | undefined;
  readonly context: string;
}

/** The status of one context on the commit of this workflow run. Both throw TrainGateError that says what to change. */
export interface StatusWriter {
  /** The commit, short, and the newest status; undefined if there is none. */
  newest(inputs: StatusInputs): Promise<{ readonly commit: string; readonly shown: ShownStatus | undefined }>;
  set(text: StatusText, inputs: StatusInputs): Promise<void>;
}

/** GitHub may keep the step waiting for this long, each time. */
const PATIENCE_MS = 2 * 60_000;

/** What the writer needs from outside. */
export interface StatusContext extends Omit<GithubEnvironment, 'log'> {
  readonly step: Pick<Runner, 'log'>;
  /** Aborts when the runner ends the step. */
  readonly signal: AbortSignal;
}

/** The writer of this step's commit status. */
export function statusWriter({ step, signal, ...context }: StatusContext): StatusWriter {
  const open = async ({ token, context: name }: StatusInputs) => {
    const allowance = { patienceMs: PATIENCE_MS, cut: signal, stop: signal };
    const session = await openGithubSession(token, { ...context, log: step.log }, allowance);
    return { session, place: placeIn(session, name) };
  };
  return {
    newest: async (inputs) => {
      const { session, place } = await open(inputs);
      return telling('read', session, place, async () => ({
        commit: place.sha.slice(0, 7),
        shown: await newestStatus(place, session.api),
      }));
    },
    set: async (text, inputs) => {
      const { session, place } = await open(inputs);
      await telling('set', session, place, () => setPatiently(place, text, session));
    },
  };
}

function placeIn({ run: { owner, repo, statusSha } }: GithubSession, context: string): StatusPlace {
  if (statusSha === undefined)
    throw new TrainGateError(
      'this workflow run has no commit that a status could be set on (GITHUB_SHA is empty)',
    );
  return { owner, repo, sha: statusSha, context };
}

/** Two of the same say no more than one, so what may have arrived is sent again. */
async function setPatiently(place: StatusPlace, text: StatusText, { api }: GithubSession): Promise<void> {
  for (;;) {
    try {
      return await setStatus(place, text, api);
    } catch (error) {
      await api.patience.pauseAfter(error);
    }
  }
}

async function telling<Value>(
  what: 'read' | 'set',
  { run }: GithubSession,
  { context, sha }: StatusPlace,
  act: () => Promise<Value>,
): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    const message = `The status "${context}" of commit ${sha.slice(0, 7)} could not be ${what}: ${reasonOf(error)}.`;
    throw new TrainGateError(message, { hint: cureFor(error, run.hasReadOnlyToken), cause: error });
  }
}

function cureFor({ failure }: GithubError, isReadOnly: boolean): string {
  if (isReadOnly && isForbidden(failure))
    return 'Pull requests from forks and by Dependabot get a token that may only read, so "wait: status" cannot be used for them: use "wait: job" there, or start the training from a branch of this repository.';
  if (isForbidden(failure) || isMissing(failure))
    return 'The token may not set it. Give the job this permission, beside those that it has:\npermissions:\n  statuses: write';
  if (failure.kind === 'refused' && failure.status === 401)
    return 'Check github-token: it is wrong or has expired.';
  return 'GitHub may be out of order: re-run this job later.';
}
