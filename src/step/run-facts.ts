import type { TrainingFacts } from '../report/conclusion.ts';
import type { ProjectRef } from '../roboflow/endpoints/project.ts';
import { runPage } from '../roboflow/page.ts';
import type { TrainingResults } from '../training/results.ts';
import { hasEnded } from '../training/training.ts';
import type { WaitResult } from '../training/wait.ts';
import type { Begun } from './start.ts';

/** Gathers what is known of a run by now: after its start, after the wait, and after its results. */
export function factsOf(
  project: ProjectRef,
  begun: Begun,
  waited?: WaitResult,
  results?: TrainingResults,
): TrainingFacts {
  const { training } = waited ?? begun;
  const { endedAtMs, watchedFromMs, ...seen } = waited?.kind === 'ended' ? waited.seen : UNSEEN;
  const isOurs = begun.origin === 'started';
  const activeAtMs =
    seen.activeAtMs ?? (isOurs && begun.training.phase === 'active' ? watchedFromMs : undefined);
  const sawStart = activeAtMs !== undefined && watchedFromMs !== undefined && isOurs;
  return {
    ...project,
    version: training.version,
    jobId: training.id,
    trainingId: results?.trainingId ?? (begun.route.name === 'trainings' ? training.id : undefined),
    modelType: training.modelType,
    status: training.status,
    inFlight: !hasEnded(training.phase),
    origin: begun.origin,
    route: begun.routeReason,
    queuedMs: sawStart ? activeAtMs - watchedFromMs : undefined,
    trainedMs: activeAtMs !== undefined && endedAtMs !== undefined ? endedAtMs - activeAtMs : undefined,
    url: training.version === undefined ? undefined : runPage(project, training.version, training.modelType),
    source: results?.source,
  };
}

const UNSEEN = { activeAtMs: undefined, endedAtMs: undefined, watchedFromMs: undefined };
