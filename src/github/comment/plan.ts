import { compareAge, type Marker } from './marker.ts';

/** A comment of ours about one subject, as GitHub shows it. */
export interface ShownComment {
  readonly id: number;
  readonly marker: Marker;
}

/** What this run wants to say. */
export interface Wanted {
  readonly marker: Marker;
  /** Whether there may be a comment if there is none. */
  readonly mayCreate: boolean;
  /** Whether it may stand in place of what this very run said as its last word. */
  readonly overOwnJudged: boolean;
}

/** The next thing to do, so that in the end there is one comment, and it is the newest. */
export type CommentStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly id: number }
  | { readonly kind: 'delete'; readonly id: number }
  /** Nothing is left to be done. `ours`: what stands is what was wanted. */
  | { readonly kind: 'done'; readonly stands: 'ours' | 'another' | 'none' };

/**
 * What to do next about the comments that are shown. It is asked again after each step, on what is shown by then, so
 * several runs at once come to the same end.
 * @param hasWritten whether this run has written its text before; what the same run shows after that is of a later step
 */
export function nextStep(
  shown: readonly ShownComment[],
  wanted: Wanted,
  headSha: string | undefined,
  hasWritten: boolean,
): CommentStep {
  const [newest, ...older] = shown.toSorted(
    (a, b) => compareAge(b.marker, a.marker, headSha) || lateness(b) - lateness(a) || a.id - b.id,
  );
  if (newest === undefined) return wanted.mayCreate ? { kind: 'create' } : { kind: 'done', stands: 'none' };
  const isWanted = isSameText(newest.marker, wanted.marker);
  if (!isWanted && mayReplace(newest.marker, wanted, headSha, hasWritten))
    return { kind: 'update', id: newest.id };
  const oldest = older.at(-1);
  if (oldest !== undefined) return { kind: 'delete', id: oldest.id };
  return { kind: 'done', stands: isWanted ? 'ours' : 'another' };
}

/** Of two texts of one run, the one that says that it goes on is the older. */
function lateness({ marker }: ShownComment): number {
  return marker.phase === 'under-way' ? 0 : 1;
}

function isSameRun(a: Marker, b: Marker): boolean {
  return a.run === b.run && a.attempt === b.attempt;
}

function isSameText(a: Marker, b: Marker): boolean {
  return isSameRun(a, b) && a.sha === b.sha && a.phase === b.phase && a.digest === b.digest;
}

function mayReplace(
  shown: Marker,
  { marker, overOwnJudged }: Wanted,
  headSha: string | undefined,
  hasWritten: boolean,
): boolean {
  const age = compareAge(marker, shown, headSha);
  if (age !== 0) return age > 0;
  // An earlier text of this step may arrive late; that of another step of the run stays.
  if (hasWritten) return shown.phase === 'under-way' && marker.phase !== 'under-way';
  return overOwnJudged || shown.phase !== 'judged';
}
