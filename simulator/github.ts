import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import { answerProblems, type CheckedRequest, requestProblems } from './github/check.ts';
import { type Description, describedBy, type Operation } from './github/description.ts';
import { fail, type GithubFault, send } from './github/faults.ts';
import { githubSchema, graphqlAnswer, graphqlProblems } from './github/graphql.ts';
import { answer, type GithubAnswer, type GithubRoute, refusal, routeOf } from './github/routes.ts';
import {
  actionsBot,
  type Comment,
  type CommitStatus,
  type GithubContent,
  GithubWorld,
} from './github/world.ts';
import { closeAtOnce, listenOnLoopback, readBody } from './lib/loopback.ts';

export type { GithubFault } from './github/faults.ts';
export type { GithubRoute } from './github/routes.ts';
export { type Account, actionsBot, type Comment, type CommitStatus } from './github/world.ts';

/** The token that is valid unless other tokens are given: that of a workflow. */
export const workflowToken = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';

/** How a stand-in for GitHub is to be started. */
export interface GithubOptions extends Partial<GithubContent> {
  /** Route -> what goes wrong with every request to it; `*` means all routes. */
  readonly faults?: Partial<Readonly<Record<GithubRoute | '*', GithubFault>>>;
  /** What goes wrong with one request, which comes `count`th, from 1. */
  readonly faultAt?: (request: GithubRequest, count: number) => GithubFault | undefined;
  /** Waited for before a request has its effect. */
  readonly onRequest?: (request: GithubRequest, count: number) => Promise<void> | void;
  /** Waited for after a request has had its effect, before it is answered. */
  readonly onAnswer?: (request: GithubRequest, count: number) => Promise<void> | void;
  /** Told of a request that is never answered. */
  readonly onHang?: () => void;
  /** Epoch ms; the machine's time unless told. */
  readonly now?: () => number;
  /** Whether there is GraphQL; true unless told. */
  readonly hasGraphql?: boolean;
  /** Path of the API on a GitHub Enterprise Server, `/api/v3`; its own description is then what counts. */
  readonly pathPrefix?: string;
}

