import { UNTRUSTED_EVENTS } from '../../github/event.ts';
import type { GithubSession } from '../../github/github-session.ts';
import { findOnBranches, findOnPullRequests } from '../../github/status/find-statuses.ts';
import { type IgnoredStatus, pendingOf, sorted } from '../../github/status/trust.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import type { Log } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { ProjectRef } from '../../roboflow/http/api.ts';

/** The pending statuses of the context. */
interface FoundPending extends ReturnType<typeof sorted> {
  readonly project: ProjectRef;
  readonly account: string;
}

/** The pending statuses of the context; undefined if there are none. `resolve` names the project, and is asked only then. */
export async function findPending(
  { context, branches }: SettleInputs,
  resolve: () => Promise<ProjectRef>,
  { run, api }: GithubSession,
  log: Log,
): Promise<FoundPending | undefined> {
  if (UNTRUSTED_EVENTS.has(run.event))
    throw new TrainGateError(
      `This is a workflow run for the event ${run.event}, whose workflow and rules are those of the pull request itself. Nothing was settled.`,
      { hint: 'Run settle on the default branch: on a schedule, by hand or by workflow_run.' },
    );
  const onBranches = await findOnBranches(run, branches, api);
  for (const branch of onBranches.missing)
    log.warning(`There is no branch "${branch}", so nothing was looked for there. Check the input branches.`);
  const commits = [...onBranches.commits, ...(await findOnPullRequests(run, api))];
  const pending = pendingOf(commits, context);
  if (pending.length === 0) return undefined;
  const { account } = onBranches;
  const project = await resolve();
  const found = sorted(pending, { account, ...project });
  if (found.ignored.length > 0) log.warning(ignoredLine(found.ignored));
  return { ...found, project, account };
}

/** So many are named in the warning. */
const MOST_NAMED = 5;

function ignoredLine(ignored: readonly IgnoredStatus[]): string {
  const named = ignored
    .slice(0, MOST_NAMED)
    .map(({ found, why }) => `"${found.context}" of ${found.sha.slice(0, 7)} (${why})`);
  const more = ignored.length - named.length;
  const all = more > 0 ? [...named, `${more} more, all in the summary`] : named;
  return `Pending statuses were left alone, and may block a merge: ${all.join('; ')}. Settle takes only what its own account set for its own project: who set the others has to end them.`;
}
