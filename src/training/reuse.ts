import { isBefore } from '../lib/clock.ts';
import { type Context, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { formatDuration } from '../lib/duration.ts';
import { mayBeOn, otherOwners } from './before.ts';
import { withDetails } from './find-new.ts';
import { isSameType } from './model-type.ts';
import { hasEnded, mayBeInFlight, newestFirst, type Training, type TrainingRequest } from './training.ts';
import type { Abilities, TrainingApi } from './training-api.ts';

/** Which trainings of the same version and model type are attached to instead of starting one. */
export type Reuse = 'none' | 'running' | 'finished';

/** What to attach to: one in flight, else one that has ended and will do. */
export interface Sought {
  readonly version: number;
  /** Undefined: of any type. */
  readonly modelType: string | undefined;
  readonly willDo: (ended: Training, all: readonly Training[]) => boolean;
}

/** What there is to attach to on a version. */
export interface Reusable {
  readonly training: Training | undefined;
  /** All that are there, newest first, with what looks showed of them. */
  readonly seen: readonly Training[];
  /** Those that may be in flight and may be it: nobody can tell. */
  readonly doubtful: readonly Training[];
}

/** The newest sought one in flight, else the newest that ended and will do. Throws the failure of a look: it may be the one. */
export async function findReusable(
  listed: readonly Training[],
  { version, modelType, willDo }: Sought,
  api: Pick<TrainingApi, 'look'>,
  { clock }: Pick<Context, 'clock'>,
): Promise<Reusable> {
  const details = (training: Training) => withDetails(training, api, clock.now() + OUTAGE_PATIENCE_MS);
  const isSought = (training: Training) =>
    training.version === version && (modelType === undefined || isSameType(training.modelType, modelType));
  const all: Training[] = [];
  for (const training of listed) all.push(hasEnded(training.phase) ? training : await details(training));
  const seen = newestFirst(all);
  const live = seen.filter(({ phase }) => !hasEnded(phase) && phase !== 'ending');
  const inFlight = live.find((training) => isSought(training) && mayBeInFlight(training, clock.now()));
  if (inFlight !== undefined) return { training: inFlight, seen, doubtful: [] };
  for (const training of seen.filter(({ phase }) => hasEnded(phase))) {
    if (!willDo(training, seen)) continue;
    const detailed = await details(training);
    if (isSought(detailed)) return { training: detailed, seen, doubtful: [] };
  }
  const isDoubtful = (each: Training) =>
    isSought(each) || (each.modelType === undefined && mayBeOn(version, each));
  return { training: undefined, seen, doubtful: live.filter(isDoubtful) };
}

/**
 * What a start attaches to. A re-run attaches to what an earlier attempt of its workflow run started, also if that has ended
 * by now. If results come by version, one whose results a newer training has replaced is of no use.
 * @param rerunSinceMs in a re-run: since when an earlier attempt may have started a training, by GitHub's clock
 */
export function soughtInstead(
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  reuse: Exclude<Reuse, 'none'>,
  rerunSinceMs: number | undefined,
  { ownIds }: Pick<Abilities, 'ownIds'>,
): Sought {
  const sinceMs = reuse === 'finished' ? Number.NEGATIVE_INFINITY : rerunSinceMs;
  return {
    ...request,
    willDo: (ended, all) =>
      ended.phase === 'succeeded' &&
      sinceMs !== undefined &&
      !isBefore(ended.createdAtMs ?? 0, sinceMs) &&
      (ownIds || otherOwners(ended, all, undefined).length === 0),
  };
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
