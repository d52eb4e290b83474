import { createHash } from 'node:crypto';

/** What a comment is about; all that is said about one subject on a pull request shares a comment. */
export interface CommentSubject {
  /** As the workflow writes them, so that a step that ends early finds the same comment. */
  readonly project: string | undefined;
  readonly modelType: string | undefined;
  /** Keeps the legs of a matrix apart; undefined if there is none. */
  readonly statusContext?: string | undefined;
}

/** `under-way`: the run goes on. `judged`: this is its last word. `ended`: it ended without one, or before that was surely written. */
export type CommentPhase = 'under-way' | 'ended' | 'judged';

/** What a comment says of itself in its hidden first line. */
export interface Marker {
  readonly key: string;
  /** The workflow run's id, and its attempt; 0 if it is unknown. */
  readonly run: number;
  readonly attempt: number;
  readonly sha: string | undefined;
  readonly phase: CommentPhase;
  /** Of all that, and of the text below, so that a comment is recognised in whatever form GitHub keeps it. */
  readonly digest: string;
}

/** The key of a subject: letters and digits only, so that nothing can close or forge the marker; not of a workflow. */
export function keyOf({ project = '', modelType = '', statusContext = '' }: CommentSubject): string {
  return digestOf(JSON.stringify([project.toLowerCase(), modelType.toLowerCase(), statusContext]));
}

/** A comment: its marker, then `text`. */
export function markedText(
  text: string,
  { key, run, attempt, sha, phase }: Omit<Marker, 'digest'>,
): { readonly marker: Marker; readonly body: string } {
  const said = `train-gate:${key} run=${run} attempt=${attempt} commit=${sha ?? 'none'} phase=${phase}`;
  const digest = digestOf(`${said}\n${text}`);
  const marker = { key, run, attempt, sha, phase, digest };
  return { marker, body: `<!-- ${said} text=${digest} -->\n${text}` };
}

const LINE =
  /^<!-- train-gate:([0-9a-f]{20}) run=(\d{1,15}) attempt=(\d{1,15}) commit=(none|[0-9a-f]{7,64}) phase=(under-way|ended|judged) text=([0-9a-f]{20}) -->/;

/** The marker that `body` begins with; undefined if it begins with anything else. */
export function markerIn(body: string): Marker | undefined {
  const [, key = '', run, attempt, commit, phase, digest = ''] = LINE.exec(body) ?? [];
  if (phase !== 'under-way' && phase !== 'ended' && phase !== 'judged') return undefined;
  const sha = commit === 'none' ? undefined : commit;
  return { key, run: Number(run), attempt: Number(attempt), sha, phase, digest };
}

/** Orders what is shown, older first: a commit that is no longer the head, then the run's id, then its attempt. */
export function compareAge(a: Marker, b: Marker, headSha: string | undefined): number {
  return (
    Number(isOfHead(a.sha, headSha)) - Number(isOfHead(b.sha, headSha)) ||
    a.run - b.run ||
    a.attempt - b.attempt
  );
}

/** Whether a commit is the head of the pull request; also if either is not known. */
export function isOfHead(sha: string | undefined, headSha: string | undefined): boolean {
  return sha === undefined || headSha === undefined || sha === headSha;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
