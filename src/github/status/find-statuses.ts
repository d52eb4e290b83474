import * as v from 'valibot';
import type { GithubApi } from '../github-session.ts';
import type { WorkflowRun } from '../workflow-run.ts';

/** A status that stands as the newest of its context on a commit, as GraphQL tells it. */
export interface FoundStatus {
  readonly sha: string;
  readonly commitId: string;
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

/** One form for an account: a bot is `github-actions` of type Bot here, `github-actions[bot]` there (docs/internals/github.md#commit-statuses). */
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

/** A commit at which statuses can be waited for, and where it was found. */
export interface FoundCommit {
  readonly pullRequest: number | undefined;
  readonly statuses: readonly FoundStatus[];
}

const MOST_COMMITS = 20;
const PAGE_SIZE = 100;

const Branch = v.nullable(
  v.object({ target: v.nullable(v.object({ history: v.object({ nodes: v.array(Statuses) }) })) }),
);
const Queue = v.nullable(v.object({ nodes: v.array(v.object({ target: v.nullable(Statuses) })) }));
const Branches = v.objectWithRest(
  { viewer: v.object({ login: v.string() }), queue: v.object({ refs: Queue }) },
  v.object({ branch: Branch }),
);

/** The newest commits of `branches`, else of the default branch, and of the merge queue; which are missing; and the token's account. Throws GithubError. */
export async function findOnBranches(
  { owner, repo }: Pick<WorkflowRun, 'owner' | 'repo'>,
  branches: readonly string[],
  api: GithubApi,
) {
  const names = Object.fromEntries(branches.map((branch, index) => [`b${index}`, `refs/heads/${branch}`]));
  const query = branchesQuery(Object.keys(names));
  const read = await api.read((octokit) => octokit.graphql(query, { owner, repo, ...names }), Branches);
  const { viewer, queue, ...found } = read;
  const onBranches = Object.values(found).flatMap(({ branch }) => branch?.target?.history.nodes ?? []);
  const queued = (queue.refs?.nodes ?? []).flatMap(({ target }) => (target === null ? [] : [target]));
  return {
    commits: [...onBranches, ...queued].map((statuses) => ({ pullRequest: undefined, statuses })),
    missing: branches.filter((_, index) => found[`b${index}`]?.branch === null),
    account: viewer.login,
  };
}

/** The names of branches travel as variables, so that none can change the query. */
function branchesQuery(variables: readonly string[]): string {
  const history = `{ target { ... on Commit { history(first: ${MOST_COMMITS}) { nodes { ...Statuses } } } } }`;
  const ofRepository = (name: string, part: string) =>
    `${name}: repository(owner: $owner, name: $repo) { branch: ${part} ${history} }`;
  const asked = variables.map((name) => ofRepository(name, `ref(qualifiedName: $${name})`));
  const declared = variables.map((name) => `, $${name}: String!`).join('');
  return `query ($owner: String!, $repo: String!${declared}) {
  viewer { login }
  queue: repository(owner: $owner, name: $repo) {
    refs(refPrefix: "refs/heads/gh-readonly-queue/", first: ${PAGE_SIZE}) { nodes { target { ...Statuses } } }
  }
  ${asked.length === 0 ? ofRepository('main', 'defaultBranchRef') : asked.join('\n  ')}
}
${STATUSES}`;
}

const PullRequests = v.object({
  repository: v.object({
    pullRequests: v.object({
      nodes: v.array(
        v.object({
          number: v.number(),
          commits: v.object({ nodes: v.array(v.object({ commit: Statuses })) }),
        }),
      ),
      pageInfo: v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) }),
    }),
  }),
});

const PULL_REQUESTS = `query ($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, first: ${PAGE_SIZE}, after: $after) {
      nodes { number commits(last: 1) { nodes { commit { ...Statuses } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${STATUSES}`;

/** The heads of all open pull requests, those from forks too. Throws GithubError. */
export async function findOnPullRequests(
  { owner, repo }: Pick<WorkflowRun, 'owner' | 'repo'>,
  api: GithubApi,
): Promise<readonly FoundCommit[]> {
  const commits: FoundCommit[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const ask = { owner, repo, ...(after === undefined ? {} : { after }) };
    const page = await api.read((octokit) => octokit.graphql(PULL_REQUESTS, ask), PullRequests);
    const { nodes, pageInfo } = page.repository.pullRequests;
    for (const { number: pullRequest, commits: own } of nodes)
      commits.push(...own.nodes.map(({ commit: statuses }) => ({ pullRequest, statuses })));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  }
  return commits;
}
