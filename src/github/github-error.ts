import * as v from 'valibot';
import { TrainGateError } from '../lib/errors.ts';
import { clipped } from '../lib/fit-text.ts';
import { isRecord } from '../lib/json.ts';

/** What went wrong with one request to GitHub, as far as it decides about another try. */
export type GithubFailure =
  /** No whole answer came. The request may have had its effect. */
  | { readonly kind: 'lost' }
  /** A whole answer that is not what GitHub sends, such as the page of a proxy. The request may have had its effect. */
  | { readonly kind: 'unreadable' }
  /** GitHub limits how often it is asked, and did not do what was asked. */
  | {
      readonly kind: 'limited';
      /** Until then nothing is to be asked, in epoch ms. */
      readonly untilMs: number;
    }
  /** GitHub answered with an error. `said`: in its own words. */
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

const Headers = v.fallback(v.record(v.string(), v.unknown()), {});
type Headers = v.InferOutput<typeof Headers>;

/** What octokit throws for a request that failed; without `response` if no whole answer came. */
const ThrownByRest = v.object({
  message: v.string(),
  status: v.number(),
  response: v.optional(
    v.object({
      headers: Headers,
      data: v.fallback(
        v.object({ message: v.string(), errors: v.fallback(v.array(v.unknown()), []) }),
        () => ({ message: '', errors: [] }),
      ),
    }),
  ),
});

/** What octokit throws where GraphQL answers 200 with errors in it. */
const ThrownByGraphql = v.object({
  headers: Headers,
  errors: v.array(v.looseObject({ type: v.fallback(v.optional(v.string()), undefined) })),
});

/**
 * What octokit threw, as a GithubError; anything else as it is, since it is a bug.
 * @param nowMs epoch ms, for limits that GitHub tells by how long they last
 */
export function githubErrorOf(thrown: unknown, nowMs: number): unknown {
  const graphql = v.safeParse(ThrownByGraphql, thrown);
  if (graphql.success) {
    const { errors, headers } = graphql.output;
    const said = wordsOf('', errors);
    const types = errors.flatMap(({ type }) => type ?? []);
    const failure = graphqlLimit(types, said, headers, nowMs) ?? graphqlRefusal(types, said);
    return new GithubError(
      `GitHub answered the question of GraphQL with an error${quoted(said)}`,
      failure,
      thrown,
    );
  }
  const rest = v.safeParse(ThrownByRest, thrown);
  if (!rest.success) return thrown;
  const { message, status, response } = rest.output;
  if (response === undefined)
    return new GithubError(
      `GitHub gave no whole answer (${clipped(message, 200)})`,
      { kind: 'lost' },
      thrown,
    );
  const said = wordsOf(response.data.message, response.data.errors);
  const failure = restLimit(status, said, response.headers, nowMs) ?? { kind: 'refused', status, said };
  return new GithubError(`GitHub answered ${status}${quoted(said)}`, failure, thrown);
}

/** Often the message says only that something is wrong, and the errors below it what. */
function wordsOf(message: string, errors: readonly unknown[]): string {
  const details = errors.map(detailOf).filter((detail) => detail !== '');
  return clipped([message, details.join('; ')].filter((part) => part !== '').join(': '), 300);
}

function detailOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!isRecord(error)) return '';
  const { message, field, code } = error;
  if (typeof message === 'string') return message;
  return typeof field === 'string' ? `${field} ${code}` : '';
}

function quoted(said: string): string {
  return said === '' ? '' : ` "${said}"`;
}

type Limit = Extract<GithubFailure, { kind: 'limited' }>;

/** The words by which GitHub tells a limit that nothing else in the answer shows. */
const LIMIT_WORDS = /rate limit|abuse detection/i;

/** Undefined if the answer is no limit (docs/github.md#limits). */
function restLimit(status: number, said: string, headers: Headers, nowMs: number): Limit | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  const isLimit = status === 429 || isUsedUp || 'retry-after' in headers || LIMIT_WORDS.test(said);
  return isLimit ? limitBy(headers, isUsedUp, nowMs) : undefined;
}

/** Both are in use for the limit of an hour; `x-ratelimit-remaining` need not be 0 then. */
const GRAPHQL_LIMITS: readonly string[] = ['RATE_LIMITED', 'RATE_LIMIT'];

function graphqlLimit(
  types: readonly string[],
  said: string,
  headers: Headers,
  nowMs: number,
): Limit | undefined {
  const isHourly = types.some((type) => GRAPHQL_LIMITS.includes(type));
  const isUntyped = types.length === 0 && LIMIT_WORDS.test(said);
  return isHourly || isUntyped ? limitBy(headers, isHourly, nowMs) : undefined;
}

/** GitHub asks for at least this pause if a limit tells none. */
const UNTOLD_LIMIT_MS = 60_000;

/** @param isHourly whether it is the limit of an hour, whose end each answer tells */
function limitBy(headers: Headers, isHourly: boolean, nowMs: number): Limit {
  const retryAfterS = seconds(headers['retry-after']);
  const resetS = isHourly ? seconds(headers['x-ratelimit-reset']) : undefined;
  const toldMs = retryAfterS === undefined ? resetS && resetS * 1000 : nowMs + retryAfterS * 1000;
  return { kind: 'limited', untilMs: toldMs ?? nowMs + UNTOLD_LIMIT_MS };
}

function seconds(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,12}$/.test(header) ? Number(header) : undefined;
}

/** The statuses that REST has for the same. */
const GRAPHQL_STATUSES: Readonly<Record<string, number>> = { FORBIDDEN: 403, NOT_FOUND: 404 };

/** Whoever asks for much may be told that it took too long, which is an error of no type. */
function graphqlRefusal(types: readonly string[], said: string): GithubFailure {
  if (/something went wrong|timed? ?out/i.test(said)) return { kind: 'unreadable' };
  const status = types.map((type) => GRAPHQL_STATUSES[type]).find((each) => each !== undefined) ?? 200;
  return { kind: 'refused', status, said };
}
