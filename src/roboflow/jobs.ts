import { ApiError, TrainGateError } from '../errors.ts';
import type { RunResults } from '../training/results.ts';
import type { EndMode, EndResult, TrainingRoute } from '../training/route.ts';
import { hasEnded, sameModelType, type Training, type TrainingRequest } from '../training/training.ts';
import type { Api } from './api.ts';
import { asked } from './asked.ts';
import { createJob, endVersionTraining, getJob, getResults, listJobs, type ProjectRef } from './client.ts';
import { endRun } from './end-run.ts';
import type { Patience } from './persist.ts';
import { gatherResults, resultsPatience } from './results.ts';
import { newestSucceeded } from './succeeded.ts';

/** The project has no training jobs behind `/jobs`: the start was refused by something else, and made nothing. */
export class NoTrainingJobsError extends TrainGateError {
  override name = 'NoTrainingJobsError';
}

/**
 * Trainings through the jobs collection of a project (API reference, 2.2), ended by version (2.3).
 * @param seen jobs that were read before
 */
export function jobsRoute(api: Api, project: ProjectRef, seen: readonly Training[] = []): TrainingRoute {
  const list = (patience?: Partial<Patience>) => listJobs(api, project, patience);
  return {
    name: 'jobs',
    list: async (version, untilMs) =>
      (await list(untilMs === undefined ? undefined : { untilMs })).filter((job) => job.version === version),
    create: (request) => asked(api, () => createTrainingJob(api, project, request)),
    find: (id) => getJob(api, project, id),
    look: (training, untilMs) => getJob(api, project, training.id, { untilMs, knownToExist: true }),
    end: async (training, mode, untilMs) =>
      endJob(api, project, training, mode, untilMs, await list({ untilMs })),
    succeeded: async (where) => newestSucceeded(await list(resultsPatience(api)), where),
    holdsResultsOf: (training, others) => newerThan(training, others) === undefined,
    results: (training) => {
      const wasOver = seen.some(({ id, phase }) => id === training.id && hasEnded(phase));
      return jobResults(api, project, training, async () => (wasOver ? seen : list(resultsPatience(api))));
    },
  };
}

/** Fields that only labelling jobs have; a refusal that names one is theirs (API reference, 2.2). */
const ANNOTATION_FIELDS = /\b(batch|labelerEmail|reviewerEmail|num_images|annotation)\b/i;

async function createTrainingJob(api: Api, project: ProjectRef, request: TrainingRequest): Promise<Training> {
  try {
    return await createJob(api, project, request);
  } catch (error) {
    if (!(error instanceof ApiError) || error.failure.kind !== 'refused') throw error;
    const { status, message = '' } = error.failure;
    const isForeign =
      status === 404 || status === 405 || ([400, 422].includes(status) && ANNOTATION_FIELDS.test(message));
    if (!isForeign) throw error;
    throw new NoTrainingJobsError(error.message, {
      hint: `${error.hint ?? ''} If the project has no training jobs, set route to trainings.`.trim(),
      cause: error,
    });
  }
}

/**
 * Cancel and stop act on "the version's run" and take no job id, so with another job in flight on the same version
 * they might end a training that is not ours; then nothing is ended.
 */
async function endJob(
  api: Api,
  project: ProjectRef,
  training: Pick<Training, 'id' | 'version'>,
  mode: EndMode,
  untilMs: number,
  jobs: readonly Training[],
): Promise<EndResult> {
  const own = jobs.find(({ id }) => id === training.id);
  if (own && hasEnded(own.phase)) return { kind: 'over' };
  const version = own?.version ?? training.version;
  if (version === undefined)
    return { kind: 'still-running', reason: 'Roboflow does not say which version it trains on' };
  const others = jobs.filter(
    (job) => job.id !== training.id && job.version === version && !hasEnded(job.phase),
  );
  if (others.length > 0)
    return {
      kind: 'still-running',
      reason: `Roboflow's ${mode} acts on a whole version, and ${others.map(({ id }) => id).join(', ')} also trains on version ${version}`,
    };
  return endRun(() => endVersionTraining(api, project, version, mode, untilMs));
}

async function jobResults(
  api: Api,
  project: ProjectRef,
  training: Training,
  list: () => Promise<readonly Training[]>,
): Promise<RunResults> {
  const { version } = training;
  if (version === undefined)
    throw new TrainGateError(
      `Roboflow does not say which version training ${training.id} used, so its results cannot be found.`,
    );
  const bundle = await getResults(api, project, version, resultsPatience(api));
  if (bundle.trainingId !== training.id) requireNewest(await list(), { ...training, version });
  if (
    bundle.modelType !== undefined &&
    training.modelType !== undefined &&
    !sameModelType(bundle.modelType, training.modelType)
  )
    throw new TrainGateError(
      `The results of version ${version} are those of a ${bundle.modelType}, but training ${training.id} trained a ${training.modelType}.`,
      { hint: 'Another training on the same version has replaced them: look at both on Roboflow.' },
    );
  return gatherResults(api, project, { ...training, version }, bundle);
}

/** Results come by version here; a newer training on it would be judged in the place of ours. */
function requireNewest(jobs: readonly Training[], training: Training): void {
  const newer = newerThan(training, jobs);
  if (newer)
    throw new TrainGateError(
      `Roboflow gives results by version, and ${newer.id} finished on version ${training.version} after ${training.id} began.`,
      { hint: `Set job-id to ${newer.id} to judge that one.` },
    );
}

/** A training that has replaced the results of `training` on its version. */
function newerThan(training: Training, jobs: readonly Training[]): Training | undefined {
  return jobs.find(
    (job) =>
      job.id !== training.id &&
      job.version === training.version &&
      (job.createdAtMs ?? 0) > (training.createdAtMs ?? Number.POSITIVE_INFINITY) &&
      (job.phase === 'succeeded' || job.phase === 'stopped'),
  );
}
