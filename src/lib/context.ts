import type { Clock } from './clock.ts';

/** What code that waits needs from outside. */
export interface Context {
  readonly clock: Clock;
  readonly log: Log;
  /** Ends every wait at once. Its reason is thrown. */
  readonly signal: AbortSignal;
}

/** How long an outage of the API is waited out when a training may be running: giving up could lose it. */
export const OUTAGE_PATIENCE_MS = 15 * 60_000;

/** Where progress goes. Whoever implements it makes every text harmless for the place where it is shown. */
export interface Log {
  info(text: string): void;
  debug(text: string): void;
  /** One annotation, of something that is in order. */
  notice(text: string): void;
  /** One annotation. */
  warning(text: string): void;
  /** One annotation; makes the step fail. */
  failure(text: string): void;
}

/** The same log, with `prefix` before each text. */
export function prefixedLog(log: Log, prefix: string): Log {
  const told = (how: keyof Log) => (text: string) => log[how](`${prefix}${text}`);
  const [info, debug] = [told('info'), told('debug')];
  return { info, debug, notice: told('notice'), warning: told('warning'), failure: told('failure') };
}
