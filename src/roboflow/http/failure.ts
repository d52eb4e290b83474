import type { EvaluationObstacle } from '../../gate/split-figures.ts';
import { isCrashText } from '../../lib/crash-text.ts';
import { type ErrorDetails, TrainGateError } from '../../lib/errors.ts';

/** What stood in the way of a connection, if it is known: a certificate of an unknown authority, or a proxy that wants a password. */
export type ConnectionTrouble = 'certificate' | 'proxy-password';

/** No connection was made: the request certainly did not arrive. */
export interface Unreachable {
  readonly kind: 'unreachable';
  readonly reason: string;
  readonly proxy?: string | undefined;
  readonly trouble?: ConnectionTrouble | undefined;
}

/** What went wrong with one request. */
export type Failure =
  | Unreachable
  /** The request may have arrived, but no whole answer came back: time-out, reset, cut or stalled body. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** A whole answer that is not what the API sends: not JSON, not of the expected shape, or the page of something in between. */
  | { readonly kind: 'unreadable'; readonly status: number; readonly reason: string }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | undefined;
      readonly message: string | undefined;
      readonly retryAfterMs: number | undefined;
    };

/** A request to Roboflow that did not succeed. The message has verb and path, never the query or a key. */
export class ApiError extends TrainGateError {
  override name = 'ApiError';
  readonly failure: Failure;

  constructor(message: string, failure: Failure, details?: ErrorDetails) {
    super(message, details);
    this.failure = failure;
  }
}

/** The statuses that say "later" rather than "no" (docs/internals/roboflow-api.md#errors, #d12-status-of-plan-errors). */
const PASSING_STATUSES: readonly unknown[] = [408, 425, 429];
const NOT_IMPLEMENTED = 501;
const NO_SUCH_ROUTE_STATUSES: readonly unknown[] = [404, 405, NOT_IMPLEMENTED];
const INVALID_STATUSES: readonly unknown[] = [400, 422];

/** The status of a refusal; undefined for all else. A server whose code broke has refused nothing, whatever status it sends. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof ApiError) || error.failure.kind !== 'refused') return undefined;
  const { status, message } = error.failure;
  return isCrashText(message) ? Math.max(status, 500) : status;
}

/** Whether `error` is of a kind that goes away by itself, so that asking again makes sense. */
export function isPassing(error: unknown): error is ApiError {
  const status = statusOf(error);
  if (status === undefined) return error instanceof ApiError;
  return (status >= 500 && status !== NOT_IMPLEMENTED) || PASSING_STATUSES.includes(status);
}

/** Whether the API refused the request for good. */
export function isRefusal(error: unknown): error is ApiError {
  return statusOf(error) !== undefined && !isPassing(error);
}

/** Whether the API says that the thing is not there. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** Whether the server does not have the route at all, or nothing behind it. */
export function hasNoSuchRoute(error: unknown): boolean {
  return NO_SUCH_ROUTE_STATUSES.includes(statusOf(error));
}

/** Whether the API understood the request and found a value in it that it does not know. */
export function saysInvalid(error: unknown): error is ApiError {
  return INVALID_STATUSES.includes(statusOf(error));
}

/** Whether the API has nothing under the id it was asked for: there is no such thing, or it takes the id for none. */
export function isUnknownId(error: unknown): boolean {
  return hasNoSuchRoute(error) || saysInvalid(error);
}

/** What stands in the way of a thing that a server need not have, a key need not see, and a plan need not include. */
export type Obstacle = EvaluationObstacle | 'not-done';

const OBSTACLES = new Map<unknown, Obstacle>([
  [401, 'not-allowed'],
  [402, 'not-in-plan'],
  [403, 'not-allowed'],
  [409, 'not-done'],
  ...NO_SUCH_ROUTE_STATUSES.map((status) => [status, 'not-there'] as const),
]);

/** Why such a thing could not be read. */
export function obstacleOf(error: ApiError): Obstacle {
  return isPassing(error) ? 'no-answer' : (OBSTACLES.get(statusOf(error)) ?? 'other');
}
