import type { Log } from '../../lib/context.ts';
import { messageOf, sentences, TrainGateError } from '../../lib/errors.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import { code, prose } from '../../report/markdown/markdown.ts';
import { type CommentOrigin, renderComment } from '../../report/report.ts';
import type { Rights } from '../event.ts';
import { GithubError, type GithubFailure, isForbidden, statusCure } from '../github-error.ts';
import type { FoundStatus } from '../status/find-statuses.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import type { Stands } from './keep-one.ts';

/** The first line of the text of a step that came to its end: its verdict. */
export function headingOf(conclusion: Conclusion): string {
  const whole = renderComment(conclusion, undefined, { runUrl: undefined, sha: undefined });
  return whole.split('\n', 1).join('');
}

/** The text while the training goes on. */
export function underWayText(page: CommentOrigin): string {
  return `### ⏳ Training: under way\n\n${linked('This workflow run', page)} writes the verdict here when the training has ended.`;
}

/** The text of a step that ended before it could write its own: the `verdict` that it had, and what `became` of the training. */
export function endedText(
  verdict: string | undefined,
  became: string | undefined,
  page: CommentOrigin,
): string {
  const heading = verdict ?? '### ⚠️ Not judged: the step ended before it was judged';
  const run = linked('this workflow run', page);
  const where =
    verdict === undefined
      ? `Of ${run}. To judge the commit, re-run its job.`
      : `The report is in the summary of ${run}.`;
  return `${heading}\n\n${sentences(became, where)}`;
}

function linked(words: string, { sha, runUrl }: CommentOrigin): string {
  const run = runUrl === undefined ? words : `[${words}](${runUrl})`;
  return sha === undefined ? run : `${run} for commit \`${sha.slice(0, 7)}\``;
}

/** Whether the text of a comment says that there is no verdict yet. */
export function isUnjudgedText(body: string): boolean {
  return /^<!--.*-->\n### ⏳/.test(body);
}

const STATE_ICONS: Readonly<Record<string, string>> = { success: '✅', failure: '❌' };

/** The text of a comment that takes over what a commit status says. */
export function statusText({ state, description, context }: FoundStatus, page: CommentOrigin): string {
  const heading = `### ${STATE_ICONS[state] ?? '⚠️'} ${prose(description)}`;
  const where = `So says the commit status ${code(context)}; its report is in the summary of the workflow run that set it.`;
  return `${heading}\n\n${where} ${linked('This workflow run', page)} brought this comment up to date.`;
}

/** What became of the comment, in a line for the log. */
export function commentLine(stands: Stands, pullRequest: number): string {
  return {
    ours: `The comment on pull request #${pullRequest} is up to date.`,
    another: `The comment on pull request #${pullRequest} is of a newer workflow run, and stays.`,
    none: `Pull request #${pullRequest} has moved on, so this commit gets no comment.`,
  }[stands];
}

/** Says why there is no comment, and what to do about it: one notice, whose stack is for the debug log. */
export function tellUnwritten(error: unknown, { rights }: WorkflowRun, log: Log): void {
  const isBug = !(error instanceof TrainGateError);
  const why = isBug ? 'that is a bug in Train Gate: please report it with the debug log' : messageOf(error);
  const cure = error instanceof GithubError ? cureFor(error.failure, rights) : undefined;
  const what = `The comment on the pull request was not written: ${why}`;
  log.notice(sentences(what, 'The report is in the job summary.', cure));
  if (error instanceof Error) log.debug(error.stack ?? '');
}

/** Naming one permission takes all others away, so the one that a checkout needs is named along. */
const CURES = {
  permissions:
    'The token may not write it, or the pull request was deleted. Give the job these permissions:\npermissions:\n  contents: read\n  pull-requests: write',
  later: 'A re-run of this job writes the comment.',
};

function cureFor(failure: GithubFailure, rights: Rights): string {
  if (failure.kind === 'refused' && /locked/i.test(failure.said))
    return 'Unlock its conversation, or set comment to false.';
  if (isForbidden(failure) && rights === 'fork')
    return 'Pull requests from forks get a token that may only read: nothing is to be done. To be rid of this notice, set comment to false there.';
  return statusCure(failure, CURES);
}
