import type { Context } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import type { Log } from '../lib/log.ts';
import { firstPace, nextLookMs, type Pace, paceAfter, timeLeftMs } from './schedule.ts';
import { hasEnded, type Training } from './training.ts';

/** What a wait came to. `silent`: no good answer came for too long. */
export type WaitResult =
  | { readonly kind: 'ended'; readonly training: Training; readonly seen: Seen }
  | { readonly kind: 'timeout'; readonly training: Training; readonly error: Error | undefined }
  | { readonly kind: 'silent'; readonly training: Training; readonly error: Error };

/** The moments at which the training was first seen at work and at its end; undefined where it was so from the start. */
export interface Seen {
  readonly watchedFromMs: number;
  readonly activeAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
}

/** How to wait. */
export interface WaitPlan {
  /** Looks once, repeating for itself until the given moment; throws a {@link WaitPlan.isSilence} error past it. */
  readonly look: (untilMs: number) => Promise<Training>;
  /** Whether an error only says that no good answer came. Any other ends the wait. */
  readonly isSilence: (error: unknown) => error is Error;
  /** How long the API may give no good answer. */
  readonly patienceMs: number;
  readonly timeoutAtMs: number;
  /** Undefined: the adaptive schedule. */
  readonly pollIntervalMs: number | undefined;
}

/**
 * Looks at `training`, which was just read, until it has ended, the timeout has passed or the API has been silent for
 * too long. A look of its own comes before a timeout is declared. Unknown status words are no end.
 */
export async function waitForEnd(
  training: Training,
  plan: WaitPlan,
  { clock, log, signal }: Context,
): Promise<WaitResult> {
  const observer = observe(log, training, clock.now());
  if (hasEnded(training.phase)) return { kind: 'ended', training, seen: observer.seen() };
  for (let looks = 0; ; looks += 1) {
    const nowMs = clock.now();
    const adaptiveMs = nextLookMs(observer.pace(), nowMs, clock.random());
    const fixedMs = plan.pollIntervalMs ?? adaptiveMs;
    // The first look reads back what was started, so it comes soon, however seldom the rest may be.
    const pauseMs = looks === 0 ? Math.min(fixedMs, adaptiveMs) : fixedMs;
    await clock.sleep(Math.max(0, Math.min(pauseMs, plan.timeoutAtMs - nowMs)), signal);
    const lookAtMs = clock.now();
    try {
      observer.saw(await plan.look(Math.min(lookAtMs + plan.patienceMs, plan.timeoutAtMs)), clock.now());
    } catch (error) {
      if (!plan.isSilence(error)) throw error;
      const kind = clock.now() >= plan.timeoutAtMs ? 'timeout' : 'silent';
      return { kind, training: observer.latest(), error };
    }
    const latest = observer.latest();
    if (hasEnded(latest.phase)) return { kind: 'ended', training: latest, seen: observer.seen() };
    if (lookAtMs >= plan.timeoutAtMs) return { kind: 'timeout', training: latest, error: undefined };
  }
}

/** Keeps what the looks of one wait showed, and tells of news. */
interface Observer {
  saw(training: Training, nowMs: number): void;
  latest(): Training;
  pace(): Pace;
  seen(): Seen;
}

function observe(log: Log, training: Training, startMs: number): Observer {
  const narrate = narrator(log);
  let latest = training;
  let pace = firstPace(training, startMs);
  let seen: Seen = { watchedFromMs: startMs, activeAtMs: undefined, endedAtMs: undefined };
  const tell = (nowMs: number) =>
    narrate(latest, nowMs, progressLine(latest, nowMs - startMs, timeLeftMs(pace, nowMs)));
  tell(startMs);
  return {
    saw: (next, nowMs) => {
      if (latest.phase !== 'active' && next.phase === 'active')
        seen = { ...seen, activeAtMs: seen.activeAtMs ?? nowMs };
      if (hasEnded(next.phase)) seen = { ...seen, endedAtMs: nowMs };
      pace = paceAfter(pace, next, nowMs);
      latest = next;
      tell(nowMs);
    },
    latest: () => latest,
    pace: () => pace,
    seen: () => seen,
  };
}

const NEWS_PROGRESS = 0.05;
const NEWS_AFTER_MS = 5 * 60_000;

/** Writes a line when something changed: the status, five points of progress, or five minutes. */
function narrator(log: Log): (training: Training, nowMs: number, line: string) => void {
  let told: { readonly training: Training; readonly atMs: number } | undefined;
  const unknownWords = new Set<string>();
  return (training, nowMs, line) => {
    if (training.phase === 'unknown' && !unknownWords.has(training.status)) {
      unknownWords.add(training.status);
      log.warning(
        `"${training.status}" is no known status of a training; waiting on until it ends or the timeout.`,
      );
    }
    const isNews =
      told === undefined ||
      training.status !== told.training.status ||
      (training.progress ?? 0) - (told.training.progress ?? 0) >= NEWS_PROGRESS ||
      nowMs - told.atMs >= NEWS_AFTER_MS;
    if (!isNews) return;
    told = { training, atMs: nowMs };
    log.info(line);
  };
}

/** What a training is doing: `training, 45 %, 32 min elapsed, about 40 min left`. */
function progressLine(training: Training, elapsedMs: number, leftMs: number | undefined): string {
  const ended = hasEnded(training.phase);
  return [
    training.status,
    ...(training.progress === undefined || ended ? [] : [`${Math.floor(training.progress * 100)} %`]),
    `${formatDuration(elapsedMs)} elapsed`,
    ...(leftMs === undefined || ended ? [] : [`about ${formatDuration(leftMs)} left`]),
  ].join(', ');
}
