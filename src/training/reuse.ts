import type { Clock } from '../lib/clock.ts';
import { formatDuration } from '../lib/duration.ts';
import type { Log } from '../lib/log.ts';
import type { TrainingRoute } from './route.ts';
import { hasEnded, isOfRequest, type Training, type TrainingRequest, tellsKind } from './training.ts';

/** Which trainings of the same version and model type are taken instead of starting one. */
export type Reuse = 'none' | 'running' | 'finished';

/** What attaching needs from outside. */
export interface ReuseContext {
  readonly route: Pick<TrainingRoute, 'holdsResultsOf'>;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * The training that is taken up instead of starting one, and says so in the log. A re-run takes what its earlier
 * attempt started also where that has ended by now: after a timeout people come back when the training is over, and it
 * must not be paid for again.
 */
export function reused(
  trainings: readonly Training[],
  request: TrainingRequest,
  reuse: Reuse,
  context: ReuseContext,
): Training | undefined {
  if (reuse === 'none') return undefined;
  const newestFirst = trainings
    .filter((training) => tellsKind(training) && isOfRequest(training, request))
    .sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  const taken =
    newestFirst.find(({ phase }) => !hasEnded(phase) && phase !== 'ending') ??
    finished(newestFirst, trainings, reuse, context);
  if (taken) announce(taken, request, context);
  return taken;
}

function finished(
  newestFirst: readonly Training[],
  trainings: readonly Training[],
  reuse: Reuse,
  { route, rerunSinceMs }: ReuseContext,
): Training | undefined {
  const sinceMs =
    reuse === 'finished' ? Number.NEGATIVE_INFINITY : (rerunSinceMs ?? Number.POSITIVE_INFINITY);
  return newestFirst.find(
    (training) =>
      training.phase === 'succeeded' &&
      (training.createdAtMs ?? 0) >= sinceMs &&
      route.holdsResultsOf(training, trainings),
  );
}

/** Says how far the run is that was taken up, and what it may differ in. */
function announce(
  training: Training,
  { epochs, checkpoint, speed, recipe }: TrainingRequest,
  { clock, log }: Pick<ReuseContext, 'clock' | 'log'>,
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
