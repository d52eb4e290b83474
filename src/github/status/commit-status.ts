import * as v from 'valibot';
import { isSameName } from '../event.ts';
import type { GithubApi } from '../github-session.ts';

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

/**
 * The newest status of a context on a commit; undefined if there is none. GitHub lists the newest first, on pages that can be
 * shorter than asked for.
 * @throws GithubError
 */
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

/**
 * Sets a status once, and tells its id.
 * @throws GithubError
 */
export async function setStatus(
  { owner, repo, sha, context }: StatusPlace,
  { state, description, targetUrl }: StatusText,
  api: GithubApi,
): Promise<number> {
  const body = { owner, repo, sha, context, state, description, target_url: targetUrl };
  const { id } = await api.write(
    async ({ rest }) => (await rest.repos.createCommitStatus(body)).data,
    v.object({ id: v.number() }),
  );
  return id;
}
