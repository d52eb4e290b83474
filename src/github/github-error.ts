import * as v from 'valibot';
import { clipped } from '../lib/clip.ts';
import { TrainGateError } from '../lib/errors.ts';

/** What went wrong with one request to GitHub, as far as it decides about another try. */
export type GithubFailure =
  /** No whole answer came. The request may have had its effect. */
  | { readonly kind: 'lost' }
  /** A whole answer that is not what GitHub sends, such as the page of a proxy. The request may have had its effect. */
  | { readonly kind: 'unreadable' }
  /** GitHub limits how often it is asked, and did not do what was asked. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** GitHub answered with an error. */
  | { readonly kind: 'refused'; readonly status: number; readonly said: string };

/** A request to GitHub that did not succeed. The message never holds the token. */
export class GithubError extends TrainGateError {
  override name = 'GithubError';
  readonly failure: GithubFailure;

  constructor(message: string, failure: GithubFailure, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

/** Whether `failure` goes away by itself, so that it makes sense to ask again. */
export function isPassing(failure: GithubFailure): boolean {
  if (failure.kind !== 'refused') return true;
  return failure.status >= 500 || failure.status === 408 || failure.status === 425;
}

/** Whether GitHub says that what was asked for is not there, or is not for this token. */
export function isMissing(failure: GithubFailure): boolean {
  return failure.kind === 'refused' && (failure.status === 404 || failure.status === 410);
}

/** Whether GitHub says that this token may not. */
export function isForbidden(failure: GithubFailure): boolean {
  return failure.kind === 'refused' && failure.status === 403;
}

/** What octokit throws for a request that failed; without `response` if no whole answer came. */
const Thrown = v.object({
  message: v.string(),
  status: v.number(),
  response: v.optional(
    v.object({
      headers: v.fallback(v.record(v.string(), v.unknown()), {}),
      data: v.fallback(v.object({ message: v.string() }), { message: '' }),
    }),
  ),
});

/** What octokit throws where GraphQL answers 200 with errors in it. */
const ThrownByGraphql = v.object({
  errors: v.array(
    v.object({ type: v.optional(v.string()), message: v.fallback(v.optional(v.string()), undefined) }),
  ),
});

/**
 * What octokit threw, as a GithubError; anything else as it is, since it is a bug.
 * @param nowMs epoch ms, for limits that GitHub tells by the time when they end
 */
export function githubErrorOf(thrown: unknown, nowMs: number): unknown {
  const graphql = v.safeParse(ThrownByGraphql, thrown);
  if (graphql.success) return ofGraphql(graphql.output.errors, thrown);
  const parsed = v.safeParse(Thrown, thrown);
  if (!parsed.success) return thrown;
  const { message, status, response } = parsed.output;
  if (response === undefined)
    return new GithubError(
      `GitHub gave no whole answer (${clipped(message, 200)})`,
      { kind: 'lost' },
      thrown,
    );
  const said = clipped(response.data.message, 200);
  const words = `GitHub answered ${status}${said === '' ? '' : ` "${said}"`}`;
  const limitMs = limitedForMs(status, said, response.headers, nowMs);
  const failure: GithubFailure =
    limitMs === undefined ? { kind: 'refused', status, said } : { kind: 'limited', retryAfterMs: limitMs };
  return new GithubError(words, failure, thrown);
}

function ofGraphql(errors: v.InferOutput<typeof ThrownByGraphql>['errors'], cause: unknown): GithubError {
  const said = clipped(errors.find(({ message }) => message !== undefined)?.message ?? '', 200);
  const words = `GitHub answered the question of GraphQL with an error${said === '' ? '' : ` "${said}"`}`;
  return new GithubError(words, graphqlFailure(errors, said), cause);
}

/** The statuses that REST has for the same. */
const GRAPHQL_STATUSES: Readonly<Record<string, number>> = { FORBIDDEN: 403, NOT_FOUND: 404 };

/** Whoever asks for much may be told that it took too long, which is an error of no type. */
function graphqlFailure(
  errors: v.InferOutput<typeof ThrownByGraphql>['errors'],
  said: string,
): GithubFailure {
  const types = errors.flatMap(({ type }) => type ?? []);
  if (types.includes('RATE_LIMITED')) return { kind: 'limited', retryAfterMs: UNTOLD_LIMIT_MS };
  if (/something went wrong|timed? ?out/i.test(said)) return { kind: 'unreadable' };
  const status = types.map((type) => GRAPHQL_STATUSES[type]).find((each) => each !== undefined) ?? 200;
  return { kind: 'refused', status, said };
}

/** GitHub asks for at least this pause if a limit tells none (docs/github.md#limits). */
const UNTOLD_LIMIT_MS = 60_000;

/** How long GitHub wants not to be asked; undefined if the answer is no limit (docs/github.md#limits). */
function limitedForMs(
  status: number,
  said: string,
  headers: Readonly<Record<string, unknown>>,
  nowMs: number,
): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const retryAfter = seconds(headers['retry-after']);
  if (retryAfter !== undefined) return retryAfter * 1000;
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  const reset = seconds(headers['x-ratelimit-reset']);
  if (isUsedUp && reset !== undefined) return Math.max(0, reset * 1000 - nowMs);
  return status === 429 || isUsedUp || /rate limit|abuse/i.test(said) ? UNTOLD_LIMIT_MS : undefined;
}

function seconds(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,12}$/.test(header) ? Number(header) : undefined;
}
