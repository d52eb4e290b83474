import { UNTRUSTED_EVENTS } from '../../github/event.ts';
import { findOnBranches, findOnPullRequests } from '../../github/status/find-statuses.ts';
import { believed, type PendingStatus, pendingOf } from '../../github/status/trust.ts';
import type { OpenGithub } from '../../github/status/write-statuses.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { ProjectRef } from '../../roboflow/http/in-project.ts';

/** The statuses that are ours to settle. */
export interface FoundPending {
  readonly pending: readonly PendingStatus[];
  readonly project: ProjectRef;
  /** The account that sets them. */
  readonly account: string;
}

/**
 * Finds the pending statuses of the context: on the heads of open pull requests, the newest commits of branches, and in the
 * merge queue. Undefined if nothing at all is pending.
 * @param resolve names the project, and is asked only if there is anything to settle
 */
export async function findPending(
  { context, branches }: SettleInputs,
  resolve: () => Promise<ProjectRef>,
  open: OpenGithub,
  log: Log,
): Promise<FoundPending | undefined> {
  const { run, api } = await open();
  if (UNTRUSTED_EVENTS.has(run.event))
    throw new TrainGateError(
      `This is a workflow run for the event ${run.event}, whose workflow and rules are those of the pull request itself. Nothing was settled.`,
      { hint: 'Run settle on the default branch: on a schedule, by hand or by workflow_run.' },
    );
  const onBranches = await findOnBranches(run, branches, api);
  for (const branch of onBranches.missing)
    log.warning(`There is no branch "${branch}", so nothing was looked for there. Check the input branches.`);
  const commits = [...onBranches.commits, ...(await findOnPullRequests(run, api))];
  const found = pendingOf(commits, context);
  if (found.length === 0) return undefined;
  const { account } = onBranches;
  const project = await resolve();
  const trust = { account, ...project };
  const pending: PendingStatus[] = [];
  for (const each of found) {
    const judged = believed(each, commits, trust);
    if ('subject' in judged) pending.push(judged);
    else log.info(`Left alone: the status "${each.context}" of ${each.sha.slice(0, 7)}, as ${judged.why}.`);
  }
  return { pending, project, account };
}
