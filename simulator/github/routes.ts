import { isObject } from '../lib/json.ts';
import type { CheckedRequest } from './check.ts';
import { exampleAnswer } from './check.ts';
import type { Description, Operation } from './description.ts';
import type { Account, Comment, GithubWorld } from './world.ts';

/** The routes that the stand-in knows, by the operation of GitHub's description. */
export const routeNames = {
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': 'pull-requests-of-commit',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': 'list-comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': 'create-comment',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': 'update-comment',
  'GET /user': 'who-am-i',
} as const;

export type GithubRoute = (typeof routeNames)[keyof typeof routeNames];

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
export function answer(route: GithubRoute, call: GithubCall): GithubAnswer {
  const { owner, repo } = call.operation.params;
  if (owner !== undefined && `${owner}/${repo}` !== call.world.content.repository) return notFound;
  switch (route) {
    case 'who-am-i':
      return whoAmI(call);
    case 'pull-requests-of-commit':
      return pullRequestsOf(call);
    case 'list-comments':
      return listComments(call);
    case 'create-comment':
      return createComment(call);
    case 'update-comment':
      return updateComment(call);
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

const notFound: GithubAnswer = refusal(404, 'Not Found');
/** What a workflow's token gets if its permissions or the origin of the pull request do not allow it. */
const notAccessible: GithubAnswer = refusal(403, 'Resource not accessible by integration');

/** The token of an installation's bot cannot ask for its own account. */
function whoAmI({ author, description, operation }: GithubCall): GithubAnswer {
  if (author.type === 'Bot') return notAccessible;
  const example = exampleAnswer(description, operation, 200);
  return { status: 200, body: { ...fields(example), login: author.login, type: author.type } };
}

function pullRequestsOf({ world, operation, description }: GithubCall): GithubAnswer {
  const example = exampleAnswer(description, operation, 200);
  const [first] = Array.isArray(example) ? example : [];
  const body = world.content.pullRequests
    .filter(({ commits }) => commits.includes(operation.params.commit_sha ?? ''))
    // The example's team lacks a field that the description itself requires.
    .map(({ number, state, commits }) => {
      const { head, ...others } = fields(first);
      return {
        ...others,
        head: { ...fields(head), sha: commits.at(-1) },
        requested_teams: [],
        number,
        state,
      };
    });
  return { status: 200, body };
}

function listComments({ world, request, operation, description, baseUrl }: GithubCall): GithubAnswer {
  const number = pullRequestIn(world, operation);
  if (number === undefined) return notFound;
  const size = Math.min(Number(request.query.per_page ?? 30), 100);
  const page = Number(request.query.page ?? 1);
  const all = world.comments.filter(({ pullRequest }) => pullRequest === number);
  const example = exampleAnswer(description, operation, 200);
  const [first] = Array.isArray(example) ? example : [];
  const last = Math.max(1, Math.ceil(all.length / size));
  const linkTo = (to: number, rel: string) =>
    `<${baseUrl}${request.path}?per_page=${size}&page=${to}>; rel="${rel}"`;
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size).map((comment) => shown(comment, first)),
    headers: page < last ? { link: [linkTo(page + 1, 'next'), linkTo(last, 'last')].join(', ') } : {},
  };
}

function createComment({ world, request, operation, description, author }: GithubCall): GithubAnswer {
  const pullRequest = pullRequestIn(world, operation);
  const body = textOf(request);
  if (pullRequest === undefined) return notFound;
  if (body.length > LARGEST_BODY) return tooLong;
  const comment = world.add({ pullRequest, author, body });
  return { status: 201, body: shown(comment, exampleAnswer(description, operation, 201)) };
}

function updateComment({ world, request, operation, description, author }: GithubCall): GithubAnswer {
  const id = Number(operation.params.comment_id);
  const before = world.comments.find((comment) => comment.id === id);
  if (before === undefined) return notFound;
  if (before.author.login !== author.login) return notAccessible;
  const body = textOf(request);
  if (body.length > LARGEST_BODY) return tooLong;
  const comment = world.update(id, body);
  return { status: 200, body: comment && shown(comment, exampleAnswer(description, operation, 200)) };
}

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

function pullRequestIn(world: GithubWorld, { params }: Operation): number | undefined {
  const number = Number(params.issue_number);
  return world.content.pullRequests.find((each) => each.number === number)?.number;
}

function textOf({ body }: CheckedRequest): string {
  return isObject(body) && typeof body.body === 'string' ? body.body : '';
}

/** A comment in GitHub's form: the description's own example, with what differs. */
function shown({ id, body, author }: Comment, example: unknown): Record<string, unknown> {
  const all = fields(example);
  return { ...all, id, body, user: { ...fields(all.user), ...author } };
}

function fields(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
