import { type GithubEnvironment, openGithubSession } from '../github-session.ts';
import type { Runner } from '../runner.ts';
import { commentLine, tellUnwritten } from './notice.ts';
import { writeComment } from './session.ts';
import { readCommentState } from './state.ts';
import { endedText } from './text.ts';

/** The post step has other things to do, and all that follows a cancel shares less than five minutes. */
const PATIENCE_MS = 45_000;

/** What the post process needs from outside; the token is its input `github-token`. */
export interface CommentPostContext extends Omit<GithubEnvironment, 'log'> {
  readonly step: Pick<Runner, 'log' | 'input' | 'savedState'>;
}

/**
 * For the post process: sets right a comment that the main process left saying that the training goes on, or that it
 * could not write. Where there is no such comment, nothing is sent. Never throws.
 * @param became what became of the training, in a sentence; undefined if nothing is known
 */
export async function setCommentRight(
  became: string | undefined,
  { step, ...context }: CommentPostContext,
): Promise<void> {
  try {
    const state = readCommentState(step);
    if (state?.phase !== 'open') return;
    const { verdict, pullRequest, mayCreate } = state;
    const allowance = { patienceMs: PATIENCE_MS, cut: NEVER, stop: NEVER };
    const token = step.input('github-token').trim();
    const session = await openGithubSession(token, { ...context, log: step.log }, allowance);
    const stands = await writeComment(
      { ...state, mayCreate: mayCreate && verdict !== undefined },
      {
        phase: verdict === undefined ? 'ended' : 'judged',
        overOwnJudged: false,
        text: (page) => endedText(verdict, became, page),
        onKnown: () => {},
      },
      session,
    );
    step.log.info(commentLine(stands, pullRequest));
  } catch (error) {
    tellUnwritten(error, context.run, step.log);
  }
}

const NEVER = new AbortController().signal;
