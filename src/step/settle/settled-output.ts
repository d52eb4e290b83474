import { settleTrouble } from '../../github/github-error.ts';
import { outcomeOf } from '../../github/outputs.ts';
import type { StatusChange, WriteResult } from '../../github/status/commit-status.ts';
import { type Kind, ofKind, type SettledAs, type SettledStatus } from '../../report/settled.ts';
import type { IgnoredStatus, PendingStatus } from './find-pending.ts';

/** A pending status, and what is to become of it. */
export interface StatusPlan {
  readonly pending: PendingStatus;
  readonly next: SettledAs;
}

/** The status to be written by a plan; none if it says that already. */
export function changesOf({ pending: { found }, next }: StatusPlan): readonly StatusChange[] {
  const { description: shown, targetUrl } = found;
  const { words: description } = next;
  if (next.kind === 'settled') return [{ found, text: { state: next.state, description, targetUrl } }];
  const isTold = next.kind === 'left' && description !== shown;
  return isTold ? [{ found, text: { state: 'pending', description, targetUrl } }] : [];
}

/** What became of a status, for outputs and summary; `written` has the changes by the id of the status. */
export function settledStatus(
  { pending: { found, subject, pullRequests }, next }: StatusPlan,
  written: ReadonlyMap<string, WriteResult>,
): SettledStatus {
  const { sha, context, targetUrl } = found;
  const { version, modelType, job } = subject;
  return {
    sha,
    context,
    pullRequests,
    training: { version, modelType, jobId: job?.id, url: targetUrl.replace(/#.*$/, '') },
    became: becameOf(next, written.get(found.id)),
  };
}

/** The same of one that settle left alone. */
export function ignoredStatus({ found: { sha, context }, pullRequests, why }: IgnoredStatus): SettledStatus {
  return { sha, context, pullRequests, training: undefined, became: { kind: 'ignored', words: why } };
}

function becameOf(next: SettledAs, written: WriteResult | undefined): SettledAs {
  if (written?.kind === 'replaced') {
    const { state = 'none', description = '' } = written.by ?? {};
    return { kind: 'replaced', isPending: state === 'pending', words: `${state}, "${description}"` };
  }
  // That a pending status does not say the newest progress is no trouble: nothing hangs on it.
  if (next.kind !== 'settled' || written?.kind === 'written') return next;
  return { kind: 'trouble', words: settleTrouble(written?.error) };
}

/** The output `settled`: a JSON list of what has its last word now. Figures are not rounded. */
export function settledOutput(statuses: readonly SettledStatus[]): string {
  return JSON.stringify(ofKind(statuses, 'settled').map(settledFields));
}

function settledFields({ sha, pullRequests, training, became: { conclusion } }: Kind<'settled'>) {
  const headline = conclusion.kind === 'judged' ? conclusion.verdict.headline : undefined;
  return {
    sha,
    'pull-request': pullRequests[0] ?? null,
    'job-id': training?.jobId ?? null,
    'model-type': training?.modelType ?? null,
    version: training?.version ?? null,
    outcome: outcomeOf(conclusion),
    'model-id': headline?.id ?? null,
    map50: headline?.metrics.get('map50') ?? null,
    'map50-95': headline?.metrics.get('map50-95') ?? null,
  };
}

/** How many are pending now, for whatever reason. */
export function pendingCount(statuses: readonly SettledStatus[]): number {
  return statuses.filter(({ became }) =>
    became.kind === 'replaced' ? became.isPending : became.kind !== 'settled',
  ).length;
}

/** GitHub shows ten errors of a step; the last one counts the rest. */
const MOST_TOLD = 9;

/** What could not be settled, a line each: a few, and how many more. Empty if all is well. */
export function troubleLines(statuses: readonly SettledStatus[]): readonly string[] {
  const lines = ofKind(statuses, 'trouble').map(
    ({ became, ...status }) => `The status ${nameOf(status)} stays pending: ${became.words}`,
  );
  const more = lines.length - MOST_TOLD;
  return more > 0
    ? [...lines.slice(0, MOST_TOLD), `and ${more} more stay pending, all in the summary`]
    : lines;
}

/** What became of each status, for whoever reads the log. */
export function logLinesOf(statuses: readonly SettledStatus[]): readonly string[] {
  return statuses.map(({ became, ...status }) => `${nameOf(status)}, ${became.kind}: ${became.words}`);
}

function nameOf({ sha, context, training }: Omit<SettledStatus, 'became'>): string {
  const job = training?.jobId === undefined ? '' : ` (training ${training.jobId})`;
  return `"${context}" of ${sha.slice(0, 7)}${job}`;
}
