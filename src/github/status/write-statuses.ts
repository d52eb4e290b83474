import { GithubError, isForbidden } from '../github-error.ts';
import type { GithubSession } from '../github-session.ts';
import { type StatusText, setStatus } from './commit-status.ts';
import { standingStatus } from './find-statuses.ts';
import type { FoundStatus } from './found-status.ts';

/** A status that is to take the place of another. */
export interface StatusChange {
  /** What is to be changed, as it was read. */
  readonly found: FoundStatus;
  readonly text: StatusText;
}

/** What became of a change. */
export type WriteResult =
  | { readonly kind: 'written' }
  /** Another status stands there now, and stays; undefined if the commit has none of the kind any more. */
  | { readonly kind: 'replaced'; readonly by: FoundStatus | undefined }
  | { readonly kind: 'not-written'; readonly error: GithubError };

/**
 * Makes the changes one by one, each only if what is to be changed still stands. What GitHub is in no state to take comes again
 * after the others, until the patience ends.
 * @returns what became of each, by the id of what was to be changed
 */
export async function writeStatuses(
  changes: readonly StatusChange[],
  session: GithubSession,
): Promise<ReadonlyMap<string, WriteResult>> {
  const results = new Map<string, WriteResult>();
  const queue = [...changes];
  for (let change = queue.shift(); change !== undefined; change = queue.shift()) {
    try {
      results.set(change.found.id, await changed(change, session));
    } catch (error) {
      if (!(error instanceof GithubError)) throw error;
      if (await isWorthAnother(error, session)) queue.push(change);
      // A token that may set no status may set none of the others.
      else
        for (const { found } of [change, ...(isForbidden(error.failure) ? queue.splice(0) : [])])
          results.set(found.id, { kind: 'not-written', error });
    }
  }
  return results;
}

/** @throws GithubError */
async function changed({ found, text }: StatusChange, { run, api }: GithubSession): Promise<WriteResult> {
  const standing = await standingStatus(found, api);
  if (standing?.id !== found.id)
    return isWanted(standing, { found, text }) ? { kind: 'written' } : { kind: 'replaced', by: standing };
  const { owner, repo } = run;
  await setStatus({ owner, repo, sha: found.sha, context: found.context }, text, api);
  return { kind: 'written' };
}

/** Whether what stands there is what was to be written: an answer was lost, or another step came to the same. */
function isWanted(standing: FoundStatus | undefined, { found, text }: StatusChange): boolean {
  return (
    standing !== undefined &&
    standing.creator === found.creator &&
    standing.state === text.state &&
    standing.description === text.description &&
    standing.targetUrl === text.targetUrl
  );
}

/** Whether another try makes sense. If so, GitHub was left alone for a while. */
async function isWorthAnother(error: GithubError, { api }: GithubSession): Promise<boolean> {
  try {
    await api.patience.pauseAfter(error);
    return true;
  } catch (thrown) {
    if (thrown !== error) throw thrown;
    return false;
  }
}
