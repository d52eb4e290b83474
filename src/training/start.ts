import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { messageOf, TrainGateError } from '../errors.ts';
import type { Log } from '../publish/log.ts';
import type { TrainingRoute } from './route.ts';
import { hasEnded, sameModelType, type Training, type TrainingRequest } from './training.ts';

/** Which trainings of the same version and model type are taken instead of starting one. */
export type Reuse = 'none' | 'running' | 'finished';

/** Where the run came from. Only one that was `started` may be ended by this step. */
export interface Start {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
}

/** What the start needs from outside. */
export interface StartContext {
  readonly route: TrainingRoute;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called before a start is asked for, with the ids of every training that is not ours. */
  readonly onStarting: (knownIds: readonly string[]) => void;
}

/** It could not be found out whether a training began. */
export class UnclearStartError extends TrainGateError {
  override name = 'UnclearStartError';
}

/** Several unclear answers in a row say that a further try will not be clearer. */
const MOST_CREATES = 3;
/** After this long without a trace in the list, an unclear start has certainly not begun. */
export const SETTLE_MS = 2 * 60_000;
const SETTLE_PAUSE_MS = 10_000;

/**
 * Starts exactly one training, or attaches to one that `reuse` allows. There is no idempotency key, so after an unclear
 * answer the list decides: a new training of this version and model type is ours (API reference, D6).
 * @throws TrainGateError where it stays unclear whether a training began
 */
export async function startTraining(
  request: TrainingRequest,
  reuse: Reuse,
  context: StartContext,
): Promise<Start> {
  const known = await context.route.list(request.version);
  const existing = reusable(known, request, reuse);
  if (existing) {
    announceAttached(existing, context);
    return { origin: 'attached', training: existing };
  }
  const knownIds = known.map(({ id }) => id);
  context.onStarting(knownIds);
  return { origin: 'started', training: await createOnce(request, new Set(knownIds), context) };
}

async function createOnce(
  request: TrainingRequest,
  knownIds: ReadonlySet<string>,
  context: StartContext,
): Promise<Training> {
  const { route, log } = context;
  let unclear: Error | undefined;
  for (let creates = 1; creates <= MOST_CREATES; creates += 1) {
    try {
      const result = await route.create(request);
      if (result.kind === 'created') return result.training;
      unclear = result.error;
    } catch (error) {
      const begun = unclear && (await ownTraining(request, knownIds, context, 0));
      if (begun) return begun;
      throw error;
    }
    log.info(
      `${unclear.message}. The start may have arrived: looking for the training before anything is sent again.`,
    );
    const begun = await ownTraining(request, knownIds, context, SETTLE_MS);
    if (begun) {
      log.info(`The start did arrive: taking up training ${begun.id}.`);
      return begun;
    }
    log.info('No training began.');
  }
  throw new UnclearStartError(
    `Roboflow gave no clear answer to ${MOST_CREATES} starts, and no training shows.`,
    {
      hint: `The last was: ${unclear?.message}. Look at the version on Roboflow before you start again.`,
      cause: unclear,
    },
  );
}

/** Looks for the training that an unclear start began, for `settleMs` if need be: lists can lag. */
async function ownTraining(
  request: TrainingRequest,
  knownIds: ReadonlySet<string>,
  { route, clock, signal }: StartContext,
  settleMs: number,
): Promise<Training | undefined> {
  const untilMs = clock.now() + settleMs;
  for (;;) {
    const begun = begunSince(await listAfterStart(request.version, route, signal), request, knownIds);
    if (begun || clock.now() >= untilMs) return begun;
    await clock.sleep(SETTLE_PAUSE_MS, signal);
  }
}

async function listAfterStart(
  version: number,
  route: TrainingRoute,
  signal: AbortSignal,
): Promise<readonly Training[]> {
  try {
    return await route.list(version);
  } catch (error) {
    signal.throwIfAborted();
    throw new UnclearStartError(`It could not be found out whether a training began: ${messageOf(error)}`, {
      hint: 'Re-run this job: it takes up a training that did begin.',
      cause: error,
    });
  }
}

/** The first training of this version and model type that is not among `knownIds`. */
export function begunSince(
  trainings: readonly Training[],
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  knownIds: ReadonlySet<string>,
): Training | undefined {
  return trainings
    .filter((training) => !knownIds.has(training.id) && isOfKind(training, request))
    .sort((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0))[0];
}

function reusable(
  trainings: readonly Training[],
  request: TrainingRequest,
  reuse: Reuse,
): Training | undefined {
  if (reuse === 'none') return undefined;
  const newestFirst = trainings
    .filter((training) => training.modelType !== undefined && isOfKind(training, request))
    .sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  const running = newestFirst.find(({ phase }) => !hasEnded(phase));
  return (
    running ?? (reuse === 'finished' ? newestFirst.find(({ phase }) => phase === 'succeeded') : undefined)
  );
}

function isOfKind(
  training: Training,
  { version, modelType }: Pick<TrainingRequest, 'version' | 'modelType'>,
): boolean {
  return (
    training.version === version &&
    (training.modelType === undefined || sameModelType(training.modelType, modelType))
  );
}

/** Says how far the run is that was taken up instead of starting one. */
function announceAttached(training: Training, { clock, log }: Pick<StartContext, 'clock' | 'log'>): void {
  const progress = training.progress === undefined ? '' : `, ${Math.floor(training.progress * 100)} %`;
  const age =
    training.createdAtMs === undefined
      ? ''
      : `, begun ${formatDuration(clock.now() - training.createdAtMs)} ago`;
  log.info(
    `Attached to training ${training.id} (${training.status}${progress}${age}): nothing was started. With "reuse: none" a new one would be.`,
  );
}
