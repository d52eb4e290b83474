import * as v from 'valibot';
import { TrainGateError } from '../../errors.ts';
import { isRecord } from '../../json.ts';
import type { Training } from '../../training/training.ts';
import { phaseOf } from '../status.ts';
import { Fraction, lenient, Moment, NonEmpty, reasonIn, unexpected, VersionNumber } from './shape.ts';

/** `/jobs` answered with labelling jobs: two of Roboflow's documents give that path two meanings (API reference, D1). */
export class AnnotationJobsError extends TrainGateError {
  override name = 'AnnotationJobsError';
}

const JobBody = v.looseObject({
  jobId: lenient(NonEmpty),
  id: lenient(NonEmpty),
  status: lenient(NonEmpty),
  version: lenient(VersionNumber),
  model_type: lenient(NonEmpty),
  modelType: lenient(NonEmpty),
  progress: lenient(Fraction),
  createdAt: lenient(Moment),
  error: v.optional(v.unknown()),
  message: lenient(NonEmpty),
  reason: lenient(NonEmpty),
  failureReason: lenient(NonEmpty),
});

/** Fields that only labelling jobs have (API reference, 2.2). */
const ANNOTATION_MARKERS: readonly string[] = [
  'labeler',
  'numImages',
  'sourceBatch',
  'reviewer',
  'instructionsText',
];

/**
 * Reads one training job, bare or under `job` or `jobs` (API reference, 2.2).
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
 * Reads the list of a project's training jobs.
 * @throws ShapeError, AnnotationJobsError
 */
export function readJobs(body: unknown): readonly Training[] {
  const list = isRecord(body) ? body.jobs : body;
  if (!Array.isArray(list)) throw unexpected('a list of jobs', body);
  return list.map((job) => toTraining(job, body));
}

function toTraining(job: unknown, body: unknown): Training {
  if (isRecord(job) && ANNOTATION_MARKERS.some((marker) => marker in job))
    throw new AnnotationJobsError('The jobs of this project are labelling jobs, not trainings.', {
      hint: 'Set route to trainings.',
    });
  const parsed = v.safeParse(JobBody, job);
  const id = parsed.success ? (parsed.output.jobId ?? parsed.output.id) : undefined;
  if (!parsed.success || id === undefined || parsed.output.status === undefined)
    throw unexpected('a training job with id and status', body);
  const { status, version, model_type, modelType, progress, createdAt } = parsed.output;
  if (version === undefined && model_type === undefined && modelType === undefined)
    throw unexpected('a training job with a version or a model type', body);
  return {
    id,
    status,
    phase: phaseOf(status),
    version,
    modelType: model_type ?? modelType,
    progress,
    createdAtMs: createdAt,
    reason: reasonIn(parsed.output),
  };
}
