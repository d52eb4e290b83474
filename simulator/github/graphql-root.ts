import { GraphQLError } from 'graphql';
import {
  type Account,
  type CommitStatus,
  type FullPullRequest,
  type GithubWorld,
  statusNodeId,
} from './world.ts';

const HEADS = 'refs/heads/';

/** What the queries of a client can reach: the one repository, and commits by their ids. */
export function repositoryRoot(world: GithubWorld) {
  return {
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      if (`${owner}/${name}` === world.content.repository) return repositoryNode(world);
      throw new GraphQLError(`Could not resolve to a Repository with the name '${owner}/${name}'.`, {
        extensions: { type: 'NOT_FOUND' },
      });
    },
    nodes: ({ ids }: { readonly ids: readonly string[] }) =>
      ids.map((id) => (id.startsWith(COMMIT_ID) ? commitNode(world, id.slice(COMMIT_ID.length)) : null)),
  };
}

function repositoryNode(world: GithubWorld) {
  const { branches, content } = world;
  const named = (name: string) => {
    const commits = branches.get(name);
    return commits === undefined ? null : refNode(world, name, commits);
  };
  return {
    defaultBranchRef: () => named(content.defaultBranch),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) =>
      qualifiedName.startsWith(HEADS) ? named(qualifiedName.slice(HEADS.length)) : null,
    refs: ({ refPrefix, first }: { readonly refPrefix: string; readonly first: number }) => ({
      nodes: [...branches]
        .filter(([name]) => `${HEADS}${name}`.startsWith(refPrefix))
        .slice(0, first)
        .map(([name, commits]) => refNode(world, `${HEADS}${name}`.slice(refPrefix.length), commits)),
    }),
    pullRequests: ({ first, after }: { readonly first: number; readonly after?: string | null }) => {
      const open = world.pullRequests.filter(({ state }) => state === 'open');
      const from = after ? Number(after) : 0;
      const until = from + first;
      return {
        nodes: open.slice(from, until).map((each) => pullRequestNode(world, each)),
        pageInfo: { hasNextPage: until < open.length, endCursor: open.length === 0 ? null : String(until) },
      };
    },
  };
}

/** @param commits the newest first */
function refNode(world: GithubWorld, name: string, commits: readonly string[]) {
  const [tip] = commits;
  const history = ({ first }: { readonly first: number }) => ({
    nodes: commits.slice(0, first).map((sha) => commitNode(world, sha)),
  });
  return { name, target: tip === undefined ? null : { ...commitNode(world, tip), history } };
}

function pullRequestNode(world: GithubWorld, { number, commits }: FullPullRequest) {
  return {
    number,
    commits: ({ last }: { readonly last: number }) => ({
      nodes: commits.slice(-last).map((sha) => ({ commit: commitNode(world, sha) })),
    }),
  };
}

const COMMIT_ID = 'C_';

/** A commit with the newest status of each context; GitHub has none instead of an empty list. */
function commitNode(world: GithubWorld, sha: string) {
  const newest = world.newestStatuses(sha);
  return {
    __typename: 'Commit',
    id: `${COMMIT_ID}${sha}`,
    oid: sha,
    status: newest.length === 0 ? null : { contexts: newest.map(contextNode) },
  };
}

function contextNode(status: CommitStatus) {
  const { context, state, description, targetUrl, createdAtMs, creator } = status;
  return {
    id: statusNodeId(status),
    context,
    state: state.toUpperCase(),
    description,
    targetUrl,
    createdAt: `${new Date(createdAtMs).toISOString().slice(0, 19)}Z`,
    creator: creator === null ? null : actorNode(creator),
  };
}

/** A bot's login has no bracket here. */
function actorNode({ login, type }: Account) {
  return { __typename: type, login: type === 'Bot' ? login.replace(/\[bot\]$/, '') : login };
}
