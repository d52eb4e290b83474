import * as v from 'valibot';
import { TrainGateError } from '../errors.ts';
import type { Training } from '../training/training.ts';
import { phaseOf } from './status.ts';

/** A body that is no answer of the route it came from. The message shows what came. */
export class ShapeError extends Error {
  override name = 'ShapeError';
}

/** `/jobs` answered with labelling jobs: two of Roboflow's documents give that path two meanings (API reference, D1). */
export class AnnotationJobsError extends TrainGateError {
  override name = 'AnnotationJobsError';
}

/** Whatever comes, garbage in an optional field must not hide the rest: it counts as absent. */
function lenient<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined);
}

const NonEmpty = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.finite())]),
  v.transform((value) => String(value).trim()),
  v.nonEmpty(),
);

/** A number, also where it comes as a string. */
const Numeric = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.nonEmpty())]),
  v.transform(Number),
  v.finite(),
);

const VersionNumber = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.transform(lastSegment), v.nonEmpty(), v.transform(Number))]),
  v.integer(),
  v.minValue(1),
);

/** Version ids come as `7`, `"7"` and `"workspace/project/7"`. */
function lastSegment(id: string): string {
  return id.trim().split('/').at(-1) ?? '';
}

const Fraction = v.pipe(Numeric, v.minValue(0), v.maxValue(1));

/** An ISO date, or the epoch's seconds that versions use. */
const Moment = v.union([
  v.pipe(v.string(), v.transform(Date.parse), v.finite()),
  v.pipe(
    v.number(),
    v.transform((value) => (value < 1e11 ? value * 1000 : value)),
  ),
]);

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

/** No document names the field of a failure's reason, so every likely one is looked at (API reference, D15). */
export function reasonIn(body: Readonly<Record<string, unknown>>): string | undefined {
  const nested = isRecord(body.train) ? [body.train.error, body.train.message] : [];
  for (const candidate of [body.error, body.message, body.reason, body.failureReason, ...nested]) {
    const text = isRecord(candidate) ? candidate.message : candidate;
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  return undefined;
}

const ResultsBody = v.looseObject({
  trainingId: lenient(NonEmpty),
  status: lenient(NonEmpty),
  modelType: lenient(NonEmpty),
  modelGroup: lenient(NonEmpty),
  models: lenient(v.array(v.unknown())),
  recommendedByHardware: v.optional(v.unknown()),
});

/** `training/results` as far as it matters here; models stay unread until their scale is known. */
export interface ResultsBody {
  readonly trainingId: string | undefined;
  readonly modelType: string | undefined;
  readonly modelGroup: string | undefined;
  readonly models: readonly Readonly<Record<string, unknown>>[];
  readonly recommended: ReadonlyMap<string, string>;
}

/**
 * Reads a run's results (API reference, 2.5).
 * @throws ShapeError
 */
export function readResults(body: unknown): ResultsBody {
  const parsed = v.safeParse(ResultsBody, body);
  if (
    !parsed.success ||
    (parsed.output.status ?? parsed.output.trainingId ?? parsed.output.models) === undefined
  )
    throw unexpected('the results of a training', body);
  const { trainingId, modelType, modelGroup, models, recommendedByHardware } = parsed.output;
  return {
    trainingId,
    modelType,
    modelGroup,
    models: (models ?? []).filter(isRecord),
    recommended: textMap(recommendedByHardware),
  };
}

/**
 * Reads the models list: a bare array (API reference, 2.8).
 * @throws ShapeError
 */
export function readModelRows(body: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(body)) throw unexpected('a list of models', body);
  return body.filter(isRecord);
}

/** The slug of the workspace that the key belongs to (API reference, section 1, preflight). */
export function readKeyWorkspace(body: unknown): string {
  const parsed = v.safeParse(v.looseObject({ workspace: NonEmpty }), body);
  if (!parsed.success) throw unexpected("the key's workspace", body);
  return parsed.output.workspace;
}

const Count = v.pipe(Numeric, v.integer(), v.minValue(0));

const VersionFields = v.looseObject({
  id: VersionNumber,
  images: lenient(Count),
  generating: lenient(v.boolean()),
  progress: lenient(Fraction),
  splits: lenient(v.looseObject({ valid: lenient(Count) })),
  exports: lenient(v.array(v.string())),
});

/** A dataset version, as far as it matters here (API reference, 2.6); what is undefined was not said. */
export interface VersionBody {
  readonly number: number;
  readonly images: number | undefined;
  readonly generating: boolean;
  /** Of its generation, 0 to 1. */
  readonly progress: number | undefined;
  readonly validImages: number | undefined;
  /** The formats that it is exported in. */
  readonly exports: readonly string[];
  readonly preprocessing: Body | undefined;
  readonly augmentation: Body | undefined;
  readonly model: Body | undefined;
}

type Body = Readonly<Record<string, unknown>>;

function toVersion(version: unknown): VersionBody | undefined {
  const parsed = v.safeParse(VersionFields, version);
  if (!isRecord(version) || !parsed.success) return undefined;
  const { id, images, generating, progress, splits, exports } = parsed.output;
  return {
    number: id,
    images,
    generating: generating ?? false,
    progress,
    validImages: splits?.valid,
    exports: exports ?? [],
    preprocessing: isRecord(version.preprocessing) ? version.preprocessing : undefined,
    augmentation: isRecord(version.augmentation) ? version.augmentation : undefined,
    model: isRecord(version.model) ? version.model : undefined,
  };
}

/**
 * Reads one dataset version.
 * @throws ShapeError
 */
