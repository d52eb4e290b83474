import type { DatasetFacts, EarlierTraining, TrainingFacts } from '../../report/training-facts.ts';
import type { ChosenRoute } from '../../roboflow/apis/choose-route.ts';
import type { ProjectRef } from '../../roboflow/http/api.ts';
import type { VersionBody } from '../../roboflow/schema/version-body.ts';
import { trainingPage } from '../../roboflow/training-page.ts';
import type { TrainingResults } from '../../training/await-results.ts';
import type { Before } from '../../training/before.ts';
import { isOtherType } from '../../training/model-type.ts';
import { hasEnded, type Training, type TrainingRequest } from '../../training/training.ts';
import type { WaitResult } from '../../training/wait.ts';

/** The training that this step waits for and judges, and its route. Only one that it started may it end. */
export interface FollowedTraining extends ChosenRoute {
  readonly origin: 'started' | 'attached';
  readonly training: Training;
  /** What was asked for; undefined if this step did not start it. */
  readonly request: TrainingRequest | undefined;
  /** What was there while it was in flight; undefined if it had ended when this step first saw it. */
  readonly before: Before | undefined;
  readonly versions: readonly VersionBody[];
}

/** Attaches to a training that was there before. What its version shows while it is in flight is not its own. */
export async function attachTo(
  training: Training,
  { route, reason }: ChosenRoute,
  listed?: readonly Training[],
  versions: readonly VersionBody[] = [],
): Promise<FollowedTraining> {
  const { version, phase } = training;
  const isOver = version === undefined || hasEnded(phase);
  const before = isOver ? undefined : await route.before(version, listed ?? (await route.list(version)));
  return { origin: 'attached', training, request: undefined, route, reason, before, versions };
}

/** What is known of a training by now: after its start, after the wait, and after its results were read. */
export function factsOf(
  project: ProjectRef,
  followed: FollowedTraining,
  waited?: WaitResult,
  results?: TrainingResults,
): TrainingFacts {
  const { training } = waited ?? followed;
  const { version, modelType } = training;
  const { versions } = followed;
  const datasets = new Map(versions.map((each) => [each.number, datasetOf(each)]));
  return {
    workspace: project.workspace,
    project: project.project,
    version,
    jobId: training.id,
    trainingId: results?.trainingId ?? (followed.route.can.ownIds ? training.id : undefined),
    modelType,
    status: training.status,
    inFlight: !hasEnded(training.phase),
    origin: followed.origin,
    route: `${followed.route.name}, ${followed.reason}`,
    ...timesOf(followed, waited),
    isStopped: training.phase === 'stopped',
    url: version === undefined ? undefined : trainingPage(project, version, modelType),
    source: results?.source,
    // Roboflow does not say it, and all that is known of its training metrics points there (docs/internals/roboflow-api.md#metrics).
    split: results?.models.some(({ metrics }) => metrics.size > 0) ? 'validation' : undefined,
    images: version === undefined ? undefined : datasets.get(version)?.images,
    datasets,
    earlier: earlierTraining(versions, training),
  };
}

/** How long it was queued and trained: as far as this step saw both ends of it, or Roboflow tells them of one that was over. */
function timesOf(
  { origin, training, versions }: FollowedTraining,
  waited: WaitResult | undefined,
): Pick<TrainingFacts, 'queuedMs' | 'trainedMs' | 'ageMs'> {
  if (waited?.kind !== 'ended') return { queuedMs: undefined, trainedMs: undefined };
  const { watchedFromMs, endedAtMs, activeAtMs: seenActiveAtMs } = waited.seen;
  const { createdAtMs, version, modelType, phase } = training;
  const own = versions.filter(({ number }) => number === version);
  const told = hasEnded(phase) ? toldTime(own, modelType)?.trainedMs : undefined;
  const isOurs = origin === 'started';
  const wasActive = isOurs && phase === 'active';
  const activeAtMs = seenActiveAtMs ?? (wasActive ? watchedFromMs : undefined);
  return {
    queuedMs: activeAtMs !== undefined && isOurs ? activeAtMs - watchedFromMs : undefined,
    trainedMs: activeAtMs !== undefined && endedAtMs !== undefined ? endedAtMs - activeAtMs : told,
    ageMs:
      isOurs || endedAtMs !== undefined || createdAtMs === undefined
        ? undefined
        : Math.max(0, watchedFromMs - createdAtMs),
  };
}

/** What a version is made of, as the report has it. */
export function datasetOf({ splits, classes, preprocessing, augmentation }: VersionBody): DatasetFacts {
  const images = { train: splits.train, validation: splits.valid, test: splits.test };
  return { images, classes, preprocessing, augmentation };
}

/** How long the newest lower version of `versions` was trained that tells it, and is not of another type. */
export function earlierTraining(
  versions: readonly VersionBody[],
  { version, modelType }: Pick<Training, 'version' | 'modelType'>,
): EarlierTraining | undefined {
  if (version === undefined || modelType === undefined) return undefined;
  const lower = versions.filter(({ number }) => number < version);
  return toldTime(lower, modelType);
}

/**
 * The first of `versions` that tells how long it was trained, and not of another type.
 * @param typeOf of a version whose model does not say it
 */
export function toldTime(
  versions: readonly VersionBody[],
  modelType: string | undefined,
  typeOf: (version: number) => string | undefined = () => undefined,
): EarlierTraining | undefined {
  const told = versions.flatMap(({ number, model }): readonly EarlierTraining[] => {
    if (model?.trainedMs === undefined) return [];
    const type = model.modelType ?? typeOf(number);
    return isOtherType(type, modelType)
      ? []
      : [{ version: number, modelType: type, trainedMs: model.trainedMs }];
  });
  return told[0];
}
