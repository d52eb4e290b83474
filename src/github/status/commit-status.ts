import * as v from 'valibot';
import type { GithubApi } from '../github-api.ts';

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
  context: v.string(),
  state: v.string(),
  target_url: v.fallback(v.nullable(v.string()), null),
});

/** A status that is there, as far as it is read. */
export type ShownStatus = v.InferOutput<typeof Shown>;

/** The largest page that GitHub gives. */
const PAGE_SIZE = 100;
/** GitHub keeps 1,000 statuses of a commit and context. */
const MOST_PAGES = 10;

/**
 * The newest status of a context on a commit; undefined if there is none. GitHub lists the newest first.
 * @throws GithubError
 */
export async function newestStatus(
  { owner, repo, sha, context }: StatusPlace,
  api: GithubApi,
): Promise<ShownStatus | undefined> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const listed = await api.read(async ({ rest }) => {
      const place = { owner, repo, ref: sha, per_page: PAGE_SIZE, page };
      return (await rest.repos.listCommitStatusesForRef(place)).data;
    }, v.array(Shown));
    // GitHub's names of contexts compare without case.
    const found = listed.find((status) => status.context.toLowerCase() === context.toLowerCase());
    if (found !== undefined || listed.length < PAGE_SIZE) return found;
  }
  return undefined;
}

/**
 * Sets a status once.
 * @throws GithubError
 */
export async function setStatus(
  { owner, repo, sha, context }: StatusPlace,
  { state, description, targetUrl }: StatusText,
  api: GithubApi,
): Promise<void> {
  const body = { owner, repo, sha, context, state, description, target_url: targetUrl };
  await api.write(
    async ({ rest }) => (await rest.repos.createCommitStatus(body)).data,
    v.object({ context: v.string() }),
  );
}
