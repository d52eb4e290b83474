import * as v from 'valibot';
import type { GithubApi } from '../github-api.ts';
import { isSameContext } from './commit-status.ts';
import { accountName, type FoundStatus, STATUSES, StatusesBody, statusesOf } from './found-status.ts';

/** A repository by its names. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** A commit at which statuses can be waited for, and where it was found. */
export interface FoundCommit {
  /** Undefined if it is on a branch. */
  readonly pullRequest: number | undefined;
  readonly statuses: readonly FoundStatus[];
}

/** What is there on branches. */
export interface FoundBranches {
  readonly commits: readonly FoundCommit[];
  /** Of the branches that were asked for, those that do not exist. */
  readonly missing: readonly string[];
  /** The account that the token writes as. */
  readonly account: string;
}

/** So many commits of a branch are looked at. */
const MOST_COMMITS = 20;
/** The largest page that GitHub gives. */
const PAGE_SIZE = 100;

const Branch = v.nullable(
  v.object({ target: v.nullable(v.object({ history: v.object({ nodes: v.array(StatusesBody) }) })) }),
);
const Queue = v.nullable(v.object({ nodes: v.array(v.object({ target: v.nullable(StatusesBody) })) }));
const Branches = v.objectWithRest(
  { viewer: v.object({ login: v.string() }), queue: v.object({ refs: Queue }) },
  v.object({ branch: Branch }),
);

/**
 * The newest commits of `branches`, of the default branch if none is named, and the merge queue's.
 * @throws GithubError
 */
export async function findOnBranches(
  { owner, repo }: Repository,
  branches: readonly string[],
  api: GithubApi,
): Promise<FoundBranches> {
  const names = Object.fromEntries(branches.map((branch, index) => [`b${index}`, `refs/heads/${branch}`]));
  const read = await api.read(
    (octokit) => octokit.graphql(branchesQuery(Object.keys(names)), { owner, repo, ...names }),
    Branches,
  );
  const { viewer, queue, ...found } = read;
  const onBranches = Object.values(found).flatMap(({ branch }) => branch?.target?.history.nodes ?? []);
  const queued = (queue.refs?.nodes ?? []).flatMap(({ target }) => target ?? []);
  return {
    commits: [...onBranches, ...queued].map((commit) => ({
      pullRequest: undefined,
      statuses: statusesOf(commit),
    })),
    missing: branches.filter((_, index) => found[`b${index}`]?.branch === null),
    account: accountName(viewer.login, false),
  };
}

/** The names of branches travel as variables, so that none can change the query. */
function branchesQuery(variables: readonly string[]): string {
  const history = `{ target { ... on Commit { history(first: ${MOST_COMMITS}) { nodes { ...Statuses } } } } }`;
  const asked =
    variables.length === 0
      ? [`main: repository(owner: $owner, name: $repo) { branch: defaultBranchRef ${history} }`]
      : variables.map(
          (name) =>
            `${name}: repository(owner: $owner, name: $repo) { branch: ref(qualifiedName: $${name}) ${history} }`,
        );
  const declared = variables.map((name) => `, $${name}: String!`).join('');
  return `query ($owner: String!, $repo: String!${declared}) {
  viewer { login }
  queue: repository(owner: $owner, name: $repo) {
    refs(refPrefix: "refs/heads/gh-readonly-queue/", first: ${PAGE_SIZE}) { nodes { target { ...Statuses } } }
  }
  ${asked.join('\n  ')}
}
${STATUSES}`;
}

const PullRequests = v.object({
  repository: v.object({
    pullRequests: v.object({
      nodes: v.array(
        v.object({
          number: v.number(),
          commits: v.object({ nodes: v.array(v.object({ commit: StatusesBody })) }),
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

/**
 * The heads of all open pull requests, those from forks too.
 * @throws GithubError
 */
export async function findOnPullRequests(
  repository: Repository,
  api: GithubApi,
): Promise<readonly FoundCommit[]> {
  const commits: FoundCommit[] = [];
  let page = await pageOfPullRequests(repository, undefined, api);
  for (;;) {
    for (const { number, commits: own } of page.nodes)
      for (const { commit } of own.nodes) commits.push({ pullRequest: number, statuses: statusesOf(commit) });
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage || endCursor === null) return commits;
    page = await pageOfPullRequests(repository, endCursor, api);
  }
}

/** @param after where the page before ended */
async function pageOfPullRequests(
  { owner, repo }: Repository,
  after: string | undefined,
  api: GithubApi,
): Promise<v.InferOutput<typeof PullRequests>['repository']['pullRequests']> {
  const ask = { owner, repo, ...(after === undefined ? {} : { after }) };
  const { repository } = await api.read((octokit) => octokit.graphql(PULL_REQUESTS, ask), PullRequests);
  return repository.pullRequests;
}

const Reread = v.object({ nodes: v.array(v.nullable(StatusesBody)) });

const REREAD = `query ($ids: [ID!]!) { nodes(ids: $ids) { ...Statuses } }
${STATUSES}`;

/**
 * The status that stands now where `found` was read; undefined if none does.
 * @throws GithubError
 */
export async function standingStatus(
  { commitId, context, id }: FoundStatus,
  api: GithubApi,
): Promise<FoundStatus | undefined> {
  const { nodes } = await api.read((octokit) => octokit.graphql(REREAD, { ids: [commitId] }), Reread);
  const standing = nodes.flatMap((commit) => (commit === null ? [] : statusesOf(commit)));
  return (
    standing.find((status) => status.id === id) ??
    standing.find((status) => isSameContext(status.context, context))
  );
}