export function readVersion(body: unknown): VersionBody {
  const version = toVersion(isRecord(body) ? body.version : undefined);
  if (version === undefined) throw unexpected('a dataset version', body);
  return version;
}

/**
 * Reads the versions of a project, highest first (API reference, 2.7).
 * @throws ShapeError
 */
export function readProjectVersions(body: unknown): readonly VersionBody[] {
  const versions = isRecord(body) ? body.versions : undefined;
  if (!Array.isArray(versions)) throw unexpected('a project with its versions', body);
  return versions.flatMap((version) => toVersion(version) ?? []).sort((a, b) => b.number - a.number);
}

/**
 * Reads the number of the version that was generated, which may come as a string (API reference, 2.7).
 * @throws ShapeError
 */
export function readGenerated(body: unknown): number {
  const parsed = v.safeParse(v.looseObject({ version: VersionNumber }), body);
  if (!parsed.success) throw unexpected('the number of a generated version', body);
  return parsed.output.version;
}

/** How far an export is: 202 while it is built, with its progress (API reference, 2.7). */
export interface ExportBody {
  readonly ready: boolean;
  readonly progress: number | undefined;
}

/**
 * Reads the answer of an export route, where the status says whether it is ready.
 * @throws ShapeError where it claims to be ready without an export
 */
export function readExport(body: unknown, status: number): ExportBody {
  const ready = status === 200;
  if (ready && !(isRecord(body) && (isRecord(body.export) || typeof body.link === 'string')))
    throw unexpected('an export', body);
  const parsed = v.safeParse(v.looseObject({ progress: lenient(Fraction) }), body);
  return { ready, progress: parsed.success ? parsed.output.progress : undefined };
}

const TrainingBody = v.looseObject({
  trainingId: lenient(NonEmpty),
  id: lenient(NonEmpty),
  status: lenient(NonEmpty),
  modelType: lenient(NonEmpty),
  progress: lenient(Fraction),
  start: lenient(Moment),
});

/**
 * Reads one training of `v2/trainings`. Only its id is sure to come; right after a start it is taken for queued
 * (API reference, 2.4).
 * @param wanted the id that was asked for: another is never taken for it
 * @throws ShapeError
 */
export function readTraining(body: unknown, version: number, wanted?: string): Training {
  const parsed = v.safeParse(TrainingBody, body);
  const id = parsed.success ? (parsed.output.trainingId ?? parsed.output.id) : undefined;
  if (!parsed.success || id === undefined) throw unexpected('a training with its id', body);
  if (wanted !== undefined && id !== wanted) throw unexpected(`training ${wanted}`, body);
  const { status = 'queued', modelType, progress, start } = parsed.output;
  const reason = reasonIn(parsed.output);
  return { id, status, phase: phaseOf(status), version, modelType, progress, createdAtMs: start, reason };
}

/**
 * Reads the trainings of a version (API reference, 2.4).
 * @throws ShapeError
 */
export function readTrainings(body: unknown, version: number): readonly Training[] {
  const list = isRecord(body) ? body.trainings : undefined;
  if (!Array.isArray(list)) throw unexpected('a list of trainings', body);
  return list.map((training) => readTraining(training, version));
}

/** What a model type can be trained with (API reference, 2.4). */
export interface RecipeBody {
  readonly hyperparameters: readonly string[];
  readonly template: Body;
}

/**
 * Reads the recipe of a model type.
 * @throws ShapeError
 */
export function readRecipe(body: unknown): RecipeBody {
  const Parameters = v.looseObject({ hyperparameters: v.array(v.looseObject({ key: v.string() })) });
  const parsed = v.safeParse(v.looseObject({ schema: Parameters }), body);
  if (!parsed.success || !isRecord(body)) throw unexpected('a recipe with its schema', body);
  return {
    hyperparameters: parsed.output.schema.hyperparameters.map(({ key }) => key),
    template: isRecord(body.template) ? body.template : {},
  };
}

/**
 * What came of a cancel or stop; `refund: false` means that nothing was cancelled (API reference, 2.3).
 * @throws ShapeError where the answer is no object, which says nothing about the training
 */
export function readRefund(body: unknown): boolean | undefined {
  if (!isRecord(body)) throw unexpected('the answer of a cancel or stop', body);
  return typeof body.refund === 'boolean' ? body.refund : undefined;
}

/** Code and message of an error body, in any of its six shapes (API reference, 2.1). */
export function readApiError(body: unknown): {
  readonly code: string | undefined;
  readonly message: string | undefined;
} {
  if (!isRecord(body)) return { code: undefined, message: undefined };
  const { error } = body;
  const inner = isRecord(error) ? error : body;
  const sibling = textOf(body.message);
  const message = isRecord(error) ? textOf(error.message) : (sibling ?? textOf(error));
  const hint = textOf(inner.hint) ?? textOf(body.hint);
  const errorIsCode = sibling !== undefined && typeof error === 'string';
  return {
    code: textOf(inner.code) ?? textOf(body.code) ?? (errorIsCode ? textOf(error) : undefined),
    message: message !== undefined && hint !== undefined ? `${message} (${hint})` : (message ?? hint),
  };
}

function textOf(value: unknown): string | undefined {
  const parsed = v.safeParse(NonEmpty, value);
  return parsed.success ? parsed.output : undefined;
}

function textMap(value: unknown): ReadonlyMap<string, string> {
  if (!isRecord(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, text]) => {
      const read = textOf(text);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}

/** Whether `value` is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unexpected(wanted: string, body: unknown): ShapeError {
  const shown = JSON.stringify(body) ?? 'nothing';
  return new ShapeError(`not ${wanted} but ${shown.length > 200 ? `${shown.slice(0, 200)}...` : shown}`);
}
