import {
  bringCommentUpToDate,
  type ShownVerdict,
  writeSettledComment,
} from '../../github/comment/comment.ts';
import { GithubError, isPassing } from '../../github/github-error.ts';
import type { GithubSession } from '../../github/github-session.ts';
import { InterruptedError, messageOf, sentences } from '../../lib/errors.ts';
import type { Kind } from '../../report/settled.ts';

/**
 * Writes verdicts to the comments, one after the other, and tells what went wrong, for people; undefined if nothing did.
 * @param settled verdicts that stand since now
 * @param shown verdicts of an earlier settle, which may not have been able to write the comment
 * @param how the project as the workflow writes it, the account that writes, and GitHub with fresh patience
 */
export async function commentOn(
  settled: readonly Kind<'settled'>[],
  shown: readonly ShownVerdict[],
  how: { readonly project: string; readonly author: string; readonly open: () => Promise<GithubSession> },
): Promise<string | undefined> {
  const wanted = [
    ...settled.flatMap((status) =>
      status.pullRequests.map((number) => ({
        number,
        write: (session: GithubSession) => writeSettledComment(status, number, how, session),
      })),
    ),
    ...shown.map((verdict) => ({
      number: verdict.pullRequest,
      write: (session: GithubSession) => bringCommentUpToDate(verdict, how, session),
    })),
  ];
  let first: string | undefined;
  let unwritten = 0;
  for (const [done, { number, write }] of wanted.entries()) {
    try {
      await write(await how.open());
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      first ??= `the comment on pull request #${number} was not written: ${messageOf(error)}`;
      const isLast = error instanceof GithubError && isPassing(error.failure);
      unwritten += isLast ? wanted.length - done : 1;
      if (isLast) break;
    }
  }
  if (first === undefined) return undefined;
  return sentences(
    first,
    unwritten === 1 ? undefined : `So were ${unwritten - 1} more`,
    'The verdicts stand on the commits. Comments need "pull-requests: write" in the job',
  );
}
