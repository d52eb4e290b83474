import * as v from 'valibot';
import { messageOf, sentences, TrainGateError } from '../lib/errors.ts';
import { clipped } from '../lib/fit-text.ts';
import { isRecord } from '../lib/json.ts';

/** What went wrong with one request to GitHub, as far as it decides about another try. */
export type GithubFailure =
  /** No whole answer came. The request may have had its effect. */
  | { readonly kind: 'lost' }
  /** A whole answer that is not what GitHub sends, such as the page of a proxy. The request may have had its effect. */
  | { readonly kind: 'unreadable' }
  /** GitHub limits how often it is asked, and did not do what was asked. `untilMs`: nothing is to be asked before, in epoch ms. */
  | { readonly kind: 'limited'; readonly untilMs: number }
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

/** OpenSSL's words for a certificate whose issuer is not known here. */
const UNTRUSTED = /self-signed certificate|unable to (?:verify|get) .*certificate/i;
const NOT_TRUSTED =
  'The certificate of GitHub is not trusted: set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of its authority, in the env of the job';

/** What octokit threw, as a GithubError; anything else as it is, since it is a bug. Limits count from `nowMs`. */
export function githubErrorOf(thrown: unknown, nowMs: number): unknown {
  const graphql = v.safeParse(ThrownByGraphql, thrown);
  if (graphql.success) {
    const { errors, headers } = graphql.output;
    const said = wordsOf('', errors);
    const types = errors.flatMap(({ type }) => type ?? []);
    const message = `GitHub answered the question of GraphQL with an error${quoted(said)}`;
    return new GithubError(message, graphqlFailure(types, said, headers, nowMs), thrown);
  }
  const rest = v.safeParse(ThrownByRest, thrown);
  if (!rest.success) return thrown;
  const { status, response } = rest.output;
  if (response === undefined) {
    const { message: why } = rest.output;
    const message = UNTRUSTED.test(why) ? NOT_TRUSTED : `GitHub gave no whole answer (${clipped(why, 200)})`;
    return new GithubError(message, { kind: 'lost' }, thrown);
  }
  const said = wordsOf(response.data.message, response.data.errors);
  const failure = restFailure(status, said, response.headers, nowMs);
  if (failure.kind !== 'refused' || isPassing(failure) || said !== '')
    return new GithubError(`GitHub answered ${status}${quoted(said)}`, failure, thrown);
  // GitHub itself always says why.
  const message = `Something between here and GitHub answered ${status}, such as a firewall or a proxy`;
  return new GithubError(message, { kind: 'unreadable' }, thrown);
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

/** The words by which GitHub tells a limit that nothing else in the answer shows. */
const LIMIT_WORDS = /rate limit|abuse detection/i;

/** Limits are told in several ways (docs/internals/github.md#limits). */
function restFailure(status: number, said: string, headers: Headers, nowMs: number): GithubFailure {
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  const isToldSo = isUsedUp || 'retry-after' in headers || LIMIT_WORDS.test(said);
  const isLimit = status === 429 || (status === 403 && isToldSo);
  return isLimit ? limitBy(headers, isUsedUp, nowMs) : { kind: 'refused', status, said };
}

/** Both are in use for the limit of an hour; `x-ratelimit-remaining` need not be 0 then. */
const GRAPHQL_LIMITS: readonly string[] = ['RATE_LIMITED', 'RATE_LIMIT'];

/** The statuses that REST has for the same. */
const GRAPHQL_STATUSES: Readonly<Record<string, number>> = { FORBIDDEN: 403, NOT_FOUND: 404 };

/** Whoever asks for much may be told that it took too long, which is an error of no type. */
function graphqlFailure(
  types: readonly string[],
  said: string,
  headers: Headers,
  nowMs: number,
): GithubFailure {
  const isHourly = types.some((type) => GRAPHQL_LIMITS.includes(type));
  if (isHourly || (types.length === 0 && LIMIT_WORDS.test(said))) return limitBy(headers, isHourly, nowMs);
  if (/something went wrong|timed? ?out/i.test(said)) return { kind: 'unreadable' };
  const status = types.map((type) => GRAPHQL_STATUSES[type]).find((each) => each !== undefined) ?? 200;
  return { kind: 'refused', status, said };
}

/** GitHub asks for at least this pause if a limit tells none. */
const UNTOLD_LIMIT_MS = 60_000;

/** @param isHourly whether it is the limit of an hour, whose end each answer tells */
function limitBy(headers: Headers, isHourly: boolean, nowMs: number): GithubFailure {
  const retryAfterS = seconds(headers['retry-after']);
  const resetS = isHourly ? seconds(headers['x-ratelimit-reset']) : undefined;
  const toldMs = retryAfterS === undefined ? resetS && resetS * 1000 : nowMs + retryAfterS * 1000;
  return { kind: 'limited', untilMs: toldMs ?? nowMs + UNTOLD_LIMIT_MS };
}

function seconds(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,12}$/.test(header) ? Number(header) : undefined;
}

interface Cures {
  readonly permissions: string;
  readonly later: string;
}

/** What to do about a status that could not be read or set. What GitHub refuses for good is not to be tried again. */
export function statusCure(failure: GithubFailure, { permissions, later }: Cures): string {
  if (isPassing(failure) || failure.kind !== 'refused') return later;
  if (isForbidden(failure) || isMissing(failure)) return permissions;
  if (failure.status === 401) return 'Check github-token: it is wrong or has expired.';
  if (/maximum number of statuses/i.test(failure.said))
    return 'A commit takes 1,000 statuses of one name: push another commit, or set status-context to another name.';
  if (/no commit found/i.test(failure.said))
    return 'The commit is gone from this repository, as after a forced push: start anew on the newest one.';
  return 'GitHub refuses it again as long as nothing is changed about what it names.';
}

/** Naming one permission takes all others away, so all that settle needs are named together. */
const OF_SETTLE: Cures = {
  permissions:
    'The token may not do that, or the thing is gone. Settle needs these permissions:\npermissions:\n  contents: read\n  pull-requests: read\n  statuses: write',
  later: 'The next settle tries it again.',
};

/** Why settle could not do something, and what to do about it. */
export function settleTrouble(error: unknown): string {
  if (!(error instanceof GithubError)) return messageOf(error);
  return sentences(messageOf(error), statusCure(error.failure, OF_SETTLE));
}
