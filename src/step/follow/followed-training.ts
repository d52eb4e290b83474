import type { EarlierTraining, ImageCounts } from '../../report/training-facts.ts';
import type { ChosenRoute } from '../../roboflow/apis/choose-route.ts';
import type { Before } from '../../training/before.ts';
import type { Training, TrainingRequest } from '../../training/training.ts';
import type { TrainingApi } from '../../training/training-api.ts';

/** The training that this step waits for and judges. Only one that it started may it end. */
export interface FollowedTraining {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
  /** What was asked for; undefined if this step did not start it. */
  readonly request: TrainingRequest | undefined;
  readonly route: TrainingApi;
  /** The route and why it was chosen, for the report. */
  readonly routeReason: string;
  /** What was there while it was in flight; undefined if it had ended when this step first saw it. */
  readonly before: Before | undefined;
  /** Of its version and others, as far as answers that were read anyway have them. */
  readonly images: ReadonlyMap<number, ImageCounts>;
  /** How long a version before took, if an answer that was read anyway has it. */
  readonly earlier?: EarlierTraining | undefined;
}

/** A training that was there before, on a route. */
export function attachedTo(
  training: Training,
  { route, reason }: ChosenRoute,
  before: Before | undefined,
  images: FollowedTraining['images'] = new Map(),
): FollowedTraining {
  const routeReason = `${route.name}, ${reason}`;
  return { origin: 'attached', training, request: undefined, route, routeReason, before, images };
}
