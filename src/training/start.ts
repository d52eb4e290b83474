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

/** What the start needs from outside. */
export interface StartContext {
  readonly route: TrainingRoute;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called before a start is asked for, with the ids of every training that is not ours. */
  readonly onStarting: (knownIds: readonly string[]) => void;
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
  const existing = reusable(known, request, reuse);
  if (existing) {
    announceAttached(existing, context);
    return { origin: 'attached', training: existing };
  }
  const knownIds = known.map(({ id }) => id);
  context.onStarting(knownIds);
  const once = {
    what: 'training',
    ask: () => route.create(request),
    find: async () =>
      begunSince(
        await route.list(request.version, context.clock.now() + FINDING_PATIENCE_MS),
        request,
        new Set(knownIds),
      ),
    describe: ({ id }: Training) => `training ${id}`,
  };
  return { origin: 'started', training: await exactlyOnce(once, context) };
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
