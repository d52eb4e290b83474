import { TrainGateError } from '../../lib/errors.ts';
import { isRecord } from '../../lib/json.ts';
import type { Training } from '../../training/training.ts';
import { unexpected } from './shape.ts';
import { trainingIn } from './training-body.ts';

/** `/jobs` answered with labelling jobs: two of Roboflow's documents give that path two meanings (docs/internals/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
export class AnnotationJobsError extends TrainGateError {
  override name = 'AnnotationJobsError';

  constructor() {
    super('The jobs of this project are labelling jobs, not trainings.', { hint: 'Set route to trainings.' });
  }
}

/** What every training job has one of. */
const TYPE_FIELDS = ['version', 'model_type', 'modelType'];

/** Fields of labelling jobs, by which one is known that has neither version nor model type (docs/internals/roboflow-api.md#jobs). */
const LABELLING_FIELDS =
  'labeler labelerEmail reviewer reviewerEmail numImages num_images sourceBatch annotated unannotated approved rejected instructionsText owner createdBy batch'.split(
    ' ',
  );

/** Reads one training job, of `id` if that is given (docs/internals/roboflow-api.md#jobs). Throws ShapeError, AnnotationJobsError. */
export function readJob(body: unknown, id?: string): Training {
  const jobs = isRecord(body) && Array.isArray(body.jobs) ? readJobs(body) : [readOnly(body)];
  const named = id === undefined ? jobs : jobs.filter((job) => job.id === id);
  const [job, ...others] = named;
  if (job === undefined || others.length > 0)
    throw unexpected(id === undefined ? 'a training job' : `training job ${id}`, body);
  return job;
}

function readOnly(body: unknown): Training {
  const job = isRecord(body) ? (body.job ?? body) : body;
  if (isLabelling(job)) throw new AnnotationJobsError();
  const training = trainingIn(job, 'jobId', UNSAID);
  if (training === undefined || training.status === UNSAID)
    throw unexpected('a training job with id and status', body);
  if (!isTyped(training)) throw unexpected('a training job with a version or a model type', body);
  return training;
}

/**
 * Reads the list of a project's training jobs. An element that is no job is skipped, as is a labelling job beside
 * trainings; one with an id may be a training that somebody pays for, so it is kept with what it tells.
 * @throws ShapeError if no job could be read, AnnotationJobsError if there are labelling jobs and no training
 */
export function readJobs(body: unknown): readonly Training[] {
  const list: unknown = isRecord(body) ? body.jobs : body;
  if (!Array.isArray(list)) throw unexpected('a list of jobs', body);
  const jobs = list.flatMap((job) => (isLabelling(job) ? [] : (trainingIn(job, 'jobId', UNSAID) ?? [])));
  if (list.length === 0 || jobs.some((job) => isTyped(job) && job.status !== UNSAID)) return jobs;
  throw list.some(isLabelling) ? new AnnotationJobsError() : unexpected('a list of training jobs', body);
}

/** Stands for a status that was not told. */
const UNSAID = 'unknown';

function isTyped({ version, modelType }: Training): boolean {
  return (version ?? modelType) !== undefined;
}

/** An empty field tells nothing. */
function isLabelling(job: unknown): boolean {
  if (!isRecord(job)) return false;
  const has = (field: string) => job[field] !== undefined && job[field] !== null;
  return !TYPE_FIELDS.some(has) && LABELLING_FIELDS.some(has);
}
