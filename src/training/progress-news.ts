import type { Log } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { hasEnded, type Training } from './training.ts';

/** How long the training of an earlier version took. */
export interface EarlierTime {
  readonly version: number;
  readonly trainedMs: number;
}

const NEWS_PROGRESS = 0.05;
const NEWS_AFTER_MS = 5 * 60_000;

/** Tells of each look that shows something new: another status, five points of progress, or five minutes later. */
export function progressNews(
  log: Log,
  startMs: number,
  earlier: EarlierTime | undefined,
): (training: Training, nowMs: number) => void {
  let told: { readonly training: Training; readonly atMs: number } | undefined;
  const unknownWords = new Set<string>();
  return (training, nowMs) => {
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
    if (!isNews) return;
    told = { training, atMs: nowMs };
    log.info(progressLine(training, nowMs - startMs, earlier));
  };
}

/** `[======>   ] 62 %, training, 1 h 2 min so far (version 6 trained for 1 h 40 min)`; without progress, the words alone. */
function progressLine(
  { phase, progress, status }: Training,
  elapsedMs: number,
  earlier: EarlierTime | undefined,
): string {
  const isOver = hasEnded(phase);
  const share = progress === undefined || isOver ? '' : `${bar(progress)} ${Math.floor(progress * 100)} %, `;
  const before =
    earlier === undefined || isOver
      ? ''
      : ` (version ${earlier.version} trained for ${formatDuration(earlier.trainedMs)})`;
  return `${share}${status}, ${formatDuration(elapsedMs)} so far${before}`;
}

const BAR_LENGTH = 10;

/** @param progress 0 to 1 */
function bar(progress: number): string {
  const done = Math.floor(progress * BAR_LENGTH);
  const head = done < BAR_LENGTH ? '>' : '';
  return `[${'='.repeat(done)}${head}${' '.repeat(BAR_LENGTH - done - head.length)}]`;
}
