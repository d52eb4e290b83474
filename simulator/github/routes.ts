import { isRecord } from '../../src/lib/json.ts';
import type { CheckedRequest } from './check.ts';
import { exampleAnswer } from './check.ts';
import type { Description, Operation } from './description.ts';
import { listPullRequests, readPullRequest } from './pull-requests.ts';
import { createStatus, listStatuses } from './statuses.ts';
import type { Account, Comment, FullPullRequest, GithubWorld } from './world.ts';

/** The routes that the stand-in knows, by the operation of GitHub's description. */
const routeNames = {
  'GET /repos/{owner}/{repo}/pulls': 'list-pull-requests',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': 'pull-request',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': 'list-comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': 'create-comment',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': 'read-comment',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': 'update-comment',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': 'delete-comment',
  'GET /repos/{owner}/{repo}/commits/{ref}/statuses': 'list-statuses',
  'POST /repos/{owner}/{repo}/statuses/{sha}': 'create-status',
} as const;

type RestRoute = (typeof routeNames)[keyof typeof routeNames];

export type GithubRoute = RestRoute | 'graphql';

/** The route of an operation; undefined where the stand-in does not know it. */
export function routeOf(method: string, operation: Operation | undefined): RestRoute | undefined {
  const key = `${method} ${operation?.path}`;
  return Object.entries(routeNames).find(([name]) => name === key)?.[1];
}

export interface GithubAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request that was let in. */
export interface GithubCall {
  readonly world: GithubWorld;
  readonly request: CheckedRequest;
  readonly operation: Operation;
  readonly description: Description;
  readonly author: Account;
  /** Address of the API, with its prefix, for links. */
  readonly baseUrl: string;
}

const LARGEST_BODY = 65_536;

/** GitHub's answer to a call of `route`. */
export function answer(route: RestRoute, call: GithubCall): GithubAnswer {
  const { owner, repo } = call.operation.params;
  if (owner !== undefined && `${owner}/${repo}` !== call.world.content.repository) return notFound;
  switch (route) {
    case 'list-pull-requests':
      return listPullRequests(call);
    case 'pull-request':
      return readPullRequest(call);
    case 'list-comments':
      return listComments(call);
    case 'create-comment':
      return createComment(call);
    case 'read-comment':
      return readComment(call);
    case 'update-comment':
      return updateComment(call);
    case 'delete-comment':
      return deleteComment(call);
    case 'list-statuses':
      return listStatuses(call);
    case 'create-status':
      return createStatus(call);
  }
}

/** An error as GitHub words it. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
  return {
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

export const notFound: GithubAnswer = refusal(404, 'Not Found');

/** A page of a list, with a link to the next. It can be shorter than asked for. */
export function pageOf<Entry>(
  all: readonly Entry[],
  { world, request: { query, path }, baseUrl }: GithubCall,
  show: (entry: Entry) => unknown,
): GithubAnswer {
  const asked = Number(query.per_page ?? 30);
  const size = Math.min(asked, 100, world.content.longestPage);
  const page = Number(query.page ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const linkTo = (to: number, rel: string) =>
    `<${baseUrl}${path}?per_page=${asked}&page=${to}>; rel="${rel}"`;
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size).map(show),
    headers: page < last ? { link: [linkTo(page + 1, 'next'), linkTo(last, 'last')].join(', ') } : {},
  };
}

function listComments(call: GithubCall): GithubAnswer {
  const { world, operation, description } = call;
  const found = pullRequestIn(world, operation);
  if (found === undefined) return notFound;
  const all = world.comments.filter(
    ({ id, pullRequest }) => pullRequest === found.number && world.isListed(id),
  );
  const example = exampleAnswer(description, operation, 200);
  const [first] = Array.isArray(example) ? example : [];
  return pageOf(all, call, (comment) => shown(comment, first));
}

function createComment({ world, request, operation, description, author }: GithubCall): GithubAnswer {
  const pullRequest = pullRequestIn(world, operation);
  const body = textOf(request);
  if (pullRequest === undefined) return notFound;
  if (pullRequest.isLocked) return locked;
  if (body.length > LARGEST_BODY) return tooLong;
  const comment = world.add({ pullRequest: pullRequest.number, author, body });
  return { status: 201, body: shown(comment, exampleAnswer(description, operation, 201)) };
}

function readComment({ world, operation, description }: GithubCall): GithubAnswer {
  const found = commentIn(world, operation);
  if (found === undefined) return notFound;
  return { status: 200, body: shown(found, exampleAnswer(description, operation, 200)) };
}

/** Who may write to the repository may change the comments of everybody. */
function updateComment({ world, request, operation, description }: GithubCall): GithubAnswer {
  const found = commentIn(world, operation);
  if (found === undefined) return notFound;
  const body = textOf(request);
  if (body.length > LARGEST_BODY) return tooLong;
  const comment = world.update(found.id, body);
  return { status: 200, body: comment && shown(comment, exampleAnswer(description, operation, 200)) };
}

function deleteComment({ world, operation }: GithubCall): GithubAnswer {
  const found = commentIn(world, operation);
  if (found === undefined) return notFound;
  world.delete(found.id);
  return { status: 204, body: undefined };
}

function commentIn(world: GithubWorld, { params }: Operation): Comment | undefined {
  return world.comments.find(({ id }) => id === Number(params.comment_id));
}

const locked: GithubAnswer = refusal(403, 'Unable to create comment because issue is locked.');

const tooLong: GithubAnswer = {
  status: 422,
  body: {
    message: 'Validation Failed',
    documentation_url: 'https://docs.github.com/rest',
    errors: [
      {
        resource: 'IssueComment',
        code: 'unprocessable',
        field: 'data',
        message: 'Body is too long (maximum is 65536 characters)',
      },
    ],
  },
};

function pullRequestIn(world: GithubWorld, { params }: Operation): FullPullRequest | undefined {
  const number = Number(params.issue_number);
  return world.pullRequests.find((each) => each.number === number);
}

function textOf({ body }: CheckedRequest): string {
  return isRecord(body) && typeof body.body === 'string' ? body.body : '';
}

/** A comment in GitHub's form: the description's own example, with what differs. */
function shown({ id, body, author, updatedAtMs }: Comment, example: unknown): Record<string, unknown> {
  const all = fields(example);
  const updated_at = `${new Date(updatedAtMs).toISOString().slice(0, 19)}Z`;
  return { ...all, id, body, updated_at, user: { ...fields(all.user), ...author } };
}

/** The members of an object; none of anything else. */
export function fields(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
