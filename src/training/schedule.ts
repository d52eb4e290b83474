import type { Training } from './training.ts';

const SOONEST_MS = 5_000;
/** Leaves 5 s for the look itself, so that every end is seen within three minutes. */
const LATEST_MS = 175_000;
/** While the API tells no progress, and while the training is queued or stopping. */
const LATEST_UNTOLD_MS = 60_000;
const SHARE_OF_WAIT_UNTOLD = 0.02;
/** While the end is far: it keeps the first looks at a short training close. */
const SHARE_OF_TIME_FAR = 0.5;
/** A training that is up to six times as fast as it seemed is still looked at before its end. */
const LOOKS_PER_TIME_LEFT = 6;
/** How many looks a training may have above one per longest pause: it makes 180 in 6 hours. */
const SPARE_LOOKS = 49;
/** The median of five steps of progress is not moved by two that stalled or jumped. */
const STEPS = 5;
/** Runners that started together should not go on looking together. */
const JITTER = 0.05;

/** What the looks at a training have shown of its pace. */
export interface Pace {
  readonly waitingSinceMs: number;
  /** Undefined until it was first seen out of the queue. */
  readonly workingSinceMs: number | undefined;
  /** Undefined unless it is stopping. */
  readonly endingSinceMs: number | undefined;
  readonly queued: boolean;
  readonly lastLookMs: number;
  /** Those since it left the queue. */
  readonly looks: number;
  /** Where progress moved, newest last; none while the API tells no progress. */
  readonly marks: readonly Mark[];
}

/** Progress, 0 to 1, and when it probably got there: midway between two looks. */
interface Mark {
  readonly atMs: number;
  readonly progress: number;
}

type Look = Pick<Training, 'phase' | 'progress'>;

/** The pace of a training at the first look of a wait. */
export function firstPace(look: Look, nowMs: number): Pace {
  const unseen: Pace = {
    waitingSinceMs: nowMs,
    workingSinceMs: undefined,
    endingSinceMs: undefined,
    queued: true,
    lastLookMs: nowMs,
    looks: 0,
    marks: [],
  };
  return paceAfter(unseen, look, nowMs);
}

/** The pace after one more look. */
export function paceAfter(pace: Pace, { phase, progress }: Look, nowMs: number): Pace {
  if (phase === 'waiting') return { ...pace, queued: true, lastLookMs: nowMs };
  return {
    ...pace,
    workingSinceMs: pace.workingSinceMs ?? nowMs,
    endingSinceMs: phase === 'ending' ? (pace.endingSinceMs ?? nowMs) : undefined,
    queued: false,
    lastLookMs: nowMs,
    looks: pace.looks + 1,
    marks: progress === undefined ? pace.marks : marksAfter(pace, progress, nowMs),
  };
}

/** Progress that went back begins anew, as it may with the next stage of an architecture search. */
function marksAfter({ marks, lastLookMs }: Pace, progress: number, nowMs: number): readonly Mark[] {
  const last = marks.at(-1);
  if (last === undefined || progress < last.progress) return [{ atMs: nowMs, progress }];
  if (progress === last.progress) return marks;
  return [...marks, { atMs: (lastLookMs + nowMs) / 2, progress }].slice(-STEPS - 1);
}

/**
 * How long to pause before the next look: from 5 s to 175 s, up to a twentieth less by chance.
 * - Queued: half the time waited, at most 60 s. No progress told: 2 % of the time waited, at most 60 s.
 * - Progress: a sixth of the time left at its recent pace, and at most half the time since the queue.
 * - Progress that stands still, or an end that is overdue: a sixth of the time since it should have come.
 * - After 49 looks more than one per 166 s: 175 s, so that no odd progress makes it look without end.
 * - Told to stop: a sixth of the time since, at most 60 s.
 * @param random from 0 to 1
 */
export function nextLookMs(pace: Pace, nowMs: number, random: number): number {
  const dueMs = Math.max(SOONEST_MS, pauseMs(pace, nowMs));
  return Math.max(SOONEST_MS, dueMs * (1 - JITTER * random));
}

function pauseMs(pace: Pace, nowMs: number): number {
  const { waitingSinceMs, workingSinceMs = nowMs, endingSinceMs, queued, looks, marks } = pace;
  const waitedMs = nowMs - waitingSinceMs;
  if (queued) return Math.min(waitedMs * SHARE_OF_TIME_FAR, LATEST_UNTOLD_MS);
  if (endingSinceMs !== undefined)
    return Math.min((nowMs - endingSinceMs) / LOOKS_PER_TIME_LEFT, LATEST_UNTOLD_MS);
  if (marks.length === 0) return Math.min(waitedMs * SHARE_OF_WAIT_UNTOLD, LATEST_UNTOLD_MS);
  const workedMs = nowMs - workingSinceMs;
  if (looks >= SPARE_LOOKS + workedMs / (LATEST_MS * (1 - JITTER))) return LATEST_MS;
  return Math.min(distanceMs(marks, nowMs) / LOOKS_PER_TIME_LEFT, workedMs * SHARE_OF_TIME_FAR, LATEST_MS);
}

/** How far away the end may be thought: the time to or since the expected end, or the time that progress is overdue. */
function distanceMs(marks: readonly Mark[], nowMs: number): number {
  const typical = typicalStep(marks);
  if (typical === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(Math.abs(typical.endAtMs - nowMs), nowMs - typical.moveAtMs);
}

/** The time left at the recent pace; undefined while there is no pace to tell from, and past the expected end. */
export function timeLeftMs({ marks }: Pace, nowMs: number): number | undefined {
  const leftMs = (typicalStep(marks)?.endAtMs ?? nowMs) - nowMs;
  return leftMs > 0 ? leftMs : undefined;
}

/** When progress should move next, and when it should be whole, by the medians of its last steps. */
function typicalStep(
  marks: readonly Mark[],
): { readonly moveAtMs: number; readonly endAtMs: number } | undefined {
  const last = marks.at(-1);
  const steps = marks.slice(1).map(({ atMs, progress }, index) => {
    const { atMs: fromMs, progress: from } = marks[index] ?? { atMs, progress };
    return { ms: atMs - fromMs, msPerWhole: (atMs - fromMs) / (progress - from) };
  });
  if (last === undefined || steps.length === 0) return undefined;
  return {
    moveAtMs: last.atMs + lowerMedian(steps.map(({ ms }) => ms)),
    endAtMs: last.atMs + (1 - last.progress) * lowerMedian(steps.map(({ msPerWhole }) => msPerWhole)),
  };
}

/** The lower of the two in the middle: too early costs a look, too late costs time. */
function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
