import { exampleAnswer } from './check.ts';
import { fields, type GithubAnswer, type GithubCall, notFound } from './routes.ts';
import type { FullPullRequest } from './world.ts';

/** By state and head, as GitHub narrows its list: a head that is not `owner:branch` narrows nothing. */
export function listPullRequests({ world, request, operation, description }: GithubCall): GithubAnswer {
  const example = exampleAnswer(description, operation, 200);
  const [first] = Array.isArray(example) ? example : [];
  const { state = 'open', head = '' } = request.query;
  const body = world.pullRequests
    .filter((each) => state === 'all' || each.state === state)
    .filter(
      ({ repository, branch }) => !head.includes(':') || `${repository.split('/')[0]}:${branch}` === head,
    )
    .map((each) => shownPullRequest(each, first));
  return { status: 200, body };
}

/** One of them. */
export function readPullRequest({ world, operation, description }: GithubCall): GithubAnswer {
  const found = world.pullRequests.find(({ number }) => number === Number(operation.params.pull_number));
  if (found === undefined) return notFound;
  return { status: 200, body: shownPullRequest(found, exampleAnswer(description, operation, 200)) };
}

/** The example's team lacks a field that the description itself requires. */
function shownPullRequest(
  { number, state, commits, branch, repository, isLocked }: FullPullRequest,
  example: unknown,
) {
  const { head, ...others } = fields(example);
  const shownHead = fields(head);
  const repo = { ...fields(shownHead.repo), full_name: repository };
  return {
    ...others,
    head: { ...shownHead, ref: branch, sha: commits.at(-1), repo },
    requested_teams: [],
    number,
    state,
    locked: isLocked,
  };
}
