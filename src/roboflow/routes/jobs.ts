import { ApiError, sentences, TrainGateError } from '../../lib/errors.ts';
import type { EndMode, EndResult, TrainingRoute } from '../../training/route.ts';
import { hasEnded, type Training, type TrainingRequest } from '../../training/training.ts';
import { createJob, endVersionTraining, getJob, listJobs, type ProjectRef } from '../endpoints/project.ts';
import type { Api } from '../http/api.ts';
import { asked } from '../http/asked.ts';
import type { Patience } from '../http/persist.ts';
import { jobResults } from '../models/jobs-results.ts';
import { resultsPatience } from '../models/results.ts';
import { AnnotationJobsError } from '../schema/job.ts';
import { endRun } from './end-run.ts';
import { mayBeOn, newerThan } from './rivals.ts';
import { newestSucceeded } from './succeeded.ts';

/** The project has no training jobs behind `/jobs`: something else met the start, and no training came of it. */
export class NoTrainingJobsError extends TrainGateError {
  override name = 'NoTrainingJobsError';
}

/**
 * Trainings through the jobs collection of a project (docs/roboflow-api.md#jobs), ended by version (2.3).
 * @param seen jobs that were read before
 */
export function jobsRoute(api: Api, project: ProjectRef, seen?: readonly Training[]): TrainingRoute {
  const readings: (readonly Training[])[] = seen === undefined ? [] : [seen];
  const list = async (patience?: Partial<Patience>) => {
    const jobs = await listJobs(api, project, patience);
    readings.push(jobs);
    return jobs;
  };
  return {
    name: 'jobs',
    list: async (version, untilMs) =>
      (await list(untilMs === undefined ? undefined : { untilMs, knownToExist: true })).filter((job) =>
        mayBeOn(version, job),
      ),
    create: (request) => asked(api, () => createTrainingJob(api, project, request)),
    find: async (id) => {
      const job = await getJob(api, project, id);
      // What runs beside it now may end after it, and be in the place of its results then.
      if (readings.length === 0) await list();
      return job;
    },
    look: (training, untilMs) => getJob(api, project, training.id, { untilMs, knownToExist: true }),
    end: async (training, mode, untilMs) =>
      endJob(api, project, training, mode, untilMs, await list({ untilMs, knownToExist: true })),
    succeeded: async (where) => newestSucceeded(await list(resultsPatience(api)), where),
    holdsResultsOf: (training, others) => newerThan(training, others) === undefined,
    results: (training) => {
      const latest = readings.at(-1) ?? [];
      const showsIt = latest.some(({ id, phase }) => id === training.id && hasEnded(phase));
      const now = async () => (showsIt ? latest : list(resultsPatience(api)));
      return jobResults(api, project, training, { now, earlier: readings });
    },
  };
}

/** Fields that only labelling jobs have; a refusal that names one is theirs (docs/roboflow-api.md#jobs). */
const ANNOTATION_FIELDS: readonly RegExp[] = [
  /\b(batch|labeler(Email)?|reviewer(Email)?|num_?images|annotation)\b/i,
  /\bname\b"? is (required|missing)|(required|missing)( fields?)?:? "?name\b/i,
];

const OTHER_ROUTE = 'If the project has no training jobs, set route to trainings.';

async function createTrainingJob(api: Api, project: ProjectRef, request: TrainingRequest): Promise<Training> {
  try {
    return await createJob(api, project, request);
  } catch (error) {
    if (error instanceof AnnotationJobsError) throw labellingJobMade(error, api);
    if (!(error instanceof ApiError) || error.failure.kind !== 'refused') throw error;
    const { status, message = '' } = error.failure;
    const isForeign =
      status === 404 ||
      status === 405 ||
      ([400, 422].includes(status) && ANNOTATION_FIELDS.some((field) => field.test(message)));
    if (!isForeign) throw error;
    throw new NoTrainingJobsError(error.message, {
      // What a 404 means here its own advice says already.
      hint: status === 404 ? error.hint : sentences(error.hint, OTHER_ROUTE),
      cause: error,
    });
  }
}

/** The start was taken for that of a labelling job. It costs nothing, but stands in the project until somebody deletes it. */
function labellingJobMade({ jobId = 'without an id' }: AnnotationJobsError, api: Api): NoTrainingJobsError {
  const made = `Roboflow took the start of a training for that of a labelling job, and made labelling job ${jobId}`;
  api.context.log.warning(`${made}. It costs nothing: delete it on Roboflow.`);
  return new NoTrainingJobsError(`${made}.`, { hint: 'Delete it on Roboflow, and set route to trainings.' });
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
    (job) => job.id !== training.id && mayBeOn(version, job) && !hasEnded(job.phase),
  );
  if (others.length > 0) {
    const ids = others.map(({ id }) => id).join(', ');
    const train = others.every((job) => job.version === version) ? 'also trains' : 'may also train';
    const reason = `Roboflow's ${mode} acts on a whole version, and ${ids} ${train} on version ${version}`;
    return { kind: 'still-running', reason };
  }
  return endRun(() => endVersionTraining(api, project, version, mode, untilMs));
}
