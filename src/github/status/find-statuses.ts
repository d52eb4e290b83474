import * as v from 'valibot';
import { isSameName } from '../event.ts';
import type { GithubApi } from '../github-session.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import { accountName, type FoundStatus, STATUSES, Statuses } from './found-status.ts';

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
  v.object({ target: v.nullable(v.object({ history: v.object({ nodes: v.array(Statuses) }) })) }),
);
const Queue = v.nullable(v.object({ nodes: v.array(v.object({ target: v.nullable(Statuses) })) }));
const Branches = v.objectWithRest(
  { viewer: v.object({ login: v.string() }), queue: v.object({ refs: Queue }) },
  v.object({ branch: Branch }),
);

/**
 * The newest commits of `branches`, of the default branch if none is named, and the merge queue's.
 * @throws GithubError
 */
export async function findOnBranches(
  { owner, repo }: Pick<WorkflowRun, 'owner' | 'repo'>,
  branches: readonly string[],
  api: GithubApi,
): Promise<FoundBranches> {
  const names = Object.fromEntries(branches.map((branch, index) => [`b${index}`, `refs/heads/${branch}`]));
  const query = branchesQuery(Object.keys(names));
  const read = await api.read((octokit) => octokit.graphql(query, { owner, repo, ...names }), Branches);
  const { viewer, queue, ...found } = read;
  const onBranches = Object.values(found).flatMap(({ branch }) => branch?.target?.history.nodes ?? []);
  const queued = (queue.refs?.nodes ?? []).flatMap(({ target }) => (target === null ? [] : [target]));
  return {
    commits: [...onBranches, ...queued].map((statuses) => ({ pullRequest: undefined, statuses })),
    missing: branches.filter((_, index) => found[`b${index}`]?.branch === null),
    account: accountName(viewer.login, false),
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

/**
 * The heads of all open pull requests, those from forks too.
 * @throws GithubError
 */
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

const Reread = v.object({ nodes: v.array(v.nullable(Statuses)) });

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
  const statuses = nodes.flatMap((own) => own ?? []);
  return (
    statuses.find((each) => each.id === id) ?? statuses.find((each) => isSameName(each.context, context))
  );
}
