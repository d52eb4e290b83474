import { settleTrouble } from '../github/github-error.ts';
import type { GithubSession } from '../github/github-session.ts';
import type { Runner } from '../github/runner.ts';
import { writeStatuses } from '../github/status/commit-status.ts';
import { readSettleInputs, type SettleInputs } from '../inputs/settle-inputs.ts';
import type { Context } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import { atATime } from '../lib/promises.ts';
import { ofKind, type SettledStatus } from '../report/settled.ts';
import { getProjectVersions } from '../roboflow/endpoints/project.ts';
import { createApi, type InProject, withSharedPatience } from '../roboflow/http/api.ts';
import { ApiError } from '../roboflow/http/failure.ts';
import { unlessFailed } from '../roboflow/http/outcome.ts';
import { resolveProject } from '../roboflow/resolve-project.ts';
import { warnOfRules } from './before/warn-of-inputs.ts';
import { commentOn } from './settle/comment-on.ts';
import { findPending, type PendingStatus } from './settle/find-pending.ts';
import { lookAt } from './settle/look.ts';
import {
  changesOf,
  ignoredStatus,
  nextStatus,
  type StatusPlan,
  settledStatus,
} from './settle/next-status.ts';
import { publishSettled } from './settle/publish-settled.ts';

/** What the story needs from outside. */
export interface SettleSurroundings {
  readonly runner: Runner;
  readonly context: Context;
  /** For one request to Roboflow, connection and body included. */
  readonly requestDeadlineMs: number;
  /** Opens GitHub with fresh patience. */
  readonly github: (token: string) => Promise<GithubSession>;
}

/** Each server may cost this long. What is not settled then is left to the next settle. */
export const SETTLE_PATIENCE_MS = 2 * 60_000;
/** So many trainings are looked at a time. */
const AT_A_TIME = 8;

/**
 * The settling step from its first line to its last: find what is pending, look at each training once, judge those that have
 * ended, set their statuses, tell. It fails only for what could not be looked at or set: the verdicts stand on the commits.
 */
export async function settle(surroundings: SettleSurroundings): Promise<void> {
  const { runner } = surroundings;
  runner.output('settled', '[]');
  runner.output('pending', '');
  runner.mask(runner.input('api-key').trim());
  const read = readSettleInputs(runner);
  if (read.kind === 'mistakes')
    return runner.log.failure(
      `Nothing was settled, as there are mistakes in the inputs:\n- ${read.lines.join('\n- ')}`,
    );
  try {
    await publishSettled(await settleStatuses(read.inputs, surroundings), runner);
  } catch (error) {
    if (!(error instanceof TrainGateError)) throw error;
    runner.log.failure(settleTrouble(error));
  }
}

async function settleStatuses(
  inputs: SettleInputs,
  { context, requestDeadlineMs, github }: SettleSurroundings,
): Promise<readonly SettledStatus[]> {
  const { clock, log } = context;
  warnOfRules(inputs, log);
  const whole = createApi({ ...inputs, requestDeadlineMs }, Number.POSITIVE_INFINITY, context);
  const api = withSharedPatience(whole, SETTLE_PATIENCE_MS, clock);

  const session = await github(inputs.token);
  const { account, verdicts, waiting } = await findPending(
    inputs,
    () => resolveProject(api, inputs),
    session,
    log,
  );
  const { believed, ignored, project } = waiting ?? { believed: [], ignored: [] };
  const plans = project === undefined ? [] : await planAll(believed, inputs, { api, project, ...context });
  const written = await writeStatuses(plans.flatMap(changesOf), session);
  const statuses = plans.map((plan) => settledStatus(plan, written));
  if (inputs.comment) {
    const commenting = { project: inputs.project, author: account, open: () => github(inputs.token) };
    const trouble = await commentOn(ofKind(statuses, 'settled'), verdicts, commenting);
    if (trouble !== undefined) log.notice(trouble);
  }
  return [...statuses, ...ignored.map(ignoredStatus)];
}

/** Verdicts first: progress can wait. */
async function planAll(
  pending: readonly PendingStatus[],
  inputs: SettleInputs,
  here: InProject,
): Promise<readonly StatusPlan[]> {
  const byTraining = [...Map.groupBy(pending, trainingOf).values()];
  // Roboflow can answer what is asked about a version that was deleted by 500, as in an outage (docs/internals/roboflow-api.md#version).
  const versions =
    pending.length === 0 ? [] : await unlessFailed(() => getProjectVersions(here, { untilMs: 0 }));
  const isGone = (asked: number | undefined) =>
    asked !== undefined &&
    !(versions instanceof ApiError) &&
    versions.every(({ number }) => number !== asked);
  const plans = await atATime(AT_A_TIME, byTraining, async (own) => {
    const [first] = own;
    const sight = first && (await lookAt(first.subject, isGone(first.subject.version), inputs, here));
    if (sight === undefined) return [];
    return own.map((each) => ({ pending: each, next: nextStatus(each, sight, here.clock.now(), inputs) }));
  });
  return plans
    .flat()
    .toSorted((a, b) => Number(b.next.kind === 'settled') - Number(a.next.kind === 'settled'));
}

function trainingOf({ found, subject: { job, version } }: PendingStatus): string {
  return job === undefined ? found.id : JSON.stringify([job.route, version, job.id]);
}
