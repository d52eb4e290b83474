import * as v from 'valibot';
import { isSameName } from '../event.ts';
import { GithubError, isForbidden } from '../github-error.ts';
import type { GithubApi, GithubSession } from '../github-session.ts';
import { type FoundStatus, STATUSES, Statuses } from './find-statuses.ts';

/** What a commit status says. `pending` is the only state that is not the last word. */
export type StatusState = 'pending' | 'success' | 'failure' | 'error';

/** A commit status, but for its context and commit. */
export interface StatusText {
  readonly state: StatusState;
  readonly description: string;
  readonly targetUrl: string;
}

/** One commit of one repository, and one name of a status on it. */
export interface StatusPlace {
  readonly owner: string;
  readonly repo: string;
  readonly sha: string;
  readonly context: string;
}

const Shown = v.object({
  id: v.number(),
  context: v.string(),
  state: v.string(),
  target_url: v.fallback(v.nullable(v.string()), null),
});

/** A status that is there, as far as it is read. */
export type ShownStatus = v.InferOutput<typeof Shown>;

/** The newest status of a context on a commit; undefined if there is none. Throws GithubError. */
export async function newestStatus(
  { owner, repo, sha, context }: StatusPlace,
  api: GithubApi,
): Promise<ShownStatus | undefined> {
  const isWanted = (status: { readonly context: string }) => isSameName(status.context, context);
  const place = { owner, repo, ref: sha, per_page: 100 };
  const listed = await api.read(
    ({ paginate, rest }) =>
      paginate(rest.repos.listCommitStatusesForRef, place, ({ data }, done) => {
        if (data.some(isWanted)) done();
        return data;
      }),
    v.array(Shown),
  );
  return listed.find(isWanted);
}

/** Sets a status by `write`, and tells its id. Throws GithubError. */
export async function setStatus(
  { owner, repo, sha, context }: StatusPlace,
  { state, description, targetUrl }: StatusText,
  write: GithubApi['write'],
): Promise<number> {
  const body = { owner, repo, sha, context, state, description, target_url: targetUrl };
  const { id } = await write(
    async ({ rest }) => (await rest.repos.createCommitStatus(body)).data,
    v.object({ id: v.number() }),
  );
  return id;
}

/** A status that is to take the place of another. */
export interface StatusChange {
  readonly found: FoundStatus;
  readonly text: StatusText;
}

/** What became of a change. */
export type WriteResult =
  | { readonly kind: 'written' }
  /** Another status stands there now, and stays; undefined if the commit has none of the kind any more. */
  | { readonly kind: 'replaced'; readonly by: FoundStatus | undefined }
  | { readonly kind: 'not-written'; readonly error: GithubError };

/** Makes the changes one by one, each only if what it changes still stands. Returns what became of each, by the status's id. */
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
      const isWorthAnother = await session.api.patience.pauseAfter(error).then(
        () => true,
        () => false,
      );
      session.stop.throwIfAborted();
      if (isWorthAnother) queue.push(change);
      // A token that may set no status may set none of the others.
      else
        for (const { found } of [change, ...(isForbidden(error.failure) ? queue.splice(0) : [])])
          results.set(found.id, { kind: 'not-written', error });
    }
  }
  return results;
}

async function changed({ found, text }: StatusChange, { run, api }: GithubSession): Promise<WriteResult> {
  const standing = await standingStatus(found, api);
  if (standing?.id !== found.id)
    return isWanted(standing, { found, text }) ? { kind: 'written' } : { kind: 'replaced', by: standing };
  await setStatus({ ...run, ...found }, text, api.write);
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

const Reread = v.object({ nodes: v.array(v.nullable(Statuses)) });

const REREAD = `query ($ids: [ID!]!) { nodes(ids: $ids) { ...Statuses } }
${STATUSES}`;

/** The status that stands now where `found` was read; undefined if none does. Throws GithubError. */
async function standingStatus(
  { commitId, context, id }: FoundStatus,
  api: GithubApi,
): Promise<FoundStatus | undefined> {
  const { nodes } = await api.read((octokit) => octokit.graphql(REREAD, { ids: [commitId] }), Reread);
  const statuses = nodes.flatMap((own) => own ?? []);
  return (
    statuses.find((each) => each.id === id) ?? statuses.find((each) => isSameName(each.context, context))
  );
}
