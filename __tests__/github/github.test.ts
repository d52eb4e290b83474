import { expect, test } from 'vitest';
import { actionsBot, type Github, startGithub, workflowToken } from '../../simulator/github.ts';

const author = { login: 'eva', type: 'User' } as const;
const content = {
  pullRequests: [{ number: 12, state: 'open' as const, commits: ['abc'] }],
  comments: Array.from({ length: 3 }, () => ({ pullRequest: 12, author, body: 'Fine.' })),
  tokens: { [workflowToken]: actionsBot, ghp_eva: author },
};
const comments = '/repos/acme/site-safety/issues/12/comments';

async function ask(github: Github, method: string, path: string, body?: string, token = workflowToken) {
  return fetch(`${github.url}${path}`, {
    method,
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body }),
  });
}

test.each<readonly [string, string, string | undefined, number]>([
  ['GET', '/repos/acme/site-safety/pulls?state=open&head=acme:wider-lens', undefined, 200],
  ['GET', '/repos/acme/site-safety/pulls/12', undefined, 200],
  ['GET', '/repos/acme/site-safety/pulls/13', undefined, 404],
  ['GET', `${comments}?per_page=2&page=2`, undefined, 200],
  ['POST', comments, '{"body":"Well done."}', 201],
  ['GET', '/repos/acme/site-safety/issues/comments/1001', undefined, 200],
  ['PATCH', '/repos/acme/site-safety/issues/comments/1001', '{"body":"Mine."}', 200],
  ['DELETE', '/repos/acme/site-safety/issues/comments/1001', undefined, 204],
  ['POST', '/graphql', '{"query":"query { viewer { login } }"}', 200],
])('the stand-in answers %s %s in a form that GitHub describes', async (method, path, body, status) => {
  await using github = await startGithub(content);
  expect((await ask(github, method, path, body)).status).toBe(status);
  expect(github.mismatches).toEqual([]);
});

test.each<readonly [string, string, string, string | undefined, string]>([
  ['an unknown path', 'GET', '/repos/acme/site-safety/comment', undefined, 'no such method and path'],
  ['an unknown method', 'PUT', comments, '{"body":"x"}', 'no such method and path'],
  [
    'a number that is none',
    'GET',
    '/repos/acme/site-safety/issues/x/comments',
    undefined,
    'issue_number / must be integer',
  ],
  ['an unknown parameter', 'GET', `${comments}?size=100`, undefined, 'the query has an unknown size'],
  ['a parameter of the wrong type', 'GET', `${comments}?page=two`, undefined, 'page / must be integer'],
  ['a body that lacks a field', 'POST', comments, '{}', "must have required property 'body'"],
  ['a field of the wrong type', 'POST', comments, '{"body":1}', 'body /body must be string'],
  ['another question to GraphQL', 'POST', '/graphql', '{"query":"query { me }"}', 'Cannot query field "me"'],
  ['an unknown field', 'POST', comments, '{"body":"x","draft":true}', 'the body has an unknown draft'],
])('the stand-in lets no test pass over %s', async (_, method, path, body, problem) => {
  const github = await startGithub(content);
  await ask(github, method, path, body);
  await expect(github.close()).rejects.toThrow(problem);
});
