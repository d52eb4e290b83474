import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** What whoever waits needs from outside. */
export interface Context {
  readonly clock: Clock;
  readonly log: Log;
  /** Ends every wait at once; its reason is thrown. */
  readonly signal: AbortSignal;
}
