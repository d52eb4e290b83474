import { outcomeOf } from '../../github/outputs.ts';
import { failForUnwritten, summarise } from '../../github/publish.ts';
import type { Runner } from '../../github/runner.ts';
import { sentences } from '../../lib/errors.ts';
import {
  type Kind,
  ofKind,
  outcomeIn,
  renderSettled,
  type SettledStatus,
  settledHeading,
} from '../../report/settled.ts';

/** Tells GitHub what became of the statuses: outputs and summary, and what could not be settled as failures of the step. */
export async function publishSettled(statuses: readonly SettledStatus[], runner: Runner): Promise<void> {
  const { log } = runner;
  runner.output('settled', JSON.stringify(ofKind(statuses, 'settled').map(settledFields)));
  runner.output('pending', String(pendingCount(statuses)));
  const told = await summarise(renderSettled(statuses), runner);
  for (const { became, ...status } of statuses)
    log.info(`${nameOf(status)}, ${became.kind}: ${became.words}`);
  log.notice(settledHeading(statuses).replace(/^\S+ /u, ''));
  const short = ofKind(statuses, 'settled')
    .filter(({ became }) => outcomeIn(became.conclusion) !== 'passed')
    .map(({ sha, training, became }) => sentences(`${sha.slice(0, 7)}: ${became.words}`, training?.url));
  for (const line of few(short)) log.warning(line);
  const trouble = ofKind(statuses, 'trouble').map(
    ({ became, ...status }) => `The status ${nameOf(status)} stays pending: ${became.words}`,
  );
  for (const line of few(trouble)) log.failure(line);
  await failForUnwritten(runner, told);
}

/** An entry of the output `settled`. Figures are not rounded. */
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
function pendingCount(statuses: readonly SettledStatus[]): number {
  return statuses.filter(({ became }) =>
    became.kind === 'replaced' ? became.isPending : became.kind !== 'settled',
  ).length;
}

/** GitHub shows ten annotations of a level; the last one counts the rest. */
const MOST_TOLD = 9;

function few(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_TOLD;
  return more > 0 ? [...lines.slice(0, MOST_TOLD), `and ${more} more, all in the summary`] : lines;
}

function nameOf({ sha, context, training }: Omit<SettledStatus, 'became'>): string {
  const job = training?.jobId === undefined ? '' : ` (training ${training.jobId})`;
  return `"${context}" of ${sha.slice(0, 7)}${job}`;
}
