import { messageOf, reasonOf, sentences, TrainGateError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { GithubError, isForbidden, isMissing } from '../github-error.ts';
import type { WorkflowRun } from '../workflow-run.ts';

const IN_SUMMARY = 'The report is in the job summary.';
/** Naming one permission takes all others away, so the one that a checkout needs is named along. */
const PERMISSIONS = 'permissions:\n  contents: read\n  pull-requests: write';

/** What became of the comment, in a line for the log. */
export function commentLine(stands: 'ours' | 'another' | 'none', pullRequest: number): string {
  switch (stands) {
    case 'ours':
      return `The comment on pull request #${pullRequest} is up to date.`;
    case 'another':
      return `The comment on pull request #${pullRequest} is of a newer workflow run, and stays.`;
    case 'none':
      return `Pull request #${pullRequest} has moved on, so this commit gets no comment.`;
  }
}

/** Says why there is no comment, and what to do about it: one notice, whose stack is for the debug log. */
export function tellUnwritten(error: unknown, run: WorkflowRun | undefined, log: Log): void {
  const isReadOnly = run?.rights === 'fork';
  log.notice(sentences(`The comment on the pull request was not written: ${whyAndCure(error, isReadOnly)}`));
  if (error instanceof Error) log.debug(error.stack ?? '');
}

function whyAndCure(error: unknown, isReadOnly: boolean): string {
  if (error instanceof GithubError) return ofGithub(error, isReadOnly);
  if (error instanceof TrainGateError) return sentences(messageOf(error), IN_SUMMARY);
  return sentences('that is a bug in Train Gate: please report it with the debug log', IN_SUMMARY);
}

function ofGithub(error: GithubError, isReadOnly: boolean): string {
  const { failure } = error;
  const said = reasonOf(error);
  if (failure.kind === 'refused' && /locked/i.test(failure.said))
    return sentences('its conversation is locked', IN_SUMMARY, 'Unlock it, or set comment to false.');
  if (isReadOnly && isForbidden(failure))
    return sentences(
      'pull requests from forks get a token that may only read',
      IN_SUMMARY,
      'Nothing is to be done; to be rid of this notice, set comment to false there.',
    );
  if (isForbidden(failure))
    return sentences(`${said}: the token may not write it`, IN_SUMMARY, givePermission());
  if (isMissing(failure))
    return sentences(
      `${said}: the pull request was deleted, or the token may not see it`,
      IN_SUMMARY,
      `If it is there: ${givePermission()}`,
    );
  if (failure.kind === 'refused' && failure.status === 401)
    return sentences(said, IN_SUMMARY, 'Check github-token: it is wrong or has expired.');
  return sentences(said, IN_SUMMARY, 'A re-run of this job writes the comment.');
}

function givePermission(): string {
  return `Give the job these permissions:\n${PERMISSIONS}`;
}
