import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** What code that waits needs from outside. */
export interface Context {
  readonly clock: Clock;
  readonly log: Log;
  /** Ends every wait at once. Its reason is thrown. */
  readonly signal: AbortSignal;
}

/** How long an outage of the API is waited out when a training may be running: giving up could lose it. */
export const OUTAGE_PATIENCE_MS = 15 * 60_000;
