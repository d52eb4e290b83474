import type { Failure } from '../../lib/errors.ts';

/** The API's statuses that say "later" rather than "no" (docs/roboflow-api.md#errors, #d12-status-of-plan-errors). */
const PASSING_STATUSES: readonly number[] = [408, 425, 429];

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A server that asks for more than this is looked at again all the same. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;
/** A job or result that was seen before may flicker out of sight for this long. */
export const MISSING_GRACE_MS = 2 * 60_000;

/** Whether `failure` is of a kind that goes away by itself, so that reading again makes sense. */
export function isPassing(failure: Failure): boolean {
  if (failure.kind !== 'refused') return true;
  return PASSING_STATUSES.includes(failure.status) || failure.status >= 500;
}

/** Whether `failure` says that a thing is not there. */
export function isMissing(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.status === 404;
}

/**
 * Whether a request that changes something certainly changed nothing: it never arrived, or was turned away by the rate
 * limit. Only then is it sent again as it is (docs/roboflow-api.md#d6-a-start-is-not-safe-to-repeat).
 */
export function hadNoEffect(failure: Failure): boolean {
  return failure.kind === 'unreachable' || (failure.kind === 'refused' && failure.status === 429);
}

/**
 * Whether a request that changes something may have changed it all the same: no whole answer, one that cannot be
 * read, or a server error. Only reading back can tell.
 */
export function isUnclear(failure: Failure): boolean {
  return isPassing(failure) && !hadNoEffect(failure);
}

/**
 * How long to pause before the next try: what the server asked for, or a random time whose upper end doubles from 2 s
 * to 30 s.
 * @param tries how many tries have failed so far, from 1
 * @param random from 0 to 1
 */
export function pauseMs(tries: number, failure: Failure, random: number): number {
  const asked = failure.kind === 'refused' ? failure.retryAfterMs : undefined;
  if (asked !== undefined) return Math.min(Math.max(asked, SHORTEST_PAUSE_MS), LONGEST_RETRY_AFTER_MS);
  const upperMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(tries, 10));
  return SHORTEST_PAUSE_MS + random * (upperMs - SHORTEST_PAUSE_MS);
}

/** The three forms of a date in HTTP; nothing else that a lenient parser makes a date of (RFC 9110, 5.6.7). */
const HTTP_DATES: readonly RegExp[] = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d [\d:]{8} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/,
];

/**
 * The pause that a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3).
 * Undefined where it is absent or neither.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATES.some((form) => form.test(text))) return undefined;
  const dateMs = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
