import type { FoundCommit } from './find-statuses.ts';
import type { FoundStatus } from './found-status.ts';
import { readTargetUrl, type StatusSubject } from './target-url.ts';

/** A pending status that is ours to settle, and the open pull requests whose head it is on. */
export interface PendingStatus {
  readonly found: FoundStatus;
  readonly subject: StatusSubject;
  readonly pullRequests: readonly number[];
}

/** What settle goes by in telling which statuses are its own. */
export interface Trust {
  /** The account that its token writes as. */
  readonly account: string;
  readonly workspace: string;
  readonly project: string;
}

/** A status of the context that is not taken for ours, and why. */
export interface IgnoredStatus {
  readonly found: FoundStatus;
  readonly why: string;
}

/**
 * The pending statuses of `context`, and of those of its matrix legs: `context (...)`. Each is there once, whatever number of
 * places its commit was found at.
 */
export function pendingOf(commits: readonly FoundCommit[], context: string): readonly FoundStatus[] {
  const byId = new Map<string, FoundStatus>();
  for (const { statuses } of commits)
    for (const found of statuses)
      if (found.state === 'pending' && isOfContext(found.context, context)) byId.set(found.id, found);
  return [...byId.values()];
}

function isOfContext(name: string, context: string): boolean {
  return name === context || (name.startsWith(`${context} (`) && name.endsWith(')'));
}

/**
 * What is believed of the status, or why it is not: anybody who may write to the repository can set a status of any name.
 * Only the account of the same app is believed, and only about the project that settle is for.
 */
export function believed(
  found: FoundStatus,
  commits: readonly FoundCommit[],
  { account, workspace, project }: Trust,
): PendingStatus | IgnoredStatus {
  if (found.creator !== account)
    return { found, why: `it was set by ${found.creator ?? 'a deleted account'}, and not by ${account}` };
  const subject = readTargetUrl(found.targetUrl);
  if (subject === undefined)
    return { found, why: 'its target URL names no training in the form that this action writes' };
  if (!isSame(subject.workspace, workspace) || !isSame(subject.project, project))
    return { found, why: `it is about another project, ${subject.workspace}/${subject.project}` };
  const pullRequests = commits.flatMap(({ pullRequest, statuses }) =>
    pullRequest !== undefined && statuses.some(({ id }) => id === found.id) ? [pullRequest] : [],
  );
  return { found, subject, pullRequests: [...new Set(pullRequests)] };
}

function isSame(slug: string, other: string): boolean {
  return slug.toLowerCase() === other.toLowerCase();
}
