import * as v from 'valibot';
import type { Runner } from '../runner.ts';

const STATE = 'comment';

const CommentState = v.variant('phase', [
  /** A comment may say that this run goes on. */
  v.object({
    phase: v.literal('open'),
    key: v.string(),
    pullRequest: v.number(),
    /** The commit that it is about; undefined if it is not told. */
    sha: v.optional(v.string()),
    mayCreate: v.boolean(),
    /** The account that writes; undefined if it was not known yet. */
    author: v.optional(v.string()),
    /** The verdict's line, if there is one that may not have been written. */
    verdict: v.optional(v.string()),
  }),
  /** Nothing is left to be done. */
  v.object({ phase: v.literal('settled') }),
]);

/** What the main process tells its post process of the comment, in case it is interrupted or killed. */
export type CommentState = v.InferOutput<typeof CommentState>;

/** A comment that the post process may have to set right. */
export type OpenComment = Extract<CommentState, { phase: 'open' }>;

/** Saves `state` at once: the runner reads it even when this process is killed (docs/github.md#where-a-step-runs). */
export function saveCommentState(step: Pick<Runner, 'saveState'>, state: CommentState): void {
  step.saveState(STATE, JSON.stringify(state));
}

/** What the main process saved; undefined if it began no comment. */
export function readCommentState(step: Pick<Runner, 'savedState'>): CommentState | undefined {
  const text = step.savedState(STATE);
  return text === '' ? undefined : v.parse(CommentState, JSON.parse(text));
}
