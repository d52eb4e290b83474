import { reasonOf, TrainGateError } from '../../lib/errors.ts';
import { GithubError, statusCure } from '../github-error.ts';
import { type GithubApi, type GithubEnvironment, openGithubSession } from '../github-session.ts';
import { seenCommit } from '../pull-request.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import { newestStatus, type ShownStatus, type StatusText, setStatus } from './commit-status.ts';

interface StatusAccess {
  readonly token: string;
  readonly context: string;
}

/** The status of one context on the commit of this workflow run. All throw TrainGateError that says what to change. */
export interface StatusWriter {
  /** The commit, short, and the newest status; undefined if there is none. */
  newest(access: StatusAccess): Promise<{ readonly commit: string; readonly shown: ShownStatus | undefined }>;
  set(text: StatusText, access: StatusAccess): Promise<void>;
  /** Sets the last word of the step, and sets it again if it is not the newest then: a lost request may land late. */
  setLast(text: StatusText, access: StatusAccess): Promise<void>;
}

/** GitHub may keep the step waiting for this long, each time. */
const PATIENCE_MS = 2 * 60_000;

/** The writer of this step's commit status. Two of the same say no more than one, so what may have arrived is sent again. */
export function statusWriter(context: GithubEnvironment): StatusWriter {
  let sha: string | undefined;
  const open = async ({ token, context: name }: StatusAccess) => {
    const { run, api } = await openGithubSession(token, context, PATIENCE_MS);
    const { owner, repo, rights } = run;
    // Asked once: all statuses of a step are on one commit, also if the pull request moves on.
    sha ??= await commitOf(run, api);
    const commit = sha.slice(0, 7);
    const what = `The status "${name}" of commit ${commit} could not be`;
    const permissions = rights === 'fork' ? READ_ONLY : MAY_SET;
    return { place: { owner, repo, sha, context: name }, api, commit, what, permissions };
  };
  const set = async (text: StatusText, access: StatusAccess) => {
    const { place, api, what, permissions } = await open(access);
    const write = () => setStatus(place, text, api.writeAgain);
    return { place, api, id: await withCure(`${what} set`, permissions, write) };
  };
  return {
    newest: async (access) => {
      const { place, api, commit, what, permissions } = await open(access);
      const shown = await withCure(`${what} read`, permissions, () => newestStatus(place, api));
      return { commit, shown };
    },
    set: async (text, access) => void (await set(text, access)),
    setLast: async (text, access) => {
      const { place, api, id } = await set(text, access);
      try {
        const shown = await newestStatus(place, api);
        if (shown?.id !== id) await setStatus(place, text, api.writeAgain);
      } catch (error) {
        if (!(error instanceof GithubError)) throw error;
        const why = `Whether it is the newest could not be read: ${reasonOf(error)}`;
        context.step.log.info(`The status was set. ${why}`);
      }
    },
  };
}

async function commitOf(run: WorkflowRun, api: GithubApi): Promise<string> {
  const what = 'The pull request, whose newest commit gets the status, could not be read';
  const found = await withCure(what, MAY_READ, () => seenCommit(run, api));
  if (found !== undefined) return found;
  if (run.subject.kind === 'pull-request') throw new TrainGateError(`${what}.`, { hint: MAY_READ });
  throw new TrainGateError(
    'this workflow run has no commit that a status could be set on (GITHUB_SHA is empty)',
  );
}

/** @param permissions what helps if the token may not do it */
async function withCure<Value>(what: string, permissions: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    const hint = statusCure(error.failure, { permissions, later: LATER });
    throw new TrainGateError(`${what}: ${reasonOf(error)}.`, { hint, cause: error });
  }
}

const MAY_READ =
  'The token may not read it. Give the job this permission, beside those that it has:\npermissions:\n  pull-requests: read';
const READ_ONLY =
  'Pull requests from forks get a token that may only read, so "wait: status" cannot be used for them: use "wait: job" there, or start the training from a branch of this repository.';
const MAY_SET =
  'The token may not set it. Give the job this permission, beside those that it has:\npermissions:\n  statuses: write';
const LATER = 'Re-run this job later.';
