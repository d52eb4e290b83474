import * as v from 'valibot';
import { GithubError, isForbidden, isMissing } from '../github-error.ts';
import { GITHUB_DEADLINE_MS, type GithubApi, type GithubSession } from '../github-session.ts';
import { headOf } from '../pull-request.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import { compareAge, isOfHead, type Marker, markedText, markerIn } from './marker.ts';

/** A comment that is to stand on a pull request. */
export interface WantedComment extends Pick<Marker, 'key' | 'sha' | 'phase'> {
  readonly pullRequest: number;
  readonly mayCreate: boolean;
  readonly text: string;
}

/** A comment of ours about one subject, as GitHub shows it. */
export interface ShownComment {
  readonly id: number;
  readonly marker: Marker;
}

/** What a process learns of its comment, from one write to the next. */
export interface CommentMemory {
  author?: string;
  /** What was written last: lists may lack it for a moment. */
  written?: ShownComment;
  /** Whether another run that goes on writes the same comment, or a request without an answer may still have its effect. */
  isUnsure?: boolean;
  /** What was deleted, or is not ours to delete; lists may show it for a moment. */
  gone?: number[];
}

/** Whose text stands in the end. */
export type Stands = 'ours' | 'another' | 'none';

/** Two runs can do no more to each other than this; what is beyond it is a fight that nobody wins. */
const MOST_STEPS = 12;
/** Longer than a list and a write after it, its turn included: whoever read before this run wrote has written by then. */
const SECOND_LOOK_MS = 2 * GITHUB_DEADLINE_MS + 2_000;

/**
 * Brings the comments on a pull request to where one says what was wanted, or what a newer run said. What is older gives way: it is
 * replaced, or deleted if there are two. GitHub cannot be told to write only if nothing has changed; so where somebody else may
 * write meanwhile, it is looked at once more when that is over.
 * @throws GithubError
 */
export async function keepOneComment(
  wanted: WantedComment,
  session: GithubSession,
  memory: CommentMemory = {},
): Promise<Stands> {
  const { run, clock, stop } = session;
  const comment = markedText(wanted.text, { ...wanted, run: run.id, attempt: run.attempt });
  memory.gone = [];
  let isSecondLook = false;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const { shown, headSha } = await look(wanted, session, memory);
    const step = nextStep(shown, comment.marker, wanted.mayCreate, headSha);
    memory.isUnsure ||= shown.some(
      ({ marker }) => marker.phase === 'under-way' && compareAge(marker, comment.marker, undefined) !== 0,
    );
    if (step.kind === 'done') {
      const hasTried = steps > 0;
      if (!hasTried || !memory.isUnsure || isSecondLook) return step.stands;
      await clock.sleep(SECOND_LOOK_MS, stop);
    } else {
      const isWritten = await change(step, comment, wanted, session, memory);
      if (isWritten && shown.length < 2 && !memory.isUnsure) return 'ours';
    }
    isSecondLook = step.kind === 'done';
  }
  throw new GithubError('other steps kept changing the same comment', { kind: 'lost' });
}

/** The next thing to do, so that in the end there is one comment, and it is the newest. */
export type CommentStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'update' | 'delete'; readonly id: number }
  | { readonly kind: 'done'; readonly stands: Stands };

/**
 * What to do next about the comments that are shown. It is asked again after each step, on what is shown by then, so several
 * runs at once come to the same end.
 * @param ours the marker of what is wanted
 */
export function nextStep(
  shown: readonly ShownComment[],
  ours: Marker,
  mayCreate: boolean,
  headSha: string | undefined,
): CommentStep {
  const isLast = ({ marker }: ShownComment) => Number(marker.phase !== 'under-way');
  // Of two texts of one run, the one that says that it goes on is the older.
  const [newest, ...older] = shown.toSorted(
    (a, b) => compareAge(b.marker, a.marker, headSha) || isLast(b) - isLast(a) || a.id - b.id,
  );
  if (newest === undefined) return mayCreate ? { kind: 'create' } : { kind: 'done', stands: 'none' };
  const { marker, id } = newest;
  const isOurs = marker.digest === ours.digest;
  const age = compareAge(ours, marker, headSha);
  // An end that is told for a run does not stand in place of its own last word.
  const mayReplace = age === 0 ? marker.phase !== 'judged' || ours.phase !== 'ended' : age > 0;
  if (!isOurs && mayReplace) return { kind: 'update', id };
  const oldest = older.at(-1);
  if (oldest !== undefined) return { kind: 'delete', id: oldest.id };
  return { kind: 'done', stands: isOurs ? 'ours' : 'another' };
}

