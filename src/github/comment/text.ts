import { sentences } from '../../lib/errors.ts';
import { renderComment } from '../../report/comment-body.ts';
import type { Conclusion } from '../../report/conclusion.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import { isOfHead } from './marker.ts';

/** What a comment says besides its own words: of which workflow run and commit it is. */
export interface CommentPage {
  readonly run: Pick<WorkflowRun, 'url'> & { readonly sha: string | undefined };
  /** Where the pull request stands by now; undefined if it is unknown. */
  readonly headSha: string | undefined;
}

/** The first line of the text of a step that came to its end: its verdict. */
export function headingOf(conclusion: Conclusion): string {
  const [heading = ''] = renderComment(conclusion, undefined, NOWHERE).split('\n');
  return heading;
}

const NOWHERE = { runUrl: undefined, sha: undefined };

/** The text of a step that came to its end. */
export function concludedText(
  conclusion: Conclusion,
  training: TrainingFacts | undefined,
  { run, headSha }: CommentPage,
): string {
  const text = renderComment(conclusion, training, { runUrl: run.url, sha: run.sha }).trimEnd();
  const stale = staleness(run, headSha);
  // The verdict stays the first thing to be read, and that it is out of date the second.
  return stale === undefined ? text : text.replace('\n', () => `\n\n${stale}\n`);
}

/** The text while the training goes on. */
export function underWayText({ run, headSha }: CommentPage): string {
  const origin = `${linked('This workflow run', run)} writes the verdict here when the training has ended.`;
  return `### ⏳ Training: under way\n\n${sentences(origin, staleness(run, headSha))}`;
}

/**
 * The text of a step that ended before it could write its own.
 * @param verdict the first line that it would have had; undefined if it was not judged
 * @param became what became of the training, in a sentence; undefined if that says nothing
 */
export function endedText(
  verdict: string | undefined,
  became: string | undefined,
  { run, headSha }: CommentPage,
): string {
  const heading = verdict ?? '### ⚠️ Not judged: the step ended before it was judged';
  const where =
    verdict === undefined
      ? `Of ${linked('this workflow run', run)}. To judge the commit, re-run its job.`
      : `The report is in the summary of ${linked('this workflow run', run)}.`;
  return `${heading}\n\n${sentences(became, where, staleness(run, headSha))}`;
}

function linked(words: string, { sha, url }: CommentPage['run']): string {
  const run = url === undefined ? words : `[${words}](${url})`;
  return sha === undefined ? run : `${run} for commit \`${shortSha(sha)}\``;
}

/** What a reader must know of a verdict on a commit that was replaced; undefined for the head's. */
function staleness({ sha }: CommentPage['run'], headSha: string | undefined): string | undefined {
  if (sha === undefined || headSha === undefined || isOfHead({ sha }, headSha)) return undefined;
  return `⚠️ The pull request has moved on since, to \`${shortSha(headSha)}\`: this is not about its newest commit.`;
}

function shortSha(sha: string): string {
  return sha.slice(0, 7);
}