/** A request as it arrived. */
export interface GithubRequest {
  readonly method: string;
  /** With the prefix, if there is one. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly route: GithubRoute | undefined;
}

/** A running stand-in for GitHub's REST API. */
export interface Github extends AsyncDisposable {
  /** For `GITHUB_API_URL`: `http://127.0.0.1:PORT`, with the prefix. */
  readonly url: string;
  /** Without the prefix, to be used as a proxy: it takes every host for itself. */
  readonly proxyUrl: string;
  readonly requests: readonly GithubRequest[];
  readonly comments: readonly Comment[];
  /** All that were ever set, the oldest first. */
  readonly statuses: readonly CommitStatus[];
  /** Sets a status as anybody may who can write to the repository. */
  setStatus: GithubWorld['setStatus'];
  /** A commit that comes to a pull request, and is its head from now on. */
  push(pullRequest: number, sha: string): void;
  /** Every request, and every answer of its own, that GitHub's description does not allow, in words. */
  readonly mismatches: readonly string[];
  /** Ends it; rejects if there are mismatches, so that no test can miss them. */
  close(): Promise<void>;
}

/** Starts a stand-in for GitHub on loopback, which checks every request by GitHub's published description. */
export async function startGithub(options: GithubOptions = {}): Promise<Github> {
  const edition = options.pathPrefix === undefined ? 'api.github.com' : 'ghes-3.19';
  const service = new GithubService(options, await describedBy(edition));
  const server = createServer((request, response) => void service.serve(request, response));
  server.on('connect', (_, client) => {
    const upstream = connect(service.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  service.port = await listenOnLoopback(server);
  const close = async () => {
    await closeAtOnce(server);
    if (service.mismatches.length > 0)
      throw new Error(`GitHub's description does not allow this:\n${service.mismatches.join('\n')}`);
  };
  return {
    url: service.baseUrl,
    proxyUrl: `http://127.0.0.1:${service.port}`,
    requests: service.requests,
    comments: service.world.comments,
    statuses: service.world.statuses,
    setStatus: (status) => service.world.setStatus(status),
    push: (pullRequest, sha) => service.world.push(pullRequest, sha),
    mismatches: service.mismatches,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const HALF_AN_HOUR_S = 1_800;

class GithubService {
  readonly world: GithubWorld;
  readonly requests: GithubRequest[] = [];
  readonly mismatches: string[] = [];
  port = 0;
  readonly #options: GithubOptions;
  readonly #description: Description;

  constructor(options: GithubOptions, description: Description) {
    this.#options = options;
    this.#description = description;
    const content = {
      repository: 'acme/site-safety',
      pullRequests: [],
      comments: [],
      branches: { main: [] },
      defaultBranch: 'main',
      longestPage: 100,
      listsBehind: 0,
      tokens: { [workflowToken]: actionsBot },
      ...options,
    };
    this.world = new GithubWorld(content, options.now ?? Date.now);
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}${this.#options.pathPrefix ?? ''}`;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(this.#limitHeaders())) response.setHeader(name, value);
    const body = await readBody(request);
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${this.port}`);
    const { headers, method = 'GET' } = request;
    const query = Object.fromEntries(url.searchParams);
    const path = this.#withoutPrefix(url.pathname);
    const checked = { method, path: path ?? url.pathname, query, headers, body };
    const isGraphql = url.pathname === (this.#options.pathPrefix === undefined ? '/graphql' : '/api/graphql');
    const operation = path === undefined || isGraphql ? undefined : this.#description.operation(method, path);
    const route: GithubRoute | undefined = isGraphql ? 'graphql' : routeOf(method, operation);
    const recorded = { ...checked, path: url.pathname, route };
    const count = this.requests.push(recorded);
    const problems = isGraphql
      ? graphqlProblems(await githubSchema(), checked)
      : requestProblems(this.#description, checked, operation);
    this.#note(checked, problems);
    await this.#options.onRequest?.(recorded, count);
    const { faults = {}, faultAt } = this.#options;
    const fault = faultAt?.(recorded, count) ?? (route && faults[route]) ?? faults['*'];
    const right =
      fault && !fault.hasEffect
        ? undefined
        : route === 'graphql'
          ? this.#graphqlAnswer(checked, await githubSchema())
          : this.#answer(checked, operation, route);
    await this.#options.onAnswer?.(recorded, count);
    if (fault?.kind === 'hang') this.#options.onHang?.();
    else if (fault) fail(fault, response);
    else if (right) send(response, right);
  }

  #answer(
    checked: CheckedRequest,
    operation: Operation | undefined,
    route: Exclude<GithubRoute, 'graphql'> | undefined,
  ): GithubAnswer {
    const author = this.world.accountOf(checked.headers);
    if (operation === undefined || route === undefined) return refusal(404, 'Not Found');
    const call = { world: this.world, request: checked, operation, description: this.#description };
    const right = author
      ? answer(route, { ...call, author, baseUrl: this.baseUrl })
      : refusal(401, 'Bad credentials');
    this.#note(checked, answerProblems(this.#description, operation, right));
    return right;
  }

  #graphqlAnswer(checked: CheckedRequest, schema: GraphQLSchema): GithubAnswer {
    if (this.#options.hasGraphql === false) return refusal(404, 'Not Found');
    const author = this.world.accountOf(checked.headers);
    if (author === undefined) return refusal(401, 'Bad credentials');
    return graphqlAnswer(schema, checked, this.world, author);
  }

  /** Every answer tells how much of the hourly limit is left, those that refuse something too. */
  #limitHeaders(): Readonly<Record<string, string>> {
    const resetS = Math.floor((this.#options.now ?? Date.now)() / 1000) + HALF_AN_HOUR_S;
    const left = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4987', 'x-ratelimit-used': '13' };
    return { ...left, 'x-ratelimit-reset': String(resetS), 'x-ratelimit-resource': 'core' };
  }

  #withoutPrefix(path: string): string | undefined {
    const prefix = this.#options.pathPrefix ?? '';
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
  }

  #note({ method, path }: { readonly method: string; readonly path: string }, problems: readonly string[]) {
    this.mismatches.push(...problems.map((problem) => `${method} ${path}: ${problem}`));
  }
}