/** All comments on a pull request, whoever wrote them. */
export function readComments(
  { owner, repo }: Pick<WorkflowRun, 'owner' | 'repo'>,
  pullRequest: number,
  api: GithubApi,
) {
  const issue = { owner, repo, issue_number: pullRequest, per_page: 100 };
  return api.read(({ paginate, rest }) => paginate(rest.issues.listComments, issue), v.array(Comment));
}

const Comment = v.object({
  id: v.number(),
  body: v.fallback(v.string(), ''),
  user: v.nullable(v.object({ login: v.string() })),
  updated_at: v.fallback(v.string(), ''),
});

/** The comments that are ours, by their author and by the marker that they begin with, and where the pull request stands. */
async function look(wanted: WantedComment, { run, api }: GithubSession, memory: CommentMemory) {
  memory.author ??= await viewerOf(api);
  const { author, written, gone } = memory;
  const headBefore = await headOf(run, wanted.pullRequest, api);
  // Last of all, so that what is written next is written on what was read just now.
  const all = await readComments(run, wanted.pullRequest, api);
  const ours = all.flatMap(({ id, body, user }): readonly ShownComment[] => {
    const marker = user?.login === author ? markerIn(body) : undefined;
    return marker?.key === wanted.key ? [{ id, marker }] : [];
  });
  if (written !== undefined && all.every(({ id }) => id !== written.id)) ours.push(written);
  const shown = ours.filter(({ id }) => !gone?.includes(id));
  // A comment on another commit tells of an older one, or of one that came since the head was read.
  const isOther = shown.some(({ marker: { sha } }) => sha !== wanted.sha && !isOfHead(sha, headBefore));
  return { shown, headSha: isOther ? await headOf(run, wanted.pullRequest, api) : headBefore };
}

/** Makes one change; whether a text was written. After a failure that passes, the next look tells what became of it. */
async function change(
  step: Exclude<CommentStep, { kind: 'done' }>,
  { body, marker }: ReturnType<typeof markedText>,
  wanted: WantedComment,
  { run, api }: GithubSession,
  memory: CommentMemory,
): Promise<boolean> {
  const { owner, repo } = run;
  try {
    if (step.kind === 'delete') {
      const one = { owner, repo, comment_id: step.id };
      await api.write(async ({ rest }) => (await rest.issues.deleteComment(one)).status, v.literal(204));
      memory.gone?.push(step.id);
      return false;
    }
    const { id } = await api.write(async ({ rest }) => {
      if (step.kind === 'update')
        return (await rest.issues.updateComment({ owner, repo, comment_id: step.id, body })).data;
      const issue = { owner, repo, issue_number: wanted.pullRequest };
      return (await rest.issues.createComment({ ...issue, body })).data;
    }, Comment);
    memory.written = { id, marker };
    return true;
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    const { failure } = error;
    if (step.kind !== 'create' && (isMissing(failure) || (step.kind === 'delete' && isForbidden(failure)))) {
      // A second comment that may not be deleted is better than none.
      memory.gone?.push(step.id);
      return false;
    }
    memory.isUnsure ||= failure.kind !== 'limited';
    await api.patience.pauseAfter(error);
    return false;
  }
}

const Viewer = v.object({ viewer: v.object({ login: v.string() }) });

/** The account of the token. REST does not tell it to an app's (docs/internals/github.md#comments); without GraphQL it is the workflow's own. */
async function viewerOf(api: GithubApi): Promise<string> {
  try {
    const { viewer } = await api.read((octokit) => octokit.graphql('query { viewer { login } }'), Viewer);
    return viewer.login;
  } catch (error) {
    if (error instanceof GithubError && error.failure.kind === 'refused') return 'github-actions[bot]';
    throw error;
  }
}
