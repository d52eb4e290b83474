import { messageOf, sentences, TrainGateError } from '../../lib/errors.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { GithubError, isPassing } from '../github-error.ts';
import { type Allowance, type GithubEnvironment, openGithubSession } from '../github-session.ts';
import type { Runner } from '../runner.ts';
import { type CommentSubject, keyOf } from './marker.ts';
import { commentLine, tellUnwritten } from './notice.ts';
import { beginComment, type Said, writeComment } from './session.ts';
import { type CommentState, saveCommentState } from './state.ts';
import { concludedText, headingOf, underWayText } from './text.ts';

/** The verdict stands without the comment, so GitHub is waited for no longer than this. */
const PATIENCE_MS = 2 * 60_000;
/** After a signal the runner kills the step within 10 s (docs/github.md#signals-and-cancelling). */
const LAST_PATIENCE_MS = 3_000;

/** What the comment on the pull request is written with, and what it is found again by. */
export interface CommentInputs extends CommentSubject {
  readonly token: string | undefined;
}

/** Keeps one comment on the pull request up to date. Neither of the two throws. */
export interface CommentWriter {
  /** Says that the training goes on. Returns at once, and the comment is written meanwhile. */
  underWay(inputs: CommentInputs): void;
  /** Writes how the step ended. Whatever goes wrong is one notice that names the cure; it never costs the verdict. */
  conclude(conclusion: Conclusion, training: TrainingFacts | undefined, inputs: CommentInputs): Promise<void>;
}

/** A writer that tells when it is at rest. */
export interface StepCommentWriter extends CommentWriter {
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

/** What the writer needs from outside. */
export interface CommentContext extends Omit<GithubEnvironment, 'log'> {
  readonly step: Pick<Runner, 'log' | 'saveState'>;
  /** Aborts when the runner ends the step, which leaves seconds. */
  readonly signal: AbortSignal;
}

/** The writer of this step's comment. */
export function commentWriter(context: CommentContext): StepCommentWriter {
  const { step, signal } = context;
  const saved = savedBy(step);
  const end = new AbortController();
  let announcing: Promise<void> | undefined;

  const announce = async (inputs: CommentInputs): Promise<void> => {
    const words: Words = { phase: 'under-way', text: underWayText, verdict: undefined };
    try {
      await write(words, inputs, whole(signal, AbortSignal.any([signal, end.signal])), { context, saved });
    } catch (error) {
      // The end of the step tries again, and tells what is wrong.
      step.log.debug(`The comment does not say that the training goes on: ${messageOf(error)}`);
    }
  };
  return {
    idle: async () => announcing,
    underWay: (inputs) => {
      if (signal.aborted) return;
      announcing ??= announce(inputs).finally(() => {
        announcing = undefined;
      });
    },
    conclude: async (conclusion, training, inputs) => {
      end.abort(new TrainGateError('the step came to its end'));
      await announcing;
      await conclude(conclusion, training, inputs, { context, saved });
    },
  };
}

/** What was saved last for the post process. */
interface SavedComment {
  readonly last: CommentState | undefined;
  save(state: CommentState): void;
}

function savedBy(step: Pick<Runner, 'saveState'>): SavedComment {
  let last: CommentState | undefined;
  return {
    get last() {
      return last;
    },
    save: (state) => {
      last = state;
      saveCommentState(step, state);
    },
  };
}

interface Writing {
  readonly context: CommentContext;
  readonly saved: SavedComment;
}

async function conclude(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  inputs: CommentInputs,
  writing: Writing,
): Promise<void> {
  const { saved, context } = writing;
  const { step, signal } = context;
  const wasCut = signal.aborted;
  // The post process then knows more: what became of the training.
  const isPreliminary = wasCut && conclusion.kind === 'undecided';
  const verdict = isPreliminary ? undefined : headingOf(conclusion);
  if (saved.last?.phase === 'open') saved.save({ ...saved.last, verdict });
  const words: Words = {
    phase: isPreliminary ? 'ended' : 'judged',
    text: (page) => concludedText(conclusion, training, page),
    verdict,
  };
  try {
    step.log.info(await write(words, inputs, wasCut ? LAST : whole(signal), writing));
    if (!isPreliminary) saved.save({ phase: 'settled' });
  } catch (error) {
    tellFailure(error, writing, signal.aborted && !wasCut);
  }
}

/** Nothing is told as wrong that the post process may still set right. */
function tellFailure(error: unknown, { context, saved }: Writing, wasInterrupted: boolean): void {
  const { step, run } = context;
  const mayPass = wasInterrupted || (error instanceof GithubError && isPassing(error.failure));
  if (mayPass && saved.last?.phase === 'open') {
    const why = `The comment may not be up to date: ${messageOf(error)}`;
    step.log.info(sentences(why, 'The post step of this job looks at it again.'));
    return;
  }
  saved.save({ phase: 'settled' });
  if (wasInterrupted) step.log.info(`The comment was not written: ${messageOf(error)}`);
  else tellUnwritten(error, run, step.log);
}

/** As long as GitHub takes, within reason. */
function whole(signal: AbortSignal, stop = signal): Allowance {
  return { patienceMs: PATIENCE_MS, cut: signal, stop };
}

const NEVER = new AbortController().signal;
const LAST: Allowance = { patienceMs: LAST_PATIENCE_MS, cut: NEVER, stop: NEVER };

/** What is written, and the line of it that the post process writes if this process cannot. */
interface Words extends Pick<Said, 'phase' | 'text'> {
  readonly verdict: string | undefined;
}

/** Writes the comment, and says what became of it in a line for the log. */
async function write(
  { verdict, ...said }: Words,
  inputs: CommentInputs,
  allowance: Allowance,
  { context, saved }: Writing,
): Promise<string> {
  const session = await openGithubSession(inputs.token, { ...context, log: context.step.log }, allowance);
  const known = saved.last?.phase === 'open' ? saved.last : await beginComment(keyOf(inputs), session);
  if (known === undefined) return 'There is no open pull request for this commit, so there is no comment.';
  const comment = { ...known, verdict };
  saved.save(comment);
  const stands = await writeComment(comment, { ...said, overOwnJudged: true, onKnown: saved.save }, session);
  return commentLine(stands, comment.pullRequest);
}
