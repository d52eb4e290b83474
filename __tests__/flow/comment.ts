import type { CommentAccess, CommentWriter } from '../../src/github/comment/comment.ts';
import type { Conclusion } from '../../src/report/conclusion.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';

/** A pull request that nobody comments on. */
export const noComment: CommentWriter = {
  underWay: () => Promise.resolve(),
  conclude: () => Promise.resolve(),
};

/** Keeps what a comment would say. */
export class RecordedComment implements CommentWriter {
  readonly said: (
    | { readonly kind: 'under way'; readonly inputs: CommentAccess }
    | {
        readonly kind: 'concluded';
        readonly conclusion: Conclusion;
        readonly run: TrainingFacts | undefined;
        readonly inputs: CommentAccess;
      }
  )[] = [];

  async underWay(inputs: CommentAccess): Promise<void> {
    this.said.push({ kind: 'under way', inputs });
  }

  async conclude(
    conclusion: Conclusion,
    run: TrainingFacts | undefined,
    inputs: CommentAccess,
  ): Promise<void> {
    this.said.push({ kind: 'concluded', conclusion, run, inputs });
  }
}
