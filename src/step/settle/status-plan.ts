import { settleTrouble } from '../../github/status/status-trouble.ts';
import type { PendingStatus } from '../../github/status/trust.ts';
import type { StatusChange, WriteResult } from '../../github/status/write-statuses.ts';
import type { SettleInputs } from '../../inputs/settle-inputs.ts';
import type { Context } from '../../lib/context.ts';
import type { SettledAs, SettledStatus } from '../../report/settled.ts';
import { type NextStatus, nextStatus } from './next-status.ts';
import type { Sight } from './sight.ts';

/** A pending status, and what is to be done about it. */
export interface StatusPlan {
  readonly pending: PendingStatus;
  readonly next: NextStatus | Extract<Sight, { kind: 'trouble' }>;
}

/** What to do about a status after the look at its training. */
export function planFor(
  pending: PendingStatus,
  sight: Sight,
  inputs: SettleInputs,
  { clock }: Context,
): StatusPlan {
  const next = sight.kind === 'trouble' ? sight : nextStatus(pending, sight, clock.now(), inputs);
  return { pending, next };
}

/** What a plan writes; nothing if the status stays as it is. */
export function changeOf({ pending: { found }, next }: StatusPlan): readonly StatusChange[] {
  return next.kind === 'settle' || next.kind === 'tell' ? [{ found, text: next.text }] : [];
}

/**
 * What became of a status, for outputs and summary.
 * @param written what became of the changes, by the id of the status that was changed
 */
export function settledStatus(plan: StatusPlan, written: ReadonlyMap<string, WriteResult>): SettledStatus {
  const { found, subject, pullRequests } = plan.pending;
  return {
    sha: found.sha,
    context: found.context,
    pullRequests,
    version: subject.version,
    modelType: subject.modelType,
    jobId: subject.job?.id,
    url: found.targetUrl.replace(/#.*$/, ''),
    became: becameOf(plan, written.get(found.id)),
  };
}

function becameOf({ pending: { found }, next }: StatusPlan, written: WriteResult | undefined): SettledAs {
  if (next.kind === 'trouble') return { kind: 'trouble', reason: settleTrouble(next.error) };
  if (next.kind === 'leave') return { kind: 'left', words: found.description };
  if (written?.kind === 'replaced') return { kind: 'replaced' };
  if (written?.kind === 'not-written') {
    // That a pending status does not say the newest progress is no trouble: nothing hangs on it.
    if (next.kind === 'tell') return { kind: 'left', words: next.text.description };
    return { kind: 'trouble', reason: settleTrouble(written.error) };
  }
  const { description: words, state } = next.text;
  if (next.kind === 'tell' || state === 'pending') return { kind: 'left', words };
  return { kind: 'settled', state, conclusion: next.conclusion, facts: next.facts, words };
}
