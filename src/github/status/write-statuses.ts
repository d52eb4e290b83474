import type { Clock } from '../../lib/clock.ts';
import { GithubError, isForbidden, isPassing } from '../github-error.ts';
import type { GithubSession } from '../github-session.ts';
import { type StatusText, setStatus } from './commit-status.ts';
import { readStatusesAgain } from './find-statuses.ts';
import type { FoundStatus } from './found-status.ts';

/** A status that is to take the place of another. */
export interface StatusChange {
  /** What is to be changed, as it was read. */
  readonly found: FoundStatus;
  readonly text: StatusText;
}

/** What became of a change. `replaced`: a newer status stands there, and stays. */
export type WriteResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'not-written'; readonly error: Error };

/** Opens GitHub with fresh patience. */
export type OpenGithub = () => Promise<GithubSession>;

/** GitHub takes 80 writes a minute, and asks for a second between two (docs/github.md#limits). */
const PACE_MS = 1_000;
/** What is written in half a minute: what is changed was read no longer ago than that. */
const BATCH = 25;

/**
 * Makes the changes, each only if what is to be changed still stands. What GitHub is in no state to take is tried again after the
 * others, as long as anything succeeds, and then until the patience ends.
 * @returns what became of each, by the id of what was to be changed
 */
export async function writeStatuses(
  changes: readonly StatusChange[],
  open: OpenGithub,
  clock: Clock,
): Promise<ReadonlyMap<string, WriteResult>> {
  const results = new Map<string, WriteResult>();
  let queue = changes;
  let session = await open();
  try {
    while (queue.length > 0) {
      const before = results.size;
      const { again, error, isLimited } = await writeBatch(queue.slice(0, BATCH), results, session, clock);
      queue = [...queue.slice(BATCH), ...again];
      const hasSucceeded = results.size > before;
      if (hasSucceeded) session = await open();
      const mustPause = !hasSucceeded || isLimited || again.length === queue.length;
      if (error !== undefined && mustPause) await session.api.patience.pauseAfter(error);
    }
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    for (const { found } of queue)
      if (!results.has(found.id)) results.set(found.id, { kind: 'not-written', error });
  }
  return results;
}

/** What of a batch is to be tried again, and why. */
interface Round {
  readonly again: readonly StatusChange[];
  readonly error: GithubError | undefined;
  readonly isLimited: boolean;
}

/** @throws GithubError if nothing can be read, or nothing written at all */
async function writeBatch(
  batch: readonly StatusChange[],
  results: Map<string, WriteResult>,
  session: GithubSession,
  clock: Clock,
): Promise<Round> {
  const now = await readStatusesAgain(
    batch.map(({ found }) => found.commitId),
    session.api,
  );
  const again: StatusChange[] = [];
  let error: GithubError | undefined;
  let hasWritten = false;
  for (const [index, change] of batch.entries()) {
    const { found } = change;
    const standing = now.find((status) => status.sha === found.sha && status.context === found.context);
    if (standing?.id !== found.id) {
      results.set(found.id, { kind: isWanted(standing, change) ? 'written' : 'replaced' });
      continue;
    }
    if (hasWritten) await clock.sleep(PACE_MS, session.stop);
    hasWritten = true;
    const failed = await tried(change, session);
    if (failed === undefined) results.set(found.id, { kind: 'written' });
    else if (!isPassing(failed.failure)) results.set(found.id, { kind: 'not-written', error: failed });
    else {
      error = failed;
      again.push(change);
      // Who goes on after a limit is locked out for longer.
      if (failed.failure.kind === 'limited')
        return { again: [...again, ...batch.slice(index + 1)], error, isLimited: true };
    }
  }
  return { again, error, isLimited: false };
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

/** @throws GithubError if the token may set no status at all */
async function tried(
  { found: { sha, context }, text }: StatusChange,
  { run: { owner, repo }, api }: GithubSession,
): Promise<GithubError | undefined> {
  try {
    await setStatus({ owner, repo, sha, context }, text, api);
    return undefined;
  } catch (error) {
    if (!(error instanceof GithubError) || isForbidden(error.failure)) throw error;
    return error;
  }
}
