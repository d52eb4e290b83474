import { ApiError, TrainGateError } from '../../lib/errors.ts';
import type { TrainingResults } from '../../training/results.ts';
import { hasWeights, type Training } from '../../training/training.ts';
import { getResults, type ProjectRef } from '../endpoints/project.ts';
import { listTrainings } from '../endpoints/trainings.ts';
import type { Api } from '../http/api.ts';
import { mayBeOf, mayBeOn, newerThan, type Readings, rivalsOf } from '../routes/rivals.ts';
import { NO_RESULTS, type ResultsBody, versionInPath } from '../schema/results.ts';
import type { ListedTraining } from '../schema/training.ts';
import type { RunIdentity } from './own-models.ts';
import { ownResults } from './own-results.ts';
import { gatherResults, resultsPatience } from './results.ts';

type Placed = Training & { readonly version: number };

/** What lists of the project's jobs show. */
export interface JobLists {
  now(): Promise<readonly Training[]>;
  /** Those that were read before. */
  readonly earlier: Readings;
}

/**
 * The models of a job that has ended. Its results come by version, and so may be those of another run.
 * @throws TrainGateError where they are, or may be, those of another run
 */
export async function jobResults(
  api: Api,
  project: ProjectRef,
  { version, ...training }: Training,
  lists: JobLists,
): Promise<TrainingResults> {
  if (version === undefined)
    throw new TrainGateError(
      `Roboflow does not say which version training ${training.id} used, so its results cannot be found.`,
    );
  const bundle = await getResults(api, project, version, resultsPatience(api));
  const jobs = await lists.now();
  const run = { ...withListed(training, jobs), version };
  const rivals = rivalsOf(run, jobs, lists.earlier);
  const own = await uncontested(api, project, ownResults(bundle, run), { run, rivals, jobs });
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
    // Where Roboflow did not tell, a start is dated by the clock of the runner.
    createdAtMs: listed?.createdAtMs ?? training.createdAtMs,
  };
}

/** The results of a version as far as they are those of our run, and its entry in the list of trainings. */
interface OwnResults {
  readonly results: ResultsBody;
  readonly entry: ListedTraining | undefined;
}

/** A run, others whose results may stand in the place of its own, and all jobs. */
interface Contest {
  readonly run: Placed;
  readonly rivals: readonly Training[];
  readonly jobs: readonly Training[];
}

/**
 * Results come by version, so where other trainings of it have ended they may be theirs: those of a rival, or of an older
 * one as long as ours lag behind. Where the server has a list of trainings, it tells which one they are of.
 * @throws TrainGateError where they may be those of a rival
 */
async function uncontested(
  api: Api,
  project: ProjectRef,
  bundle: ResultsBody,
  contest: Contest,
): Promise<OwnResults> {
  const { run, rivals, jobs } = contest;
  const { trainingId } = bundle;
  const others = jobs.filter(
    (job) => job.id !== run.id && mayBeOn(run.version, job) && hasWeights(job.phase),
  );
  if (others.length === 0 || trainingId === run.id) return { results: bundle, entry: undefined };
  requireNewest(rivals, run);
  const listed = tellsTraining(trainingId) ? await trainingsIfAny(api, project, run.version) : [];
  const entry = listed.find((each) => each.id === trainingId);
  if (entry === undefined) return { results: unlessContested(bundle, contest), entry: undefined };
  return isOfRun(entry, run) && !newerThan(entry, listed)
    ? { results: bundle, entry }
    : { results: NO_RESULTS, entry: undefined };
}

/** Different parts of the server, and a runner that dates its start itself, may differ by this much. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** Whether an entry of the list of trainings may be our run: it has another id there. */
function isOfRun(entry: ListedTraining, run: Placed): boolean {
  const sinceMs = (run.createdAtMs ?? Number.NEGATIVE_INFINITY) - CLOCK_SKEW_MS;
  return mayBeOf(run.modelType, entry) && (entry.createdAtMs ?? Number.POSITIVE_INFINITY) >= sinceMs;
}

/** An id of the older form names no more than the version. */
function tellsTraining(trainingId: string | undefined): boolean {
  return trainingId !== undefined && versionInPath(trainingId) === undefined;
}

/**
 * Results that are of whichever training ended last. Without models there is nothing in them to be taken for ours.
 * @throws TrainGateError where that may be a rival
 */
function unlessContested(bundle: ResultsBody, { run, rivals }: Contest): ResultsBody {
  const rival = rivals.find((each) => hasWeights(each.phase) && mayBeOf(bundle.modelType, each));
  if (rival === undefined) return bundle;
  if (bundle.models.length === 0) return NO_RESULTS;
  throw new TrainGateError(
    `Roboflow gives results by version, and does not say whether ${rival.id} finished on version ${run.version} before or after ${run.id} did.`,
    { hint: byTrainingId(run) },
  );
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
  return {
    workspace,
    version,
    modelIds: entry?.modelIds ?? [],
    group: results.modelGroup ?? entry?.modelGroup,
    modelType: results.modelType ?? modelType,
    begunAtMs: createdAtMs,
    rivals,
    isOnlyOne: false,
  };
}

/** Results come by version here; a newer training on it would be judged in the place of ours. */
function requireNewest(rivals: readonly Training[], training: Placed): void {
  const newer = newerThan(training, rivals);
  if (newer === undefined) return;
  const isSure =
    newer.version !== undefined && newer.createdAtMs !== undefined && training.createdAtMs !== undefined;
  throw new TrainGateError(
    isSure
      ? `Roboflow gives results by version, and ${newer.id} finished on version ${training.version} after ${training.id} began.`
      : `Roboflow gives results by version, and does not say whether ${newer.id} finished on version ${training.version} before or after ${training.id} began.`,
    {
      hint: `Set job-id to ${newer.id} to judge that one. ${byTrainingId(training)}`,
    },
  );
}

function byTrainingId({ id, version }: Placed): string {
  return `To judge ${id}, look up its training id on Roboflow, and set route to trainings, version to ${version} and job-id to that id.`;
}
