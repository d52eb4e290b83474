import type { ShownVerdict } from '../../github/comment/comment.ts';
import { isSameName, UNTRUSTED_EVENTS } from '../../github/event.ts';
import type { GithubSession } from '../../github/github-session.ts';
import {
  type FoundCommit,
  type FoundStatus,
  findOnBranches,
  findOnPullRequests,
} from '../../github/status/find-statuses.ts';
import { readTargetUrl, type StatusSubject } from '../../github/status/target-url.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import type { Log } from '../../lib/context.ts';
import { TrainGateError } from '../../lib/errors.ts';
import type { ProjectRef } from '../../roboflow/http/api.ts';

/** A pending status, and the open pull requests whose head it is on. */
interface WaitingStatus {
  readonly found: FoundStatus;
  readonly pullRequests: readonly number[];
}

/** A pending status that is ours to settle. */
export interface PendingStatus extends WaitingStatus {
  readonly subject: StatusSubject;
}

/** A pending status of the context that is not taken for ours, and why. */
export interface IgnoredStatus extends WaitingStatus {
  readonly why: string;
}

/** A comment that could not be written with its status is looked for by the settles of so long. */
const LAGGING_MS = 2 * 60 * 60_000;

/**
 * The pending statuses of the context, undefined if there are none, and its fresh verdicts, whose comments may lag behind. `resolve` names the
 * project, and is asked only if something is pending.
 */
export async function findPending(
  { context, branches }: SettleInputs,
  resolve: () => Promise<ProjectRef>,
  { run, api, clock }: GithubSession,
  log: Log,
) {
  if (UNTRUSTED_EVENTS.has(run.event))
    throw new TrainGateError(
      `This is a workflow run for the event ${run.event}, whose workflow and rules are those of the pull request itself. Nothing was settled.`,
      { hint: 'Run settle on the default branch: on a schedule, by hand or by workflow_run.' },
    );
  const { account, ...onBranches } = await findOnBranches(run, branches, api);
  for (const branch of onBranches.missing)
    log.warning(`There is no branch "${branch}", so nothing was looked for there. Check the input branches.`);
  const commits = [...onBranches.commits, ...(await findOnPullRequests(run, api))];
  const verdicts = verdictsOf(commits, context, account, clock.now() - LAGGING_MS);
  const pending = pendingOf(commits, context);
  if (pending.length === 0) return { account, verdicts, waiting: undefined };
  const project = await resolve();
  const { believed, ignored } = sorted(pending, account, project);
  if (ignored.length > 0) log.warning(ignoredLine(ignored));
  return { account, verdicts, waiting: { believed, ignored, project } };
}

/** The verdicts of `context` that `account` has set since then on heads of pull requests. */
function verdictsOf(
  commits: readonly FoundCommit[],
  context: string,
  account: string,
  sinceMs: number,
): readonly ShownVerdict[] {
  return commits.flatMap(({ pullRequest, statuses }) =>
    statuses.flatMap((found) => {
      const isFresh = found.state !== 'pending' && found.createdAtMs >= sinceMs && found.creator === account;
      const subject = isFresh && isOfContext(found.context, context) && readTargetUrl(found.targetUrl);
      return subject && pullRequest !== undefined ? [{ found, subject, pullRequest }] : [];
    }),
  );
}

/** The pending statuses of `context` and of its matrix legs, `context (...)`, on `commits`, each once. */
export function pendingOf(commits: readonly FoundCommit[], context: string): readonly WaitingStatus[] {
  const pending = new Map<string, WaitingStatus>();
  for (const { pullRequest, statuses } of commits)
    for (const found of statuses) {
      if (found.state !== 'pending' || !isOfContext(found.context, context)) continue;
      const at = new Set(pending.get(found.id)?.pullRequests);
      if (pullRequest !== undefined) at.add(pullRequest);
      pending.set(found.id, { found, pullRequests: [...at] });
    }
  return [...pending.values()];
}

function isOfContext(name: string, context: string): boolean {
  const isLeg = isSameName(name.slice(0, context.length + 2), `${context} (`) && name.endsWith(')');
  return isLeg || isSameName(name, context);
}

/** Sorts `pending` statuses into those that are ours to settle and the others, which may block a merge all the same. */
export function sorted(pending: readonly WaitingStatus[], account: string, project: ProjectRef) {
  const believed: PendingStatus[] = [];
  const ignored: IgnoredStatus[] = [];
  for (const status of pending) {
    const subject = subjectOf(status.found, account, project);
    if (typeof subject === 'string') ignored.push({ ...status, why: subject });
    else believed.push({ ...status, subject });
  }
  return { believed, ignored };
}

/** What a status is about, or why that is not believed: only the account of the same app is, and only about settle's project. */
function subjectOf(
  { creator, targetUrl }: FoundStatus,
  account: string,
  { workspace, project }: ProjectRef,
): StatusSubject | string {
  if (creator !== account) return `it was set by ${creator ?? 'a deleted account'}, and not by ${account}`;
  const subject = readTargetUrl(targetUrl);
  if (subject === undefined) return 'its target URL names no training in the form that this action writes';
  const isOurs = isSameName(subject.workspace, workspace) && isSameName(subject.project, project);
  return isOurs ? subject : `it is about another project, ${subject.workspace}/${subject.project}`;
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
