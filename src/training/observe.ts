import { formatDuration } from '../lib/duration.ts';
import type { Log } from '../lib/log.ts';
import { firstPace, type Pace, paceAfter, timeLeftMs } from './schedule.ts';
import { hasEnded, type Training } from './training.ts';

/**
 * The moments at which the training was first seen at work and at its end, in epoch ms; undefined if it was so from the
 * start.
 */
export interface Seen {
  readonly watchedFromMs: number;
  readonly activeAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
}

/** Keeps what the looks of one wait showed, and tells of news. */
export interface Observer {
  saw(training: Training, nowMs: number): void;
  latest(): Training;
  pace(): Pace;
  seen(): Seen;
}

/** Is told with each line of news how long the training takes by its progress: 0 once it has ended; undefined if nothing tells. */
export type TellLeft = (leftMs: number | undefined) => void;

/** An observer of `training`, whose news go to `log`. */
export function observe(log: Log, training: Training, startMs: number, tellLeft?: TellLeft): Observer {
  const tell = newsWriter(log);
  let latest = training;
  let pace = firstPace(training, startMs);
  let seen: Seen = { watchedFromMs: startMs, activeAtMs: undefined, endedAtMs: undefined };
  const tellNews = (nowMs: number) => {
    const leftMs = hasEnded(latest.phase) ? 0 : timeLeftMs(pace, nowMs);
    const wasNews = tell(latest, nowMs, progressLine(latest, nowMs - startMs, leftMs));
    if (wasNews) tellLeft?.(leftMs);
  };
  tellNews(startMs);
  return {
    saw: (next, nowMs) => {
      if (latest.phase !== 'active' && next.phase === 'active')
        seen = { ...seen, activeAtMs: seen.activeAtMs ?? nowMs };
      if (hasEnded(next.phase)) seen = { ...seen, endedAtMs: nowMs };
      pace = paceAfter(pace, next, nowMs);
      latest = next;
      tellNews(nowMs);
    },
    latest: () => latest,
    pace: () => pace,
    seen: () => seen,
  };
}

const NEWS_PROGRESS = 0.05;
const NEWS_AFTER_MS = 5 * 60_000;

/** Writes a line if something changed: the status, five points of progress, or five minutes passed. Tells whether it did. */
function newsWriter(log: Log): (training: Training, nowMs: number, line: string) => boolean {
  let told: { readonly training: Training; readonly atMs: number } | undefined;
  const unknownWords = new Set<string>();
  return (training, nowMs, line) => {
    if (training.phase === 'unknown' && !unknownWords.has(training.status)) {
      unknownWords.add(training.status);
      log.warning(
        `"${training.status}" is no known status of a training; the step waits on until it ends or the timeout passes.`,
      );
    }
    const isNews =
      told === undefined ||
      training.status !== told.training.status ||
      (training.progress ?? 0) - (told.training.progress ?? 0) >= NEWS_PROGRESS ||
      nowMs - told.atMs >= NEWS_AFTER_MS;
    if (!isNews) return false;
    told = { training, atMs: nowMs };
    log.info(line);
    return true;
  };
}

/** `[======>    ] 62 %, training, 1 h 2 min so far, 40 min left`; without progress, the words alone. */
function progressLine(training: Training, elapsedMs: number, leftMs: number | undefined): string {
  const isOver = hasEnded(training.phase);
  const { progress, status } = training;
  return [
    ...(progress === undefined || isOver ? [] : [`${bar(progress)} ${Math.floor(progress * 100)} %`]),
    status,
    `${formatDuration(elapsedMs)} so far`,
    ...(leftMs === undefined || isOver ? [] : [`about ${formatDuration(leftMs)} left`]),
  ].join(', ');
}

const BAR_LENGTH = 10;

/** @param progress 0 to 1 */
function bar(progress: number): string {
  const done = Math.floor(progress * BAR_LENGTH);
  const head = done < BAR_LENGTH ? '>' : '';
  return `[${'='.repeat(done)}${head}${' '.repeat(BAR_LENGTH - done - head.length)}]`;
}
