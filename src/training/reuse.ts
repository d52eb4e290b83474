import type { Context } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { otherOwners } from './before.ts';
import { compareModelTypes } from './model-type.ts';
import { hasEnded, newestFirst, type Training, type TrainingRequest } from './training.ts';
import type { TrainingApi } from './training-api.ts';

/** Which trainings of the same version and model type are attached to instead of starting one. */
export type Reuse = 'none' | 'running' | 'finished';

/**
 * The training to attach to instead of starting one; undefined if one is to be started. A re-run attaches to what an earlier
 * attempt of its workflow run started, also if that has ended by now: it must not be paid for twice.
 * If results come by version, one whose results a newer training has replaced is of no use.
 * @param trainings those of the version, with their details
 * @param rerunSinceMs in a re-run: since when an earlier attempt may have started a training, in epoch ms
 */
export function reusable(
  trainings: readonly Training[],
  { version, modelType }: Pick<TrainingRequest, 'version' | 'modelType'>,
  reuse: Reuse,
  rerunSinceMs: number | undefined,
  resultsComeBy: TrainingApi['resultsComeBy'],
): Training | undefined {
  if (reuse === 'none') return undefined;
  const ofRequest = newestFirst(
    trainings.filter(
      (training) =>
        training.version === version &&
        training.modelType !== undefined &&
        compareModelTypes(training.modelType, modelType) !== 'contradictory',
    ),
  );
  const inFlight = ofRequest.find(({ phase }) => !hasEnded(phase) && phase !== 'ending');
  const sinceMs = reuse === 'finished' ? Number.NEGATIVE_INFINITY : rerunSinceMs;
  if (inFlight !== undefined || sinceMs === undefined) return inFlight;
  return ofRequest.find(
    (training) =>
      training.phase === 'succeeded' &&
      (training.createdAtMs ?? 0) >= sinceMs &&
      (resultsComeBy === 'training' || otherOwners(training, trainings, undefined).length === 0),
  );
}

/** Says in the log which training the step attached to, and what of it may differ from what was asked for. */
export function logAttached(
  training: Training,
  { epochs, checkpoint, speed, recipe }: Omit<TrainingRequest, 'version' | 'modelType'>,
  { clock, log }: Context,
): void {
  const progress = training.progress === undefined ? '' : `, ${Math.floor(training.progress * 100)} %`;
  const age =
    training.createdAtMs === undefined
      ? ''
      : `, started ${formatDuration(clock.now() - training.createdAtMs)} ago`;
  log.info(
    `Attached to training ${training.id} (${training.status}${progress}${age}): nothing was started. With "reuse: none" a new one would be.`,
  );
  if ([epochs, checkpoint, speed, recipe].some((option) => option !== undefined))
    log.info(
      'Its version and model type do not tell whether it has the same epochs, checkpoint, speed and train-recipe.',
    );
}
