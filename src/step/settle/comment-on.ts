import { writeSettledComment } from '../../github/comment/comment.ts';
import { GithubError, isPassing } from '../../github/github-error.ts';
import type { GithubSession } from '../../github/github-session.ts';
import { InterruptedError, messageOf, sentences } from '../../lib/errors.ts';
import type { Kind } from '../../report/settled.ts';

interface Commenting {
  /** As the workflow writes it: the comment of the starting step is found by it. */
  readonly project: string;
  readonly author: string;
  readonly open: () => Promise<GithubSession>;
}

/** Writes verdicts that stand to the comments, one after the other. Returns what went wrong, for people; undefined if nothing did. */
export async function commentOn(
  settled: readonly Kind<'settled'>[],
  commenting: Commenting,
): Promise<string | undefined> {
  const wanted = settled.flatMap((status) => status.pullRequests.map((number) => ({ status, number })));
  const failed: string[] = [];
  for (const [done, { status, number }] of wanted.entries()) {
    try {
      await writeSettledComment(status, number, commenting, await commenting.open());
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      failed.push(`the comment on pull request #${number} was not written: ${messageOf(error)}`);
      if (error instanceof GithubError && isPassing(error.failure)) {
        failed.push(...wanted.slice(done + 1).map(() => 'not tried'));
        break;
      }
    }
  }
  const [first, ...more] = failed;
  if (first === undefined) return undefined;
  return sentences(
    first,
    more.length === 0 ? undefined : `So were ${more.length} more`,
    'The verdicts stand on the commits. Comments need "pull-requests: write" in the job',
  );
}
