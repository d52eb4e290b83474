import type { Failure } from './failure.ts';

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** If a server asks for more than this, it is asked again all the same. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

/**
 * How long to pause before the next try: what the server asked for, or a random time whose upper end doubles from 2 s
 * to 30 s.
 * @param tries how many tries have failed so far, from 1
 * @param random from 0 to 1
 */
export function pauseMs(tries: number, failure: Failure, random: number): number {
  const wantedMs = failure.kind === 'refused' ? failure.retryAfterMs : undefined;
  if (wantedMs !== undefined) return Math.min(Math.max(wantedMs, SHORTEST_PAUSE_MS), LONGEST_RETRY_AFTER_MS);
  const upperMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(tries, 10));
  return SHORTEST_PAUSE_MS + random * (upperMs - SHORTEST_PAUSE_MS);
}

/** The three forms of a date in HTTP (RFC 9110, 5.6.7), and nothing else that a lenient parser takes for a date. */
const HTTP_DATES: readonly RegExp[] = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d [\d:]{8} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/,
];

/**
 * The pause that a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3).
 * Undefined if it is absent or neither.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATES.some((form) => form.test(text))) return undefined;
  const dateMs = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
