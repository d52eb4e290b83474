import { TrainGateError } from '../../lib/errors.ts';
import { mayBeOn } from '../../training/before.ts';
import { hasEnded, mayBeInFlight, type Training, type TrainingRequest } from '../../training/training.ts';
import type { Abilities, EndMode, EndResult, TrainingApi, TrainingRef } from '../../training/training-api.ts';
import { unknownType } from '../dataset/recipe.ts';
import { createJob, getJob, listJobs } from '../endpoints/jobs.ts';
import { endVersionTraining } from '../endpoints/version.ts';
import type { InProject } from '../http/api.ts';
import { saysInvalid } from '../http/failure.ts';
import { creationOf, endOf, ifKnown, lookOf } from '../http/outcome.ts';
import { outagePatience } from '../http/retry.ts';
import { AnnotationJobsError } from '../schema/job-body.ts';
import { beforeOnVersion, jobResults } from './jobs-results.ts';
import { trainedVersion } from './trained-version.ts';

export const JOBS_CAN: Abilities = { recipes: false, ownIds: false, severalAtOnce: false, videos: false };

/** Trainings through the jobs of a project (docs/roboflow-api.md#jobs): they are ended, and their results read, by version. */
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
