import type { Context } from '../lib/context.ts';
import { poll } from '../lib/poll.ts';

/** Something that is new since a request that may have made it. */
export interface Sighting<Thing> {
  readonly id: string;
  readonly thing: Thing;
  /** Why it can not be what was asked for, a sentence without its full stop; undefined if it can. */
  readonly doubt: string | undefined;
}

/** What a search for something that was perhaps made came to. `doubtful`: something is new that is not certainly ours. */
export type Search<Thing> =
  /** `beside`: what else is new and cannot be it, a sentence each. */
  | { readonly kind: 'found'; readonly thing: Thing; readonly beside: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'doubtful'; readonly reason: string };

/** How long to look. Slow answers could leave time for one or two looks only, which would prove nothing. */
export interface Window {
  readonly forMs: number;
  readonly pauseMs: number;
  readonly leastLooks: number;
}

/**
 * Looks until the window is over, and only then decides: lists lag behind writes, so that one of somebody else's may show
 * first. Whatever was new at any look counts, since a list can lose for a while what it showed before.
 */
export async function searchFor<Thing>(
  look: () => Promise<readonly Sighting<Thing>[]>,
  { forMs, pauseMs, leastLooks }: Window,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<Search<Thing>> {
  const seen = new Map<string, Sighting<Thing>>();
  const untilMs = clock.now() + forMs;
  await poll(
    {
      look: async () => {
        for (const sighting of await look()) seen.set(sighting.id, sighting);
      },
      isEnough: (_, looks) => clock.now() >= untilMs && looks >= leastLooks,
      pauseMs: () => pauseMs,
      untilMs: Number.POSITIVE_INFINITY,
    },
    { clock, signal },
  );
  return verdictOn([...seen.values()]);
}

function verdictOn<Thing>(seen: readonly Sighting<Thing>[]): Search<Thing> {
  const doubts = seen.flatMap(({ doubt }) => doubt ?? []);
  const plausible = seen.filter(({ doubt }) => doubt === undefined);
  const [only] = plausible;
  if (only !== undefined && plausible.length === 1)
    return { kind: 'found', thing: only.thing, beside: doubts };
  if (seen.length === 0) return { kind: 'nothing' };
  const several = `${plausible.map(({ id }) => id).join(' and ')} are new, and only one can be ours`;
  return { kind: 'doubtful', reason: `${[...(only ? [several] : []), ...doubts].join('; ')}.` };
}
