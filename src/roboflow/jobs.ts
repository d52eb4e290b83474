import { ApiError, TrainGateError } from '../errors.ts';
import type { RunResults } from '../training/results.ts';
import type { EndMode, EndResult, SucceededOn, TrainingRoute } from '../training/route.ts';
import { hasEnded, sameModelType, type Training } from '../training/training.ts';
import { type Api, PATIENCE_MS } from './api.ts';
import { createJob, endVersionTraining, getJob, getResults, listJobs, type ProjectRef } from './client.ts';
import { gatherResults, resultsPatience } from './results.ts';
import { isUnclear } from './retry.ts';

/** Trainings through the jobs collection of a project (API reference, 2.2), ended by version (2.3). */
export function jobsRoute(api: Api, project: ProjectRef): TrainingRoute {
  return {
    list: async (version) => (await listJobs(api, project)).filter((job) => job.version === version),
    create: async (request) => {
      try {
        return { kind: 'created', training: await createJob(api, project, request) };
      } catch (error) {
        if (error instanceof ApiError && isUnclear(error.failure)) return { kind: 'unclear', error };
        throw error;
      }
    },
    find: (id) => getJob(api, project, id),
    look: (training, untilMs) => getJob(api, project, training.id, { untilMs, knownToExist: true }),
    end: (training, mode, untilMs) => endJob(api, project, training, mode, untilMs),
    succeeded: async (where) => newestSucceeded(await listJobs(api, project, resultsPatience(api)), where),
    results: (training) => jobResults(api, project, training),
  };
}

/** The newest of `jobs` that succeeded where `where` says; the higher version counts before the later date. */
function newestSucceeded(jobs: readonly Training[], where: SucceededOn): Training | undefined {
  return jobs
    .filter(({ phase, version }) => phase === 'succeeded' && version !== undefined && isThere(version, where))
    .sort((a, b) => (b.version ?? 0) - (a.version ?? 0) || (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))[0];
}

/** Whether `version` is one that `where` means. */
export function isThere(version: number, where: SucceededOn): boolean {
  return 'version' in where ? version === where.version : version < where.below;
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
): Promise<EndResult> {
  const jobs = await listJobs(api, project, { untilMs });
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

/** Reads the answer of a cancel or stop: `refund: false` means that nothing was cancelled (API reference, D7). */
export async function endRun(send: () => Promise<boolean | undefined>): Promise<EndResult> {
  try {
    const refund = await send();
    if (refund !== false) return { kind: 'ended' };
    return {
      kind: 'still-running',
      reason:
        'it is past the time in which a cancel is refunded, and Roboflow does not cancel it then unless told to in its app',
    };
  } catch (error) {
    if (
      error instanceof ApiError &&
      error.failure.kind === 'refused' &&
      error.failure.code === 'CANNOT_CANCEL'
    )
      return { kind: 'over' };
    throw error;
  }
}

async function jobResults(api: Api, project: ProjectRef, training: Training): Promise<RunResults> {
  const { version } = training;
  if (version === undefined)
    throw new TrainGateError(
      `Roboflow does not say which version training ${training.id} used, so its results cannot be found.`,
    );
  const bundle = await getResults(api, project, version, resultsPatience(api));
  if (bundle.trainingId !== training.id) await requireNewest(api, project, { ...training, version });
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
async function requireNewest(
  api: Api,
  project: ProjectRef,
  training: Training & { readonly version: number },
): Promise<void> {
  const jobs = await listJobs(api, project, { untilMs: api.context.clock.now() + PATIENCE_MS });
  const newer = jobs.find(
    (job) =>
      job.id !== training.id &&
      job.version === training.version &&
      (job.createdAtMs ?? 0) > (training.createdAtMs ?? Number.POSITIVE_INFINITY) &&
      (job.phase === 'succeeded' || job.phase === 'stopped'),
  );
  if (newer)
    throw new TrainGateError(
      `Roboflow gives results by version, and ${newer.id} finished on version ${training.version} after ${training.id} began.`,
      { hint: `Set job-id to ${newer.id} to judge that one.` },
    );
}
