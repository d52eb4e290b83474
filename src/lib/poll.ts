import type { Context } from './context.ts';

/** How to look again and again. */
export interface Poll<Seen> {
  /** What was seen a moment ago, in place of the first look. If it is not enough, one look follows whatever the time. */
  readonly first?: Seen | undefined;
  /** Looks once. How long it waits out an outage by itself is its own affair; what it throws ends the poll. */
  readonly look: () => Promise<Seen>;
  readonly isEnough: (seen: Seen, looks: number) => boolean;
  /** The pause after `looks` looks, from 1; a given first one counts. */
  readonly pauseMs: (looks: number, seen: Seen) => number;
  /** The last look begins at this moment at the latest, in epoch ms. */
  readonly untilMs: number;
  readonly onPause?: (seen: Seen, pauseMs: number, looks: number) => void;
}

/** Looks until it is enough, or the time is up, with a last look then. Returns what that showed; throws the signal's reason. */
export async function poll<Seen>(
  { first, look, isEnough, pauseMs, untilMs, onPause }: Poll<Seen>,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<Seen> {
  for (let looks = 1, given = first; ; looks += 1, given = undefined) {
    const seen = given ?? (await look());
    const leftMs = untilMs - clock.now();
    if (isEnough(seen, looks) || (leftMs <= 0 && given === undefined)) return seen;
    const ms = Math.max(0, Math.min(pauseMs(looks, seen), leftMs));
    onPause?.(seen, ms, looks);
    await clock.sleep(ms, signal);
  }
}
