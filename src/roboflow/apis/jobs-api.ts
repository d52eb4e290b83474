import { TrainGateError } from '../../lib/errors.ts';
import type { ResultsReading, WantedResults } from '../../training/await-results.ts';
import { type Before, mayBeOn, otherOwners, startedAfter } from '../../training/before.ts';
import { isOtherType } from '../../training/model-type.ts';
import {
  endedWithWeights,
  hasEnded,
  LONGEST_TRAINING_MS,
  mayBeInFlight,
  type Training,
  type TrainingRequest,
} from '../../training/training.ts';
import type { Abilities, EndMode, EndResult, TrainingApi, TrainingRef } from '../../training/training-api.ts';
import { unknownType } from '../dataset/recipe.ts';
import { createJob, getJob, listJobs } from '../endpoints/jobs.ts';
import { endVersionTraining, getResults } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import { saysInvalid } from '../http/failure.ts';
import { creationOf, endOf, ifKnown, ifThere, lookOf } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { gatherModels } from '../results/gather.ts';
import { asListed, ownershipOf, ownerUnknown, typeOfResults, whyNotOwn } from '../results/ownership.ts';
import { modelOfResults } from '../results/read-model.ts';
import { AnnotationJobsError } from '../schema/job-body.ts';
import { readResults } from '../schema/results-body.ts';
import { trainedVersion } from './trained-version.ts';

export const JOBS_CAN: Abilities = { recipes: false, ownIds: false, severalAtOnce: false, videos: false };

/** Trainings through the jobs of a project (docs/internals/roboflow-api.md#jobs): they are ended, and their results read, by version. */
export function jobsRoute(here: InProject): TrainingApi {
  return {
    name: 'jobs',
    can: JOBS_CAN,
    list: async (version, untilMs) => {
      const jobs = await listJobs(here, untilMs === undefined ? {} : { untilMs, knownToExist: true });
      return jobs.filter((job) => mayBeOn(version, job));
    },
    before: (version, trainings) => beforeOnVersion(here, version, trainings),
    create: (request) => creationOf(() => createTrainingJob(here, request), here.clock),
    find: (id) => ifKnown(() => getJob(here, id)),
    look: ({ id }, untilMs) => lookOf(() => getJob(here, id, { untilMs, knownToExist: true })),
    end: (training, mode, untilMs) => endJob(here, training, mode, untilMs),
    trainedVersion: async (place) => {
      const jobs = await listJobs(here, outagePatience(here));
      return trainedVersion(here, place, async () => jobs);
    },
    results: (training, before, wanted) => jobResults(here, training, before, wanted),
  };
}

/** A start that meets a server with labelling jobs makes one. It costs nothing, but stands in the project until it is deleted. */
async function createTrainingJob(here: InProject, request: TrainingRequest): Promise<Training> {
  try {
    return await createJob(here, request);
  } catch (error) {
    // The refusal lists the valid types; which of the values it is about, only its words say.
    if (saysInvalid(error) && /model[ _-]?type/i.test(error.message))
      throw unknownType(request.modelType, error);
    if (!(error instanceof AnnotationJobsError)) throw error;
    throw new TrainGateError(
      'Roboflow took the start of a training for that of a labelling job, and made one.',
      {
        hint: 'It costs nothing: delete it on Roboflow, and set route to trainings.',
        cause: error,
      },
    );
  }
}

/** Cancel and stop act on a version, not on an id: with another training in flight on it nothing is ended. */
async function endJob(
  here: InProject,
  training: TrainingRef,
  mode: EndMode,
  untilMs: number,
): Promise<EndResult> {
  const jobs = await listJobs(here, { untilMs, knownToExist: true });
  const own = jobs.find(({ id }) => id === training.id);
  if (own && hasEnded(own.phase)) return { kind: 'over' };
  const version = own?.version ?? training.version;
  if (version === undefined)
    return { kind: 'still-running', reason: 'Roboflow does not say which version it trains on' };
  const others = jobs.filter(
    (job) => job.id !== training.id && mayBeOn(version, job) && mayBeInFlight(job, here.clock.now()),
  );
  if (others.length === 0) return endOf(() => endVersionTraining(here, version, mode, untilMs));
  const ids = others.map(({ id }) => id).join(', ');
  const train = others.every((job) => job.version === version) ? 'also trains' : 'may also train';
  const reason = `Roboflow's ${mode} acts on a whole version, and ${ids} ${train} on version ${version}`;
  return { kind: 'still-running', reason };
}

/** What is there now: if a training of the version had weights, its results are kept to compare with later. */
async function beforeOnVersion(
  here: InProject,
  version: number,
  trainings: readonly Training[],
): Promise<Before> {
  const mayShow = trainings.some(({ phase }) => endedWithWeights(phase));
  const models = (mayShow ? await ifThere(() => getResults(here, version)) : undefined)?.models ?? [];
  const haveMetrics = models.some((model) => (modelOfResults(model, undefined)?.metrics.size ?? 0) > 0);
  const results = models.length === 0 ? undefined : { text: JSON.stringify(models), haveMetrics };
  return { atMs: here.clock.now(), trainings, results };
}

/**
 * The models of a job that has ended. The results come by version, whichever training they are of. They count if they name
 * this training, or if they are other than before and no other training can have made them. The same as before, or those of
 * another model type, are late: then ours are still to come.
 */
async function jobResults(
  here: InProject,
  training: Training,
  before: Before | undefined,
  wanted: WantedResults,
): Promise<ResultsReading> {
  const { version } = training;
  if (version === undefined)
    return {
      kind: 'unclear',
      reason: `Roboflow does not say which version training ${training.id} used, so its results cannot be found`,
      hint: 'Set version to the one that it was trained on.',
    };
  const patience = outagePatience(here);
  const bundle = (await ifThere(() => getResults(here, version, patience))) ?? readResults({ models: [] });
  const jobs = await listJobs(here, patience);
  const ours = asListed({ ...training, version }, jobs);
  const notOwn = whyNotOwn(bundle, ours);
  const hint = `To judge one of them, look up its training id on Roboflow, and set route to "trainings", version to ${version} and job-id to that id.`;
  const isReplaced = startedAfter(ours, jobs).length > 0;
  if (notOwn !== undefined) return { kind: 'not-yet', reason: notOwn, ...(isReplaced && { hint }) };
  const isNamed = bundle.trainingId === ours.id;
  if (!isNamed && JSON.stringify(bundle.models) === before?.results?.text)
    return {
      kind: 'not-yet',
      reason: `Version ${version} still shows the results that it had before training ${ours.id} ended`,
    };
  const type = typeOfResults(bundle, ours.modelType);
  const isPossible = (other: Training) => !isOtherType(other.modelType, type);
  const others = otherOwners(ours, jobs, before).filter(isPossible);
  // A model is listed before it has metrics, so those of one that had ended may show only now.
  const late = startedAfter(ours, before?.trainings ?? jobs, LONGEST_TRAINING_MS - 1).filter(isPossible);
  const owners = new Set([...others, ...(before?.results?.haveMetrics ? [] : late)]);
  if (!isNamed && bundle.models.length > 0 && owners.size > 0)
    return { kind: 'unclear', ...ownerUnknown(ours, [...owners]), hint };
  const identify = async () => ownershipOf(ours, bundle, jobs, others, here.project);
  return gatherModels({ here, training: ours, bundle, identify }, wanted);
}
