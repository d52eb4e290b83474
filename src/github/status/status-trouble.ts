import { messageOf, sentences } from '../../lib/errors.ts';
import { GithubError, type GithubFailure, isForbidden, isMissing, isPassing } from '../github-error.ts';

/** What helps, where it depends on the step. */
interface Cures {
  /** What the token needs. */
  readonly permissions: string;
  /** What to do once GitHub is in order again. */
  readonly later: string;
}

/** What to do about a status that could not be read or set. What GitHub refuses for good is not to be tried again. */
export function statusCure(failure: GithubFailure, { permissions, later }: Cures): string {
  if (isPassing(failure) || failure.kind !== 'refused') return later;
  if (isForbidden(failure) || isMissing(failure)) return permissions;
  if (failure.status === 401) return 'Check github-token: it is wrong or has expired.';
  if (/maximum number of statuses/i.test(failure.said))
    return 'A commit takes 1,000 statuses of one name: push another commit, or set status-context to another name.';
  if (/no commit found/i.test(failure.said))
    return 'The commit is gone from this repository, as after a forced push: start anew on the newest one.';
  return 'GitHub refuses it again as long as nothing is changed about what it names.';
}

/** Naming one permission takes all others away, so all that settle needs are named together. */
const OF_SETTLE: Cures = {
  permissions:
    'The token may not do that, or the thing is gone. Settle needs these permissions:\npermissions:\n  contents: read\n  pull-requests: read\n  statuses: write',
  later: 'The next settle tries it again.',
};

/** Why settle could not do something, and what to do about it. */
export function settleTrouble(error: unknown): string {
  if (!(error instanceof GithubError)) return messageOf(error);
  return sentences(messageOf(error), statusCure(error.failure, OF_SETTLE));
}
