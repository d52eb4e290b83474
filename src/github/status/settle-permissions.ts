import { messageOf, sentences } from '../../lib/errors.ts';
import { GithubError, isForbidden, isMissing } from '../github-error.ts';

/** Naming one permission takes all others away, so all that settle needs are named together. */
const PERMISSIONS = 'permissions:\n  contents: read\n  pull-requests: read\n  statuses: write';

/** Why something about statuses could not be done, and what to do about it. */
export function statusTrouble(error: unknown): string {
  if (!(error instanceof GithubError)) return messageOf(error);
  const { failure } = error;
  if (isForbidden(failure) || isMissing(failure))
    return sentences(
      messageOf(error),
      `The token may not do that, or the thing is gone. Settle needs these permissions:\n${PERMISSIONS}`,
    );
  if (failure.kind === 'refused' && failure.status === 401)
    return sentences(messageOf(error), 'Check github-token: it is wrong or has expired.');
  return sentences(messageOf(error), 'The next settle tries it again.');
}
