import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema, type GraphQLSchema, graphqlSync, parse, validate } from 'graphql';
import { isRecord } from '../../src/lib/json.ts';
import { projectRoot } from '../runner.ts';
import type { CheckedRequest } from './check.ts';
import { repositoryRoot } from './graphql-root.ts';
import type { GithubAnswer } from './routes.ts';
import type { Account, GithubWorld } from './world.ts';

let loading: Promise<GraphQLSchema> | undefined;

/** GitHub's published schema, read once: it is large. */
export function githubSchema(): Promise<GraphQLSchema> {
  loading ??= load();
  return loading;
}

async function load(): Promise<GraphQLSchema> {
  // The package exports no path of the file.
  const file = path.join(projectRoot, 'node_modules', '@octokit', 'graphql-schema', 'schema.graphql');
  return buildSchema(await readFile(file, 'utf8'), { assumeValidSDL: true, noLocation: true });
}

/** What is wrong with a request to GraphQL by GitHub's schema, in words. */
export function graphqlProblems(schema: GraphQLSchema, { method, body }: CheckedRequest): readonly string[] {
  if (method !== 'POST') return ['GraphQL takes POST only'];
  const query = queryIn(body);
  if (query === undefined) return ['the body has no query'];
  try {
    return validate(schema, parse(query)).map(({ message }) => message);
  } catch (error) {
    return [String(error)];
  }
}

/**
 * Answers a query on what the stand-in has. The schema decides about its form, so an answer that GitHub could not give is an
 * error. Unlike REST, GraphQL tells the token of an app whose it is.
 */
export function graphqlAnswer(
  schema: GraphQLSchema,
  { body }: CheckedRequest,
  world: GithubWorld,
  { login }: Account,
): GithubAnswer {
  const variableValues = isRecord(body) && isRecord(body.variables) ? body.variables : {};
  const rootValue = { viewer: { login }, ...repositoryRoot(world) };
  const { data, errors } = graphqlSync({ schema, source: queryIn(body) ?? '', rootValue, variableValues });
  if (errors === undefined) return { status: 200, body: { data } };
  const told = errors.map(({ message, path, extensions }) => ({ type: extensions.type, path, message }));
  return { status: 200, body: { data: data ?? null, errors: told } };
}

function queryIn(body: unknown): string | undefined {
  return isRecord(body) && typeof body.query === 'string' ? body.query : undefined;
}
