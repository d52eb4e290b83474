import { createHash } from 'node:crypto';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { renderComment } from '../report/comment.ts';
import type { Conclusion, TrainingFacts } from '../report/conclusion.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { cureFor } from './github-error.ts';
import { readWorkflowRun, type WorkflowRun } from './pull-request.ts';

/** A comment is worth waiting for, but not for long: the verdict stands without it. */
const DEADLINE_MS = 30_000;
/** After a signal the runner kills the step within 10 s (docs/github.md#signals-and-cancelling). */
const LAST_DEADLINE_MS = 4_000;
const UNDER_WAY_DEADLINE_MS = 10_000;

/** What the comment is written with. Project and model type are as the workflow writes them: they identify it. */
export interface CommentInputs {
  readonly token: string | undefined;
  readonly project: string | undefined;
  readonly modelType: string | undefined;
}

/** Keeps one comment on the pull request up to date. Neither of the two throws. */
export interface CommentWriter {
  /** Says in a comment that is there already that its verdict is of an earlier run. */
  underWay(inputs: CommentInputs): Promise<void>;
  /** Writes how the run ended. */
  conclude(conclusion: Conclusion, run: TrainingFacts | undefined, inputs: CommentInputs): Promise<void>;
}

/**
 * The writer of this step's comment.
 * @param interruption aborts when the runner ends the step, which leaves seconds
 */
export function commentWriter(env: NodeJS.ProcessEnv, log: Log, interruption: AbortSignal): CommentWriter {
  return {
    underWay: (inputs) => {
      const signal = AbortSignal.any([AbortSignal.timeout(UNDER_WAY_DEADLINE_MS), interruption]);
      return markUnderWay(inputs, { env, log, signal });
    },
    conclude: (conclusion, run, inputs) => {
      const signal = AbortSignal.timeout(interruption.aborted ? LAST_DEADLINE_MS : DEADLINE_MS);
      return upsertComment(conclusion, run, inputs, { env, log, signal });
    },
  };
}

/** What a comment is written with, besides its inputs. */
export interface CommentContext {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Until when GitHub is waited for. */
  readonly signal: AbortSignal;
}

/**
 * Keeps one comment on the pull request up to date: one for each workflow, job, project and model type. Whatever goes
 * wrong is a warning that names the cure; it never costs the verdict.
 */
export async function upsertComment(
  conclusion: Conclusion,
  run: TrainingFacts | undefined,
  inputs: CommentInputs,
  context: CommentContext,
): Promise<void> {
  const { log } = context;
  try {
    const { conversation, marker, place } = await open(inputs, context);
    const origin = `Written by ${linked('this workflow run', place)}.`;
    const report = renderComment(conclusion, run, { runUrl: place.runUrl, sha: place.sha });
    // The verdict stays the first thing to be read, and of which commit it is the second.
    const body = `${marker}\n${report.replace('\n', () => `\n\n${origin}\n`)}`;
    if (!(await conversation.rewrite(marker, () => body))) await conversation.create(body);
    log.info(`The report is in a comment on pull request #${conversation.pullRequest}.`);
  } catch (error) {
    log.warning(`The report could not be written to a comment: ${cureFor(error)}`);
  }
}

/**
 * Puts a line over the report of an earlier run that a new one is under way: a training takes hours, in which the old
 * verdict would look like the new one's. Nothing is said where that fails, since the end of the run tries again.
 */
export async function markUnderWay(inputs: CommentInputs, context: CommentContext): Promise<void> {
  try {
    const { conversation, marker, place } = await open(inputs, context);
    const notice = `⏳ ${linked('A new workflow run', place)} is under way. What stands below is of an earlier one.`;
    await conversation.rewrite(marker, (before) => {
      const report = before
        .slice(marker.length)
        .replace(/^\s*⏳ .*/u, '')
        .trimStart();
      return `${marker}\n${notice}\n\n${report}`;
    });
  } catch (error) {
    context.log.debug(`The comment could not be marked: ${messageOf(error)}`);
  }
}

/** The workflow run with its commit, so that an old comment cannot be taken for one of a new run. */
function linked(words: string, { sha, runUrl }: WorkflowRun): string {
  const run = runUrl === undefined ? words : `[${words}](${runUrl})`;
  return sha === undefined ? run : `${run} for commit \`${sha.slice(0, 7)}\``;
}

async function open(
  inputs: CommentInputs,
  { env, signal }: CommentContext,
): Promise<{ readonly conversation: Conversation; readonly marker: string; readonly place: WorkflowRun }> {
  if (inputs.token === undefined) throw new Error('github-token is empty');
  const place = await readWorkflowRun(env);
  if (place === undefined) throw new Error('this is not a workflow on GitHub (GITHUB_REPOSITORY is not set)');
  const conversation = await openConversation(place, inputs.token, signal);
  return { conversation, marker: markerOf(place, inputs), place };
}

/**
 * Hidden in the comment, and of letters and digits only, so that no text from outside can close or forge it. The
 * version is not in it, or whoever raises it in the workflow would have a second comment: the jobs of a matrix over
 * anything but `project` and `model-type` share one, in which the last to end stands.
 */
export function markerOf(
  { workflow, job }: Pick<WorkflowRun, 'workflow' | 'job'>,
  { project, modelType }: Pick<CommentInputs, 'project' | 'modelType'>,
): string {
  const identity = JSON.stringify([workflow, job, project, modelType]);
  return `<!-- train-gate:${createHash('sha256').update(identity).digest('hex').slice(0, 20)} -->`;
}
