import type { Asked } from './exactly-once.ts';
import type { TrainingResults } from './results.ts';
import type { Training, TrainingRequest } from './training.ts';

/** What came of ending a training. */
export type EndResult =
  | { readonly kind: 'ended' }
  /** It was over already. */
  | { readonly kind: 'over' }
  | { readonly kind: 'still-running'; readonly reason: string };

/** How a training is ended: `cancel` throws its weights away, `stop` keeps them. */
export type EndMode = 'cancel' | 'stop';

/** The two APIs that Roboflow has for trainings (docs/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
export type RouteName = 'jobs' | 'trainings';

/** Where to look for a training to compare with. */
export type SucceededOn = { readonly version: number } | { readonly below: number };

/** One of Roboflow's ways to train on a project's versions. Nothing outside `roboflow/` knows which. */
export interface TrainingRoute {
  readonly name: RouteName;
  /**
   * Every training of `version`, in any phase; reading is repeated for a time that suits a start. With `untilMs` until
   * then, and the list is known to exist, since it was read before.
   */
  list(version: number, untilMs?: number): Promise<readonly Training[]>;
  /** Asks for one training; sent again only while the request certainly had no effect. */
  create(request: TrainingRequest): Promise<Asked<Training>>;
  /** Looks up a training that the workflow names; it may not exist. */
  find(id: string, version: number | undefined): Promise<Training>;
  /** Looks at a training known to exist; reading is repeated until `untilMs`. */
  look(training: Pick<Training, 'id' | 'version'>, untilMs: number): Promise<Training>;
  /** Ends a training known to exist; asking is repeated until `untilMs`. */
  end(training: Pick<Training, 'id' | 'version'>, mode: EndMode, untilMs: number): Promise<EndResult>;
  /** The newest training that succeeded on a version, or on the highest version below one that has any. */
  succeeded(where: SucceededOn): Promise<Training | undefined>;
  /** Whether the results of `training`, which has ended, can still be told from those of `others` on its version. */
  holdsResultsOf(training: Training, others: readonly Training[]): boolean;
  /** The models that `training`, which has ended, brought forth. */
  results(training: Training): Promise<TrainingResults>;
}
