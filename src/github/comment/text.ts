import type { Log } from '../../lib/context.ts';
import { messageOf, sentences, TrainGateError } from '../../lib/errors.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import { renderComment } from '../../report/report.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { Rights } from '../event.ts';
import { GithubError, type GithubFailure, isForbidden, statusCure } from '../github-error.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import type { Stands } from './keep-one.ts';
import { isOfHead } from './marker.ts';

/** What a comment says besides its own words: of which workflow run and commit it is, and where the pull request stands by now. */
export interface CommentPage {
  readonly runUrl: string | undefined;
  readonly sha: string | undefined;
  readonly headSha: string | undefined;
}

/** The first line of the text of a step that came to its end: its verdict. */
export function headingOf(conclusion: Conclusion): string {
  const whole = renderComment(conclusion, undefined, { runUrl: undefined, sha: undefined });
  return whole.split('\n', 1).join('');
}

/** The text of a step that came to its end. */
export function concludedText(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  page: CommentPage,
): string {
  const text = renderComment(conclusion, training, page).trimEnd();
  const stale = staleness(page);
  // The verdict stays the first thing to be read, and that it is out of date the second.
  return stale === undefined ? text : text.replace('\n', () => `\n\n${stale}\n`);
}

/** The text while the training goes on. */
export function underWayText(page: CommentPage): string {
  const origin = `${linked('This workflow run', page)} writes the verdict here when the training has ended.`;
  return `### ⏳ Training: under way\n\n${sentences(origin, staleness(page))}`;
}

/** The text of a step that ended before it could write its own: the `verdict` that it had, and what `became` of the training. */
export function endedText(
  verdict: string | undefined,
  became: string | undefined,
  page: CommentPage,
): string {
  const heading = verdict ?? '### ⚠️ Not judged: the step ended before it was judged';
  const run = linked('this workflow run', page);
  const where =
    verdict === undefined
      ? `Of ${run}. To judge the commit, re-run its job.`
      : `The report is in the summary of ${run}.`;
  return `${heading}\n\n${sentences(became, where, staleness(page))}`;
}

function linked(words: string, { sha, runUrl }: CommentPage): string {
  const run = runUrl === undefined ? words : `[${words}](${runUrl})`;
  return sha === undefined ? run : `${run} for commit \`${sha.slice(0, 7)}\``;
}

/** What a reader must know of a verdict on a commit that was replaced; undefined for the head's. */
function staleness({ sha, headSha }: CommentPage): string | undefined {
  if (headSha === undefined || isOfHead(sha, headSha)) return undefined;
  return `⚠️ The pull request has moved on since, to \`${headSha.slice(0, 7)}\`: this is not about its newest commit.`;
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
