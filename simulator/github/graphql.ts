import { isRecord } from '../../src/lib/json.ts';
import type { CheckedRequest } from './check.ts';
import type { GithubAnswer } from './routes.ts';
import type { Account } from './world.ts';

/** The one question that the stand-in answers. */
const VIEWER = /^\s*query\s*\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/;

/** What is wrong with a request to GraphQL, in words; GitHub's description knows REST only. */
export function graphqlProblems({ method, body }: CheckedRequest): readonly string[] {
  if (method !== 'POST') return ['GraphQL takes POST only'];
  const query = isRecord(body) ? body.query : undefined;
  if (typeof query !== 'string') return ['the body has no query'];
  return VIEWER.test(query) ? [] : [`the stand-in does not know the query ${query}`];
}

/** Whose token it is. Unlike REST, GraphQL tells that to the token of an app too. */
export function viewerAnswer({ login }: Account): GithubAnswer {
  return { status: 200, body: { data: { viewer: { login } } } };
}
