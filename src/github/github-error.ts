import { messageOf } from '../lib/errors.ts';

/** Whether GitHub says that the token may not, or that there is nothing for it: not merely that it was asked too often. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return !isRateLimit(error) && (status === 403 || status === 404);
}

/** Why the report is in no comment, and what to do about it. */
export function cureFor(error: unknown): string {
  if (isRateLimit(error))
    return `GitHub limits how often it is asked (${messageOf(error)}). The report is in the job summary; the next run writes the comment.`;
  if (statusOf(error) === 401) return `GitHub does not take the github-token (${messageOf(error)}).`;
  if (isRefusal(error))
    return `the token may not (${messageOf(error)}). Give the job "permissions: pull-requests: write"; pull requests from forks get a read-only token, so there the report is in the job summary only.`;
  return `${messageOf(error)}. The report is in the job summary.`;
}

function isRateLimit(error: unknown): boolean {
  return statusOf(error) === 429 || /rate limit/i.test(messageOf(error));
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
