import type { Context } from '../lib/context.ts';
import { poll } from '../lib/poll.ts';
import { type EarlierTime, progressNews } from './progress-news.ts';
import { hasEnded, type Training } from './training.ts';
import type { Look } from './training-api.ts';

/** When a look first showed the training at work and at its end, in epoch ms; undefined if it was so from the start. */
export interface Seen {
  readonly watchedFromMs: number;
  readonly activeAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
}

/** What a wait came to. `silent`: no good answer came for too long. */
export type WaitResult =
  | { readonly kind: 'ended'; readonly training: Training; readonly seen: Seen }
  | { readonly kind: 'timeout'; readonly training: Training; readonly error: Error | undefined }
  | { readonly kind: 'silent'; readonly training: Training; readonly error: Error };

/** How to wait. */
export interface WaitPlan {
  /** Looks once, and repeats by itself until the given moment. */
  readonly look: (untilMs: number) => Promise<Look>;
  /** How long the API may give no good answer. */
  readonly patienceMs: number;
  readonly timeoutAtMs: number;
  /** Undefined: the pauses follow the time waited. */
  readonly pollIntervalMs: number | undefined;
  readonly earlier: EarlierTime | undefined;
}

/** The pause after so much time waited: 2 % of it, from 5 s to 60 s. */
export function nextPauseMs(waitedMs: number): number {
  return Math.min(Math.max(5_000, 0.02 * waitedMs), 60_000);
}

/**
 * Looks at `training`, which was just read, until it has ended, the timeout has passed or the API has been silent for
 * too long. A last look comes before a timeout is declared. An unknown status word is no end.
 */
export async function waitForEnd(training: Training, plan: WaitPlan, context: Context): Promise<WaitResult> {
  const { clock, log } = context;
  const { patienceMs, timeoutAtMs, pollIntervalMs, earlier } = plan;
  const watchedFromMs = clock.now();
  const tellNews = progressNews(log, watchedFromMs, earlier);
  let latest = training;
  let activeAtMs: number | undefined;
  const look = async (): Promise<Look> => {
    const seen = await plan.look(Math.min(clock.now() + patienceMs, timeoutAtMs));
    if (seen.kind === 'silent') return seen;
    if (latest.phase !== 'active' && seen.training.phase === 'active') activeAtMs ??= clock.now();
    latest = seen.training;
    tellNews(latest, clock.now());
    return seen;
  };
  /** The first look reads back what was started, so it comes soon, however seldom the rest may be. */
  const pauseMs = (looks: number) => {
    const usualMs = nextPauseMs(clock.now() - watchedFromMs);
    return looks === 1 ? Math.min(pollIntervalMs ?? usualMs, usualMs) : (pollIntervalMs ?? usualMs);
  };

  tellNews(training, watchedFromMs);
  const last = await poll<Look>(
    {
      first: { kind: 'seen', training },
      look,
      isEnough: (seen) => seen.kind === 'silent' || hasEnded(seen.training.phase),
      pauseMs,
      untilMs: timeoutAtMs,
    },
    context,
  );
  if (last.kind === 'silent') {
    const kind = clock.now() >= timeoutAtMs ? 'timeout' : 'silent';
    return { kind, training: latest, error: last.error };
  }
  if (!hasEnded(latest.phase)) return { kind: 'timeout', training: latest, error: undefined };
  const endedAtMs = hasEnded(training.phase) ? undefined : clock.now();
  return { kind: 'ended', training: latest, seen: { watchedFromMs, activeAtMs, endedAtMs } };
}
