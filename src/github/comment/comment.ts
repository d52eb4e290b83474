import * as v from 'valibot';
import { messageOf, sentences, TrainGateError } from '../../lib/errors.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import { type CommentOrigin, renderComment } from '../../report/report.ts';
import type { Kind } from '../../report/settled.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { GithubError, isPassing } from '../github-error.ts';
import { type GithubEnvironment, type GithubSession, openGithubSession } from '../github-session.ts';
import { PullRequest, pullRequestOf } from '../pull-request.ts';
import type { Runner } from '../runner.ts';
import type { FoundStatus } from '../status/find-statuses.ts';
import type { StatusSubject } from '../status/target-url.ts';
import { type CommentMemory, keepOneComment, readComments } from './keep-one.ts';
import { type CommentPhase, type CommentSubject, keyOf, markerIn } from './marker.ts';
import {
  commentLine,
  endedText,
  headingOf,
  isUnjudgedText,
  statusText,
  tellUnwritten,
  underWayText,
} from './text.ts';

/** The verdict stands without the comment, so GitHub may waste no more time than this. */
const PATIENCE_MS = 2 * 60_000;
/** The post step has other things to do, and all that follows a cancel shares less than five minutes. */
const POST_PATIENCE_MS = 45_000;

/** What the comment on the pull request is written with, and what it is found again by. */
export interface CommentAccess extends CommentSubject {
  readonly token: string | undefined;
}

/** Keeps one comment on the pull request up to date. Neither of the two throws. */
export interface CommentWriter {
  /** Says that the training goes on, once. The step need not wait until that is written. */
  underWay(access: CommentAccess): Promise<void>;
  /** Writes how the step ended. Whatever goes wrong is one notice that names the cure; it never costs the verdict. */
  conclude(conclusion: Conclusion, training: TrainingFacts | undefined, access: CommentAccess): Promise<void>;
}

const STATE = 'comment';

/** What the post process is told of a comment that it may have to set right. */
const OpenComment = v.object({
  key: v.string(),
  /** Undefined: still to be found. */
  pullRequest: v.optional(PullRequest),
  verdict: v.optional(v.string()),
});
type OpenComment = v.InferOutput<typeof OpenComment>;

/** The writer of this step's comment. When the runner ends the step seconds are left: then the post process writes it. */
export function commentWriter(
  context: GithubEnvironment & { readonly step: Pick<Runner, 'log' | 'saveState'> },
): CommentWriter {
  const { step, signal } = context;
  const { log } = step;
  const memory: CommentMemory = {};
  const end = new AbortController();
  let open: OpenComment | undefined;
  let announced: Promise<void> | undefined;

  /** At once: the runner reads it even when this process is killed (docs/internals/github.md#where-a-step-runs). */
  const save = (comment: OpenComment | undefined): void => {
    open = comment;
    try {
      step.saveState(STATE, comment === undefined ? '' : JSON.stringify(comment));
    } catch (error) {
      log.debug(messageOf(error));
    }
  };
  const write = async (words: Words, comment: OpenComment, { token }: CommentAccess, stop = signal) =>
    keep(comment, words, await openGithubSession(token, context, PATIENCE_MS, stop), memory, save);
  const announce = async (access: CommentAccess): Promise<void> => {
    const stop = AbortSignal.any([signal, end.signal]);
    try {
      await write({ phase: 'under-way', text: underWayText }, { key: keyOf(access) }, access, stop);
    } catch (error) {
      // The end of the step tries again, and tells what is wrong.
      log.debug(`The comment does not say that the training goes on: ${messageOf(error)}`);
    }
  };
  return {
    underWay: (access) => {
      announced ??= announce(access);
      return announced;
    },
    conclude: async (conclusion, training, access) => {
      end.abort(new TrainGateError('the step came to its end'));
      await announced;
      const comment = { key: keyOf(access), ...open, verdict: headingOf(conclusion) };
      save(comment);
      const text = (page: CommentOrigin) => renderComment(conclusion, training, page);
      try {
        log.info(await write({ phase: 'judged', text }, comment, access));
      } catch (error) {
        if (signal.aborted || (error instanceof GithubError && isPassing(error.failure))) {
          const why = `The comment may not be up to date: ${messageOf(error)}`;
          return log.info(sentences(why, 'The post step of this job looks at it again.'));
        }
        tellUnwritten(error, context.run, log);
      }
      save(undefined);
    },
  };
}

