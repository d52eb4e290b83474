const SOONEST_MS = 5_000;
const LATEST_MS = 60_000;
/** How much of the time elapsed may pass before the next look. */
const SHARE_OF_ELAPSED = 0.02;
/** Runners that began together should not go on asking together. */
const JITTER = 0.1;

/** What is known of a training's pace when the next look is planned. */
export interface Pace {
  /** Since the wait began. */
  readonly elapsedMs: number;
  /** Undefined until progress has been seen to grow. */
  readonly leftMs: number | undefined;
}

/**
 * When to look at the training next: after 2 % of the time elapsed, from 5 s to 60 s, and sooner when its end is near.
 * @param random from 0 to 1
 */
export function nextLookMs({ elapsedMs, leftMs }: Pace, random: number): number {
  const usualMs = Math.min(Math.max(elapsedMs * SHARE_OF_ELAPSED, SOONEST_MS), LATEST_MS);
  const dueMs = leftMs === undefined ? usualMs : Math.max(SOONEST_MS, Math.min(usualMs, leftMs));
  return Math.max(SOONEST_MS, dueMs * (1 - JITTER * random));
}

/** Progress at a moment. */
export interface ProgressSample {
  readonly atMs: number;
  readonly progress: number;
}

/** The time left at the pace between two samples; undefined while there is no pace to tell from. */
export function timeLeftMs(
  first: ProgressSample | undefined,
  last: ProgressSample | undefined,
): number | undefined {
  if (!first || !last || last.progress <= first.progress || last.atMs <= first.atMs) return undefined;
  return ((1 - last.progress) * (last.atMs - first.atMs)) / (last.progress - first.progress);
}
