import type { Clock } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import type { Log } from '../publish/log.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { TrainingRoute } from './route.ts';
import { hasEnded, sameModelType, type Training, type TrainingRequest } from './training.ts';

/** Which trainings of the same version and model type are taken instead of starting one. */
export type Reuse = 'none' | 'running' | 'finished';

/** Where the run came from. Only one that was `started` may be ended by this step. */
export interface Start {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
}

/** What was there before a start was asked for, so that nothing of it is taken for ours. */
export interface Before {
  readonly ids: ReadonlySet<string>;
  /** By this machine's clock. */
  readonly atMs: number;
}

/** What the start needs from outside. */
export interface StartContext {
  readonly route: TrainingRoute;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called before a start is asked for, with what was there before it. */
  readonly onStarting: (before: Before) => void;
}

/** Once a start may have arrived there is a run to lose, so an outage is sat out as long as in the wait. */
const FINDING_PATIENCE_MS = 15 * 60_000;

/**
 * Starts exactly one training, or attaches to one that `reuse` allows. After an unclear answer a new training of this
 * version and model type is ours; older ones and those of another type never are.
 * @throws UnclearError where it cannot be found out whether a training began
 */
export async function startTraining(
  request: TrainingRequest,
  reuse: Reuse,
  context: StartContext,
): Promise<Start> {
  const { route } = context;
  const known = await route.list(request.version);
  const existing = reusable(known, request, reuse, context);
  if (existing) {
    announceAttached(existing, request, context);
    return { origin: 'attached', training: existing };
  }
  const before = { ids: new Set(known.map(({ id }) => id)), atMs: context.clock.now() };
  context.onStarting(before);
  const once = {
    what: 'training',
    ask: () => route.create(request),
    find: async () =>
      begunSince(
        await route.list(request.version, context.clock.now() + FINDING_PATIENCE_MS),
        request,
        before,
      ),
    describe: ({ id }: Training) => `training ${id}`,
    ifUnclear:
      'The post step looks for it once more: a training that did begin is dealt with as on-cancel says.',
  };
  return { origin: 'started', training: await exactlyOnce(once, context) };
}

/** Runners of one's own may be this far ahead of the server; taking a training of ours for an older one would cost a second. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** The first training of this version and model type that was not there before, nor began before. */
export function begunSince(
  trainings: readonly Training[],
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  { ids, atMs }: Before,
): Training | undefined {
  return trainings
    .filter(({ id, createdAtMs }) => !ids.has(id) && (createdAtMs ?? atMs) >= atMs - CLOCK_SKEW_MS)
    .filter((training) => isOfKind(training, request))
    .sort((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0))[0];
}

/**
 * The training to take instead of starting one. A re-run takes what its earlier attempt started also where that has
 * ended by now: after a timeout people come back when the training is over, and it must not be paid for again.
 */
function reusable(
  trainings: readonly Training[],
  request: TrainingRequest,
  reuse: Reuse,
  { route, rerunSinceMs }: Pick<StartContext, 'route' | 'rerunSinceMs'>,
): Training | undefined {
  if (reuse === 'none') return undefined;
  const newestFirst = trainings
    .filter((training) => training.modelType !== undefined && isOfKind(training, request))
    .sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  const running = newestFirst.find(({ phase }) => !hasEnded(phase));
  if (running) return running;
  const sinceMs =
    reuse === 'finished' ? Number.NEGATIVE_INFINITY : (rerunSinceMs ?? Number.POSITIVE_INFINITY);
  return newestFirst.find(
    (training) =>
      training.phase === 'succeeded' &&
      (training.createdAtMs ?? 0) >= sinceMs &&
      route.holdsResultsOf(training, trainings),
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

/** Says how far the run is that was taken up instead of starting one, and what it may differ in. */
function announceAttached(
  training: Training,
  { epochs, checkpoint, speed, recipe }: TrainingRequest,
  { clock, log }: Pick<StartContext, 'clock' | 'log'>,
): void {
  const progress = training.progress === undefined ? '' : `, ${Math.floor(training.progress * 100)} %`;
  const age =
    training.createdAtMs === undefined
      ? ''
      : `, begun ${formatDuration(clock.now() - training.createdAtMs)} ago`;
  log.info(
    `Attached to training ${training.id} (${training.status}${progress}${age}): nothing was started. With "reuse: none" a new one would be.`,
  );
  if ([epochs, checkpoint, speed, recipe].some((option) => option !== undefined))
    log.info(
      'Whether it has the same epochs, checkpoint, speed and train-recipe cannot be told from its version and model type.',
    );
}