interface Words {
  readonly phase: CommentPhase;
  text(page: CommentOrigin): string;
}

/** Writes a comment unless a newer run's is there; says what became of it, for the log. Throws GithubError. */
async function keep(
  comment: OpenComment,
  words: Words,
  session: GithubSession,
  memory: CommentMemory = {},
  onFound: (comment: OpenComment) => void = () => {},
): Promise<string> {
  const { run, api } = session;
  const pullRequest = comment.pullRequest ?? (await pullRequestOf(run, api));
  if (pullRequest === undefined)
    return 'There is no open pull request for this commit, so there is no comment.';
  onFound({ ...comment, pullRequest });
  const { number, sha, mayCreate } = pullRequest;
  const text = words.text({ runUrl: run.url, sha });
  // An end without a verdict begins no comment.
  const mayBegin = mayCreate && (words.phase !== 'ended' || comment.verdict !== undefined);
  const wanted = { ...words, key: comment.key, pullRequest: number, sha, mayCreate: mayBegin, text };
  return commentLine(await keepOneComment(wanted, session, memory), number);
}

/**
 * For the post process: sets right a comment that the main process left saying that the training goes on, or that it could not
 * write. Where there is no such comment, nothing is sent. Its token is the input `github-token`. Never throws.
 * @param became what became of the training, in a sentence; undefined if nothing is known
 */
export async function setCommentRight(
  became: string | undefined,
  context: GithubEnvironment & { readonly step: Pick<Runner, 'log' | 'input' | 'savedState'> },
): Promise<void> {
  const { step, run } = context;
  try {
    const state = step.savedState(STATE);
    if (state === '') return;
    const comment = v.parse(OpenComment, JSON.parse(state));
    const session = await openGithubSession(step.input('github-token').trim(), context, POST_PATIENCE_MS);
    const text = (page: CommentOrigin) => endedText(comment.verdict, became, page);
    step.log.info(await keep(comment, { phase: 'ended', text }, session));
  } catch (error) {
    tellUnwritten(error, run, step.log);
  }
}

/** Writes the verdict of settle into the comment of the starting step, unless a newer run's is there. Throws GithubError. */
export async function writeSettledComment(
  { sha, context, training, became: { conclusion, facts } }: Kind<'settled'>,
  pullRequest: number,
  { project, author }: { readonly project: string; readonly author: string },
  session: GithubSession,
): Promise<void> {
  const key = keyOf({ project, modelType: training?.modelType, statusContext: context });
  const comment = { key, pullRequest: { number: pullRequest, sha, mayCreate: true } };
  const text = (page: CommentOrigin) => renderComment(conclusion, facts, page);
  await keep(comment, { phase: 'judged', text }, session, { author });
}

/** A verdict that stands on the head of an open pull request. */
export interface ShownVerdict {
  readonly found: FoundStatus;
  readonly subject: StatusSubject;
  readonly pullRequest: number;
}

/** Writes what a status says into a comment on its commit that still says that nothing was judged; any other stays. Throws GithubError. */
export async function bringCommentUpToDate(
  { found, subject, pullRequest: number }: ShownVerdict,
  { project, author }: { readonly project: string; readonly author: string },
  session: GithubSession,
): Promise<void> {
  const key = keyOf({ project, modelType: subject.modelType, statusContext: found.context });
  const comments = await readComments(session.run, number, session.api);
  const lags = comments.some(({ body, user, updated_at }) => {
    const marker = markerIn(body);
    const isOurs = user?.login === author && marker?.key === key && marker.sha === found.sha;
    // What was written after the status is of a newer start.
    return isOurs && isUnjudgedText(body) && Date.parse(updated_at) <= found.createdAtMs;
  });
  if (!lags) return;
  const comment = { key, pullRequest: { number, sha: found.sha, mayCreate: false } };
  await keep(comment, { phase: 'judged', text: (page) => statusText(found, page) }, session, { author });
}
