import { writeSettledComment } from '../../github/comment/comment.ts';
import { GithubError, isPassing } from '../../github/github-error.ts';
import type { GithubSession } from '../../github/github-session.ts';
import type { WriteResult } from '../../github/status/write-statuses.ts';
import { InterruptedError, messageOf, sentences } from '../../lib/errors.ts';
import type { StatusPlan } from './settled-output.ts';

/** What all comments have in common. */
interface Commenting {
  /** As the workflow writes it: the comment of the starting step is found by it. */
  readonly project: string;
  /** The account that the token writes as. */
  readonly author: string;
  /** Opens GitHub with fresh patience. */
  readonly open: () => Promise<GithubSession>;
}

/** A verdict that stands on a commit, and a pull request whose head that is. */
type Verdict = Extract<StatusPlan['next'], { kind: 'settle' }> & {
  readonly pending: StatusPlan['pending'];
  readonly pullRequest: number;
};

/**
 * Writes the verdicts that stand on the commits to the comments of their pull requests, one after the other. One that fails stops
 * no other, unless GitHub is in no state to take any.
 * @returns what went wrong, in a text for people; undefined if nothing did
 */
export async function commentOn(
  plans: readonly StatusPlan[],
  written: ReadonlyMap<string, WriteResult>,
  commenting: Commenting,
): Promise<string | undefined> {
  const wanted = plans.flatMap(({ pending, next }) =>
    next.kind === 'settle' && written.get(pending.found.id)?.kind === 'written'
      ? pending.pullRequests.map((pullRequest) => ({ ...next, pending, pullRequest }))
      : [],
  );
  const failed: string[] = [];
  for (const [done, verdict] of wanted.entries()) {
    try {
      await write(verdict, commenting);
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      failed.push(`the comment on pull request #${verdict.pullRequest} was not written: ${messageOf(error)}`);
      if (error instanceof GithubError && isPassing(error.failure)) {
        failed.push(...wanted.slice(done + 1).map(() => 'not tried'));
        break;
      }
    }
  }
  return troubleOf(failed);
}

function troubleOf([first, ...more]: readonly string[]): string | undefined {
  if (first === undefined) return undefined;
  const rest = more.length === 0 ? undefined : `So were ${more.length} more`;
  return sentences(
    first,
    rest,
    'The verdicts stand on the commits. Comments need "pull-requests: write" in the job',
  );
}

/** Writes a verdict into the one comment that the starting step shares, unless a newer workflow run's is there. */
async function write(
  { pending: { found, subject }, pullRequest, conclusion, facts }: Verdict,
  { project, author, open }: Commenting,
): Promise<void> {
  const about = { project, modelType: subject.modelType, statusContext: found.context };
  const verdict = { ...about, pullRequest, sha: found.sha, author, conclusion, facts };
  await writeSettledComment(verdict, await open());
}
