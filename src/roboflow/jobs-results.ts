import { ApiError, type Failure, TrainGateError } from '../errors.ts';
import type { RunResults } from '../training/results.ts';
import { hasEnded, sameModelType, type Training } from '../training/training.ts';
import type { Api } from './api.ts';
import { getResults, type ProjectRef } from './client.ts';
import { type RunIdentity, rivalsOf } from './own-models.ts';
import { gatherResults, resultsPatience, unlessRefused } from './results.ts';
import { listTrainings } from './trainings-client.ts';
import { NO_RESULTS, type ResultsBody } from './wire/results.ts';
import type { ListedTraining } from './wire/training.ts';

type Placed = Training & { readonly version: number };

/**
 * The models of a job that has ended. Its results come by version, and so may be those of another run.
 * @param list reads the jobs of the project
 * @throws TrainGateError where they are, or may be, those of another run
 */
export async function jobResults(
  api: Api,
  project: ProjectRef,
  { version, ...training }: Training,
  list: () => Promise<readonly Training[]>,
): Promise<RunResults> {
  if (version === undefined)
    throw new TrainGateError(
      `Roboflow does not say which version training ${training.id} used, so its results cannot be found.`,
    );
  const bundle = await unlessRefused(() => getResults(api, project, version, resultsPatience(api)));
  if (bundle instanceof ApiError && isAmbiguous(bundle.failure)) throw bundle;
  const jobs = await list();
  const run = { ...withListed(training, jobs), version };
  if (bundle instanceof ApiError || bundle.trainingId !== run.id) requireNewest(jobs, run);
  const rivals = rivalsOf(run, jobs);
  const own = await ownResults(api, project, bundle, run, rivals);
  if (!(own.results instanceof ApiError)) requireSameType(own.results, run);
  const identify = async () => identityOf(project, run, own, rivals);
  return gatherResults(api, project, { training: run, results: own.results, identify });
}

/** What the list of jobs says beside what a look said. */
function withListed(
  training: Omit<Training, 'version'>,
  jobs: readonly Training[],
): Omit<Training, 'version'> {
  const listed = jobs.find(({ id }) => id === training.id);
  return {
    ...training,
    modelType: training.modelType ?? listed?.modelType,
    createdAtMs: training.createdAtMs ?? listed?.createdAtMs,
  };
}

/** The server itself says that it cannot tell the trainings of the version apart (API reference, 2.1). */
function isAmbiguous(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.code === 'MULTIPLE_TRAININGS';
}

function requireSameType(bundle: ResultsBody, { id, version, modelType }: Placed): void {
  if (bundle.modelType === undefined || modelType === undefined) return;
  if (sameModelType(bundle.modelType, modelType)) return;
  throw new TrainGateError(
    `The results of version ${version} are those of a ${bundle.modelType}, but training ${id} trained a ${modelType}.`,
    { hint: 'Another training on the same version has replaced them: look at both on Roboflow.' },
  );
}

/** The results of a version as far as they are those of our run, and its entry in the list of trainings. */
interface OwnResults {
  readonly results: ResultsBody | ApiError;
  readonly entry: ListedTraining | undefined;
}

/**
 * Results come by version, so those of a training that is still in flight are of another run, or not ready. Where
 * another training may have been at work beside ours, the list of trainings tells which one the results are of.
 */
async function ownResults(
  api: Api,
  project: ProjectRef,
  bundle: ResultsBody | ApiError,
  { id, version }: Placed,
  rivals: readonly Training[],
): Promise<OwnResults> {
  if (bundle instanceof ApiError) return { results: bundle, entry: undefined };
  if (!hasEnded(bundle.phase) && bundle.phase !== 'unknown') return { results: NO_RESULTS, entry: undefined };
  const { trainingId } = bundle;
  if (rivals.length === 0 || trainingId === undefined || trainingId === id)
    return { results: bundle, entry: undefined };
  const listed = await trainingsIfAny(api, project, version);
  const entry = listed.find((each) => each.id === trainingId);
  if (entry === undefined) return { results: bundle, entry: undefined };
  if (newerThan(entry, listed)) return { results: NO_RESULTS, entry: undefined };
  return { results: bundle, entry };
}

/** Not every server has this list, and the run does not depend on it. */
async function trainingsIfAny(
  api: Api,
  project: ProjectRef,
  version: number,
): Promise<readonly ListedTraining[]> {
  try {
    return await listTrainings(api, project, version);
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

function identityOf(
  { workspace }: ProjectRef,
  { version, modelType, createdAtMs }: Placed,
  { results, entry }: OwnResults,
  rivals: readonly Training[],
): RunIdentity {
  const bundle = results instanceof ApiError ? NO_RESULTS : results;
  return {
    workspace,
    version,
    modelIds: entry?.modelIds ?? [],
    group: bundle.modelGroup ?? entry?.modelGroup,
    modelType: bundle.modelType ?? modelType,
    begunAtMs: createdAtMs,
    rivals,
    isOnlyOne: false,
  };
}

/** Results come by version here; a newer training on it would be judged in the place of ours. */
function requireNewest(jobs: readonly Training[], training: Placed): void {
  const newer = newerThan(training, jobs);
  if (newer === undefined) return;
  const isSure =
    newer.version !== undefined && newer.createdAtMs !== undefined && training.createdAtMs !== undefined;
  throw new TrainGateError(
    isSure
      ? `Roboflow gives results by version, and ${newer.id} finished on version ${training.version} after ${training.id} began.`
      : `Roboflow gives results by version, and does not say whether ${newer.id} finished on version ${training.version} before or after ${training.id} began.`,
    {
      hint: `Set job-id to ${newer.id} to judge that one. To judge ${training.id}, look up its training id on Roboflow, and set route to trainings, version to ${training.version} and job-id to that id.`,
    },
  );
}

/** A training of `others` that has, or may have, replaced the results of `training` on its version. */
export function newerThan(training: Training, others: readonly Training[]): Training | undefined {
  return others.find(
    ({ id, version, phase, createdAtMs }) =>
      id !== training.id &&
      (version ?? training.version) === training.version &&
      (phase === 'succeeded' || phase === 'stopped') &&
      (createdAtMs ?? Number.POSITIVE_INFINITY) >= (training.createdAtMs ?? Number.NEGATIVE_INFINITY),
  );
}
