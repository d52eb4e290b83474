import { type Context, type Log, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { poll } from '../lib/poll.ts';
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
  readonly timeoutAtMs: number;
  /** Undefined: the pauses follow the time waited. */
  readonly pollIntervalMs: number | undefined;
}

/** The pause after so much time waited: 2 % of it, from 5 s to 60 s. */
export function nextPauseMs(waitedMs: number): number {
  return Math.min(Math.max(5_000, 0.02 * waitedMs), 60_000);
}

/** Looks until the training ended, the timeout passed after a last look, or the API is silent. An unknown status is no end. */
export async function waitForEnd(training: Training, plan: WaitPlan, context: Context): Promise<WaitResult> {
  const { clock, log } = context;
  const { timeoutAtMs, pollIntervalMs } = plan;
  const watchedFromMs = clock.now();
  const tellNews = progressNews(log, watchedFromMs);
  let latest = training;
  let activeAtMs: number | undefined;
  const look = async (): Promise<Look> => {
    const seen = await plan.look(Math.min(clock.now() + OUTAGE_PATIENCE_MS, timeoutAtMs));
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

const NEWS_PROGRESS = 0.05;
const NEWS_AFTER_MS = 5 * 60_000;

/** Tells of each look that shows something new: another status, five points of progress, or five minutes later. */
function progressNews(log: Log, startMs: number): (training: Training, nowMs: number) => void {
  let told: { readonly training: Training; readonly atMs: number } | undefined;
  return (training, nowMs) => {
    const isOtherStatus = training.status !== told?.training.status;
    if (isOtherStatus && training.phase === 'unknown')
      log.warning(
        `"${training.status}" is no known status of a training; the step waits on until it ends or the timeout passes.`,
      );
    const isNews =
      told === undefined ||
      isOtherStatus ||
      (training.progress ?? 0) - (told.training.progress ?? 0) >= NEWS_PROGRESS ||
      nowMs - told.atMs >= NEWS_AFTER_MS;
    if (!isNews) return;
    told = { training, atMs: nowMs };
    log.info(progressLine(training, nowMs - startMs));
  };
}

/** `62 %, training, 1 h 2 min so far`; without progress, the words alone. */
function progressLine({ phase, progress, status }: Training, elapsedMs: number): string {
  const percent = progress === undefined || hasEnded(phase) ? '' : `${Math.floor(progress * 100)} %, `;
  return `${percent}${status}, ${formatDuration(elapsedMs)} so far`;
}
