import { type Context, OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { ApiError, type Failure, isMissing, isPassing } from './failure.ts';

/** How long a failing request is repeated. */
export interface Patience {
  /** The last try starts at this moment, also if the server asked for a longer pause. Epoch ms. */
  readonly untilMs: number;
  /** Whether what is asked for was there before: then a 404 may be a flicker, and is believed only if it lasts. */
  readonly knownToExist?: boolean;
  /** Which failures are repeated; those that pass by themselves unless told. */
  readonly mayRepeat?: (error: ApiError) => boolean;
}

/** What one request says of it; for the rest the API has its own. */
export type Wait = Partial<Patience>;

/** For what a training came to, which is read for as long as one is watched: to lose that would be to lose the training. */
export function outagePatience({ clock }: Pick<Context, 'clock'>): Patience {
  return { untilMs: clock.now() + OUTAGE_PATIENCE_MS, knownToExist: true };
}

/** For this long a thing that was there before may be missing in an answer. */
const MISSING_GRACE_MS = 2 * 60_000;

/** Calls `attempt` until it succeeds, fails for good, or `patience` ends; then throws the last error. */
export async function withRetries<Value>(
  attempt: () => Promise<Value>,
  { untilMs, knownToExist = false, mayRepeat = isPassing }: Patience,
  { clock, log, signal }: Context,
): Promise<Value> {
  let missingSinceMs: number | undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const nowMs = clock.now();
      missingSinceMs = isMissing(error) ? (missingSinceMs ?? nowMs) : undefined;
      const mayFlicker =
        knownToExist && missingSinceMs !== undefined && nowMs - missingSinceMs < MISSING_GRACE_MS;
      if (nowMs >= untilMs || !(mayRepeat(error) || mayFlicker)) throw error;
      const ms = Math.min(pauseMs(tries, error.failure, clock.random()), untilMs - nowMs);
      log.info(`${error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
      await clock.sleep(ms, signal);
    }
  }
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** If a server asks for more than this, it is asked again all the same. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

/** The pause before the next of `tries`: what the server asked for, or a random time whose upper end doubles from 2 s to 30 s. */
export function pauseMs(tries: number, failure: Failure, random: number): number {
  const wantedMs = failure.kind === 'refused' ? failure.retryAfterMs : undefined;
  if (wantedMs !== undefined) return Math.min(Math.max(wantedMs, SHORTEST_PAUSE_MS), LONGEST_RETRY_AFTER_MS);
  const upperMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(tries, 10));
  return SHORTEST_PAUSE_MS + random * (upperMs - SHORTEST_PAUSE_MS);
}

/** The pause of a `Retry-After` in ms; undefined if it is none in whole seconds: then our own pauses do as well. */
export function retryAfterMs(headers: Readonly<Record<string, unknown>>): number | undefined {
  const text = String(headers['retry-after'] ?? '').trim();
  return /^\d{1,9}$/.test(text) ? Number(text) * 1000 : undefined;
}
