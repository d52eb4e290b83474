import * as v from 'valibot';
import { TrainGateError } from '../../lib/errors.ts';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import type { Training } from '../../training/training.ts';
import {
  beganIn,
  Fraction,
  lenient,
  NonEmpty,
  reasonIn,
  textOf,
  unexpected,
  VersionNumber,
  Word,
} from './shape.ts';
import { phaseOf } from './status-words.ts';

/** `/jobs` answered with labelling jobs: two of Roboflow's documents give that path two meanings (docs/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
export class AnnotationJobsError extends TrainGateError {
  override name = 'AnnotationJobsError';
  /** Of the labelling job that showed it. */
  readonly jobId: string | undefined;

  constructor(jobId: string | undefined) {
    super('The jobs of this project are labelling jobs, not trainings.', { hint: 'Set route to trainings.' });
    this.jobId = jobId;
  }
}

const JobBody = v.looseObject({
  jobId: lenient(NonEmpty),
  id: lenient(NonEmpty),
  status: lenient(Word),
  version: lenient(VersionNumber),
  model_type: lenient(NonEmpty),
  modelType: lenient(NonEmpty),
  progress: lenient(Fraction),
  error: v.optional(v.unknown()),
  message: lenient(NonEmpty),
  reason: lenient(NonEmpty),
  failureReason: lenient(NonEmpty),
});

/** Fields that only labelling jobs have (docs/roboflow-api.md#jobs). */
const ANNOTATION_MARKERS: readonly string[] = [
  'labeler',
  'labelerEmail',
  'reviewer',
  'reviewerEmail',
  'numImages',
  'num_images',
  'sourceBatch',
  'annotated',
  'unannotated',
  'approved',
  'rejected',
  'instructionsText',
];
/** Fields of labelling jobs that a training might have as well, so they tell nothing beside a version or a model type. */
const WEAK_MARKERS: readonly string[] = ['owner', 'createdBy', 'batch'];

/**
 * Reads one training job, bare or under `job` or `jobs` (docs/roboflow-api.md#jobs).
 * @param id the one that was asked for: another is never taken for it
 * @throws ShapeError, AnnotationJobsError
 */
export function readJob(body: unknown, id?: string): Training {
  const jobs =
    isRecord(body) && Array.isArray(body.jobs) ? readJobs(body) : [toTraining(innerJob(body), body)];
  const job =
    id === undefined ? (jobs.length === 1 ? jobs[0] : undefined) : jobs.find((each) => each.id === id);
  if (job === undefined) throw unexpected(id === undefined ? 'a training job' : `training job ${id}`, body);
  return job;
}

function innerJob(body: unknown): unknown {
  return isRecord(body) ? (body.job ?? body) : body;
}

/**
 * Reads the list of a project's training jobs. An element that is no job is skipped, as is a labelling job beside
 * trainings; one with an id may be a training that somebody pays for, so it is kept with what it tells.
 * @throws ShapeError if no job could be read, AnnotationJobsError if there are labelling jobs and no training
 */
export function readJobs(body: unknown): readonly Training[] {
  const list = isRecord(body) ? body.jobs : body;
  if (!Array.isArray(list)) throw unexpected('a list of jobs', body);
  const jobs = list.flatMap((job) => readElement(job) ?? []);
  if (list.length > 0 && !jobs.some((job) => isWhole(job) && !job.isAnnotation)) {
    const labelling = list.find(isAnnotation);
    throw labelling === undefined ? unexpected('a list of training jobs', body) : annotationJobs(labelling);
  }
  return jobs.filter((job) => isWhole(job) || !job.isAnnotation).map(({ training }) => training);
}

/** A job as it came: `isWhole` of what the reference promises of every training job. */
interface Element {
  readonly training: Training;
  readonly hasStatus: boolean;
  readonly isAnnotation: boolean;
}

function isWhole({ training: { version, modelType }, hasStatus }: Element): boolean {
  return hasStatus && (version ?? modelType) !== undefined;
}

function toTraining(job: unknown, body: unknown): Training {
  if (isAnnotation(job)) throw annotationJobs(job);
  const element = readElement(job);
  if (!element?.hasStatus) throw unexpected('a training job with id and status', body);
  if (!isWhole(element)) throw unexpected('a training job with a version or a model type', body);
  return element.training;
}

/** Undefined if `job` has no id. */
function readElement(job: unknown): Element | undefined {
  const parsed = v.safeParse(JobBody, job);
  const id = parsed.success ? (parsed.output.jobId ?? parsed.output.id) : undefined;
  if (!parsed.success || id === undefined) return undefined;
  const { status, version, model_type, modelType, progress } = parsed.output;
  const training = {
    id,
    status: status ?? 'unknown',
    phase: phaseOf(status ?? 'unknown'),
    version,
    modelType: model_type ?? modelType,
    progress,
    createdAtMs: beganIn(parsed.output),
    reason: reasonIn(parsed.output),
  };
  return { training, hasStatus: status !== undefined, isAnnotation: isAnnotation(job) };
}

/** Whether `job` has a field that tells a labelling job from a training; an empty one tells nothing. */
function isAnnotation(job: unknown): job is JsonObject {
  if (!isRecord(job)) return false;
  const has = (field: string) => Object.hasOwn(job, field) && job[field] !== null;
  const isTyped = ['version', 'model_type', 'modelType'].some(has);
  const markers = isTyped ? ANNOTATION_MARKERS : [...ANNOTATION_MARKERS, ...WEAK_MARKERS];
  const hasStoredDate = isRecord(job.created) && '_seconds' in job.created;
  return hasStoredDate || markers.some(has);
}

function annotationJobs(job: JsonObject): AnnotationJobsError {
  return new AnnotationJobsError(textOf(job.jobId) ?? textOf(job.id));
}
