import { isSameName } from '../event.ts';
import type { FoundCommit, FoundStatus } from './find-statuses.ts';
import { readTargetUrl, type StatusSubject } from './target-url.ts';

/** A pending status, and the open pull requests whose head it is on. */
interface WaitingStatus {
  readonly found: FoundStatus;
  readonly pullRequests: readonly number[];
}

/** A pending status that is ours to settle. */
export interface PendingStatus extends WaitingStatus {
  readonly subject: StatusSubject;
}

/** What settle goes by in telling which statuses are its own. */
export interface Trust {
  readonly account: string;
  readonly workspace: string;
  readonly project: string;
}

/** A pending status of the context that is not taken for ours, and why. */
export interface IgnoredStatus extends WaitingStatus {
  readonly why: string;
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
export function sorted(pending: readonly WaitingStatus[], trust: Trust) {
  const believed: PendingStatus[] = [];
  const ignored: IgnoredStatus[] = [];
  for (const status of pending) {
    const subject = subjectOf(status.found, trust);
    if (typeof subject === 'string') ignored.push({ ...status, why: subject });
    else believed.push({ ...status, subject });
  }
  return { believed, ignored };
}

/** What a status is about, or why that is not believed: only the account of the same app is, and only about settle's project. */
function subjectOf(
  { creator, targetUrl }: FoundStatus,
  { account, workspace, project }: Trust,
): StatusSubject | string {
  if (creator !== account) return `it was set by ${creator ?? 'a deleted account'}, and not by ${account}`;
  const subject = readTargetUrl(targetUrl);
  if (subject === undefined) return 'its target URL names no training in the form that this action writes';
  const isOurs = isSameName(subject.workspace, workspace) && isSameName(subject.project, project);
  return isOurs ? subject : `it is about another project, ${subject.workspace}/${subject.project}`;
}
