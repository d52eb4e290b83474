import type { ChosenRoute } from '../../roboflow/apis/choose-route.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import type { Before } from '../../training/before.ts';
import { hasEnded, type Training, type TrainingRequest } from '../../training/training.ts';
import type { TrainingApi } from '../../training/training-api.ts';

/** The training that this step waits for and judges. Only one that it started may it end. */
export interface FollowedTraining {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
  /** What was asked for; undefined if this step did not start it. */
  readonly request: TrainingRequest | undefined;
  readonly route: TrainingApi;
  readonly routeReason: string;
  /** What was there while it was in flight; undefined if it had ended when this step first saw it. */
  readonly before: Before | undefined;
  readonly versions: readonly VersionBody[];
}

/** Attaches to a training that was there before. What its version shows while it is in flight is not its own. */
export async function attachTo(
  training: Training,
  chosen: ChosenRoute,
  listed?: readonly Training[],
  versions?: FollowedTraining['versions'],
): Promise<FollowedTraining> {
  const { version, phase } = training;
  const { route } = chosen;
  const before =
    version === undefined || hasEnded(phase)
      ? undefined
      : await route.before(version, listed ?? (await route.list(version)));
  return attachedTo(training, chosen, before, versions);
}

/** A training that was there before, on a route. */
export function attachedTo(
  training: Training,
  { route, reason }: ChosenRoute,
  before: Before | undefined,
  versions: readonly VersionBody[] = [],
): FollowedTraining {
  const routeReason = `${route.name}, ${reason}`;
  return { origin: 'attached', training, request: undefined, route, routeReason, before, versions };
}
