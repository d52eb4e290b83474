import { writeSettledComment } from '../../github/status/settle-comment.ts';
import type { OpenGithub, WriteResult } from '../../github/status/write-statuses.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import { atATime } from '../../lib/at-a-time.ts';
import { InterruptedError, messageOf, sentences } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { StatusPlan } from './status-plan.ts';

/** Each takes some ten seconds, so this stays below what GitHub takes in a minute (docs/github.md#limits). */
const AT_A_TIME = 8;

/**
 * Writes the verdicts to the comments of the pull requests. What goes wrong is told in one notice; the statuses stand without.
 * @param author the account that the token writes as
 */
export async function commentOn(
  plans: readonly StatusPlan[],
  written: ReadonlyMap<string, WriteResult>,
  author: string,
  { project }: SettleInputs,
  open: OpenGithub,
  log: Log,
): Promise<void> {
  const wanted = plans.flatMap(({ pending, next }) =>
    next.kind === 'settle' && written.get(pending.found.id)?.kind === 'written'
      ? pending.pullRequests.map((pullRequest) => ({ ...next, pending, pullRequest }))
      : [],
  );
  const failed: string[] = [];
  await atATime(
    AT_A_TIME,
    wanted,
    async ({ pending: { found, subject }, pullRequest, conclusion, facts }) => {
      const { sha, context } = found;
      const comment = {
        pullRequest,
        sha,
        project,
        modelType: subject.modelType,
        statusContext: context,
        author,
      };
      try {
        await writeSettledComment({ ...comment, conclusion, facts }, await open());
      } catch (error) {
        if (error instanceof InterruptedError) throw error;
        failed.push(`the comment on pull request #${pullRequest} was not written: ${messageOf(error)}`);
      }
    },
  );
  const [first, ...more] = failed;
  if (first === undefined) return;
  const rest = more.length === 0 ? undefined : `So were ${more.length} more`;
  log.notice(
    sentences(
      first,
      rest,
      'The verdicts stand on the commits. Comments need "pull-requests: write" in the job',
    ),
  );
}
