import * as v from 'valibot';

/** A status that stands as the newest of its context on a commit, as GraphQL tells it. */
export interface FoundStatus {
  readonly sha: string;
  /** GitHub's own id of the commit, by which it is read again. */
  readonly commitId: string;
  /** Of this very status: a later one of the same context has another. */
  readonly id: string;
  readonly context: string;
  /** In small letters, as REST has it. */
  readonly state: string;
  readonly description: string;
  readonly targetUrl: string;
  readonly createdAtMs: number;
  /** Who set it, in the one form that {@link accountName} gives; undefined if the account was deleted. */
  readonly creator: string | undefined;
}

/**
 * One form for an account. A bot has the login `github-actions` and the type Bot in one answer, and is called
 * `github-actions[bot]` in another; no person's login has a bracket (docs/github.md#commit-statuses).
 */
export function accountName(login: string, isBot: boolean): string {
  return isBot && !login.endsWith('[bot]') ? `${login}[bot]` : login;
}

/** The part of a query that asks a commit for its statuses. */
export const STATUSES = `fragment Statuses on Commit {
  id
  oid
  status { contexts { id context state description targetUrl createdAt creator { __typename login } } }
}`;

const Text = v.pipe(
  v.nullable(v.string()),
  v.transform((text) => text ?? ''),
);

const Context = v.object({
  id: v.string(),
  context: v.string(),
  state: v.pipe(v.string(), v.toLowerCase()),
  description: Text,
  targetUrl: Text,
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  creator: v.nullable(v.object({ __typename: v.string(), login: v.string() })),
});

/** A commit in an answer to a query that has {@link STATUSES}: the newest status of each context on it. */
export const Statuses = v.pipe(
  v.object({
    id: v.string(),
    oid: v.string(),
    status: v.nullable(v.object({ contexts: v.array(Context) })),
  }),
  v.transform(({ id: commitId, oid: sha, status }): readonly FoundStatus[] =>
    (status?.contexts ?? []).map(({ createdAt, creator, ...told }) => ({
      ...told,
      sha,
      commitId,
      createdAtMs: Date.parse(createdAt),
      creator: creator === null ? undefined : accountName(creator.login, creator.__typename === 'Bot'),
    })),
  ),
);
