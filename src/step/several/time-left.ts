/** One of several trainings that has not ended: its turn has not come, or it runs. */
export type OpenTraining = { readonly kind: 'queued' } | RunningTraining;

interface RunningTraining {
  readonly kind: 'running';
  /** Whether one of the queue can start when it ends. */
  readonly makesRoom: boolean;
  /** Since this step started it; undefined if it was there before. */
  readonly ranMs: number | undefined;
  /** By the progress that Roboflow tells; undefined if that tells nothing. */
  readonly leftMs: number | undefined;
}

/**
 * How long it takes until the last of `open` has ended, by what is known: the progress of those that run, and how long
 * others took. Undefined if nothing is known of one of them.
 * @param most how many of the queue may run at a time
 * @param tookMs how long trainings took that this step followed from their start to their results
 */
export function timeLeftOfAll(
  open: readonly OpenTraining[],
  most: number,
  tookMs: readonly number[],
): number | undefined {
  const running = open.filter((each) => each.kind === 'running');
  const queued = open.length - running.length;
  const usualMs = usualOf(running, tookMs);
  const ends = running.flatMap((each) => endOf(each, usualMs));
  if (ends.length < running.length || (queued > 0 && usualMs === undefined)) return undefined;
  const inTurn = ends.filter(({ makesRoom }) => makesRoom).map(({ leftMs }) => leftMs);
  return Math.max(0, ...ends.map(({ leftMs }) => leftMs), ...endsOfQueue(queued, inTurn, most, usualMs ?? 0));
}

/** The mean of what trainings took, and of what those that run will have taken. */
function usualOf(running: readonly RunningTraining[], tookMs: readonly number[]): number | undefined {
  const whole = running.flatMap(({ ranMs, leftMs }) =>
    ranMs === undefined || leftMs === undefined ? [] : [ranMs + leftMs],
  );
  const known = [...tookMs, ...whole];
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0) / known.length;
}

/** By its progress; or else by how long others took, unless it has run longer than that already. */
function endOf(
  { makesRoom, ranMs, leftMs }: RunningTraining,
  usualMs: number | undefined,
): readonly { readonly makesRoom: boolean; readonly leftMs: number }[] {
  if (leftMs !== undefined) return [{ makesRoom, leftMs }];
  if (ranMs === undefined || usualMs === undefined || usualMs <= ranMs) return [];
  return [{ makesRoom, leftMs: usualMs - ranMs }];
}

/** Each of the queue starts when the first of those before it makes room. */
function endsOfQueue(
  queued: number,
  inTurn: readonly number[],
  most: number,
  usualMs: number,
): readonly number[] {
  const free = Array.from({ length: Math.max(0, most - inTurn.length) }, () => 0);
  let busyUntil: readonly number[] = [...inTurn, ...free];
  for (let started = 0; started < queued; started += 1) {
    const [first = 0, ...others] = busyUntil.toSorted((a, b) => a - b);
    busyUntil = [...others, first + usualMs];
  }
  return busyUntil;
}

/** Less than this is not told between the ends of trainings. */
const LEAST_TOLD_MS = 5 * 60_000;

/**
 * Whether an estimate is worth a line between the ends of trainings: it is the first one, or half or twice what was told last,
 * so that hours take a handful of lines.
 */
export function isWorthALine(leftMs: number, toldMs: number | undefined): boolean {
  if (leftMs < LEAST_TOLD_MS) return false;
  return toldMs === undefined || leftMs <= toldMs / 2 || leftMs >= toldMs * 2;
}
