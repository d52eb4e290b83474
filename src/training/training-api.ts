import { messageOf } from '../lib/errors.ts';
import type { ResultsReading, TrainingResults, WantedResults } from './await-results.ts';
import type { Before } from './before.ts';
import type { Training, TrainingRequest } from './training.ts';

/** The APIs that Roboflow has for trainings, the best first (docs/internals/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
export const ROUTE_NAMES = ['trainings', 'jobs'] as const;
export type RouteName = (typeof ROUTE_NAMES)[number];

/** What one of the APIs can do, and another cannot. */
export interface Abilities {
  /** Takes a train-recipe, and tells for each model type what it may have. */
  readonly recipes: boolean;
  /** Each training has an id by which its results are told; else they come by version, of whichever training. */
  readonly ownIds: boolean;
  /** Trainings of one version may run side by side. */
  readonly severalAtOnce: boolean;
  /** Trains on videos, as projects for action recognition do (docs/internals/roboflow-api.md#project-generate-and-export). */
  readonly videos: boolean;
}

/** What came of one request to make something. */
export type Creation<Thing> =
  | { readonly kind: 'created'; readonly thing: Thing }
  /** The request certainly had no effect, so it may be sent again after a pause. */
  | { readonly kind: 'unsent'; readonly error: Error; readonly pauseMs: (tries: number) => number }
  | { readonly kind: 'unclear'; readonly error: Error };

/** How a training is ended: `cancel` throws its weights away, `stop` keeps them. */
export type EndMode = 'cancel' | 'stop';

/** What came of ending a training. */
export type EndResult =
  | { readonly kind: 'ended' }
  | { readonly kind: 'over' }
  | { readonly kind: 'still-running'; readonly reason: string };

/** What one look at a training showed. `silent`: no good answer came in the time that was given. */
export type Look =
  | { readonly kind: 'seen'; readonly training: Training }
  | { readonly kind: 'silent'; readonly error: Error };

/** Enough of a training to find it on Roboflow. */
export type TrainingRef = Pick<Training, 'id' | 'version'>;

/** Where to look for a training to compare with: on one version, or on the versions below one. */
export type BaselinePlace = { readonly version: number } | { readonly below: number };

/** A version that was trained. */
export interface PastVersion {
  readonly version: number;
  /** Those that succeeded, newest first. */
  readonly trainings: readonly Training[];
  /** What the version itself shows if no list has the training that it came of, as on versions that were trained long ago. */
  readonly unlisted: TrainingResults | undefined;
}

/**
 * One of Roboflow's ways to train on a project's versions. Nothing outside `roboflow/` asks which, but what it can do. Moments are
 * epoch ms. A route remembers nothing: what was read before is passed in.
 */
export interface TrainingApi {
  readonly name: RouteName;
  readonly can: Abilities;
  /** Every training of `version`, in any phase. With `untilMs` the list is known to exist, and is read until then. */
  list(version: number, untilMs?: number): Promise<readonly Training[]>;
  /** What is there now: the `trainings` of the version, which were just listed, and the results that it shows. */
  before(version: number, trainings: readonly Training[]): Promise<Before>;
  /** Sends one request for a training. Throws if it certainly was refused. */
  create(request: TrainingRequest): Promise<Creation<Training>>;
  /** The training that a workflow names; undefined if there is none of that id. */
  find(id: string, version: number | undefined): Promise<Training | undefined>;
  /** Looks at a training that is known to exist; the look is repeated until `untilMs`. */
  look(training: TrainingRef, untilMs: number): Promise<Look>;
  /** Ends a training that is known to exist; the request is repeated until `untilMs`. */
  end(training: TrainingRef, mode: EndMode, untilMs: number): Promise<EndResult>;
  /** The newest version at `place` that has a training which succeeded, of whatever type; undefined if none has. */
  trainedVersion(place: BaselinePlace): Promise<PastVersion | undefined>;
  /** The models that came of `training`, which has ended; `before`: what was there while it was in flight. */
  results(training: Training, before: Before | undefined, wanted: WantedResults): Promise<ResultsReading>;
}

/** If nothing else limits it, ending a training is tried for this long. */
export const ENDING_PATIENCE_MS = 80_000;

/** Ends `training`, or says why it goes on. Never throws: there is nothing that a caller could do about it. */
export async function endTraining(
  route: TrainingApi,
  training: TrainingRef,
  mode: EndMode,
  untilMs: number,
): Promise<EndResult> {
  try {
    return await route.end(training, mode, untilMs);
  } catch (error) {
    return { kind: 'still-running', reason: messageOf(error) };
  }
}
