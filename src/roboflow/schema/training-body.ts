import * as v from 'valibot';
import type { Phase, Training } from '../../training/training.ts';
import {
  beganIn,
  elementsOf,
  Fraction,
  fieldOf,
  JsonFields,
  lenient,
  NonEmpty,
  readAs,
  reasonIn,
  required,
  textOf,
  unexpected,
  VersionNumber,
  Word,
} from './shape.ts';

/** Every status word that a source names, by what it means (docs/internals/roboflow-api.md#status-words). */
const WORDS: readonly (readonly [Phase, ...string[]])[] = [
  ['waiting', 'created', 'pending', 'queued', 'starting'],
  ['active', 'training', 'running', 'mining', 'in-progress'],
  ['ending', 'stopping', 'cancelling', 'canceling'],
  ['succeeded', 'complete', 'completed', 'finished', 'done', 'succeeded', 'success'],
  ['stopped', 'stopped', 'stopped-early', 'early-stopped'],
  ['failed', 'failed', 'failure', 'error', 'errored'],
  ['cancelled', 'cancelled', 'canceled', 'aborted'],
];

/** What the API's `status` word means; case, blanks and `_` for `-` do not matter. */
export function phaseOf(status: string): Phase {
  const word = status.trim().toLowerCase().replace(/[\s_]/g, '-');
  return WORDS.find(([, ...words]) => words.includes(word))?.[0] ?? 'unknown';
}

/** A training as a list shows it; v2 also tells what tells its models from those of others. */
export interface ListedTraining extends Training {
  /** The architecture search that it is. */
  readonly modelGroup?: string | undefined;
  /** Of the models that it has brought forth so far. */
  readonly modelIds?: readonly string[] | undefined;
}

const TrainingBody = v.looseObject({
  trainingId: lenient(NonEmpty),
  jobId: lenient(NonEmpty),
  id: lenient(NonEmpty),
  status: lenient(Word),
  version: lenient(VersionNumber),
  modelType: lenient(NonEmpty),
  model_type: lenient(NonEmpty),
  modelGroup: lenient(NonEmpty),
  modelIds: lenient(v.array(v.unknown())),
  progress: lenient(Fraction),
});

/**
 * Reads what either API shows of a training; undefined if it has no id. One without a status may be a training that somebody
 * pays for, so it has the status `ifUnsaid`.
 */
export function trainingIn(
  body: unknown,
  idName: 'trainingId' | 'jobId',
  ifUnsaid: string,
  ofVersion?: number,
): ListedTraining | undefined {
  const fields = readAs(TrainingBody, body);
  const id = fields?.[idName] ?? fields?.id;
  if (fields === undefined || id === undefined) return undefined;
  const { status = ifUnsaid, progress, modelGroup, modelIds } = fields;
  return {
    id,
    status,
    phase: phaseOf(status),
    version: ofVersion ?? fields.version,
    modelType: fields.model_type ?? fields.modelType,
    progress,
    createdAtMs: beganIn(fields),
    reason: reasonIn(fields),
    modelGroup,
    modelIds: modelIds?.flatMap((each) => textOf(each) ?? []),
  };
}

/** Reads one training of `v2/trainings`, `wanted` and no other. Only its id is sure to come (docs/internals/roboflow-api.md#v2-trainings). */
export function readTraining(body: unknown, version: number, wanted?: string): ListedTraining {
  const training = required(
    trainingIn(body, 'trainingId', 'queued', version),
    'a training with its id',
    body,
  );
  if (wanted !== undefined && training.id !== wanted) throw unexpected(`training ${wanted}`, body);
  return training;
}

/** Reads the trainings of a version, which come oldest first, newest first (docs/internals/roboflow-api.md#v2-trainings). Throws ShapeError if there are elements and none has an id. */
export function readTrainings(body: unknown, version: number): readonly ListedTraining[] {
  const read = (element: unknown) => trainingIn(element, 'trainingId', 'unknown', version);
  return elementsOf(fieldOf(body, 'trainings'), read, 'a list of trainings', body).reverse();
}

const Recipe = v.looseObject({
  schema: v.looseObject({ hyperparameters: v.array(v.looseObject({ key: v.string() })) }),
  template: lenient(JsonFields),
});

/** What a value may be: within bounds, both included, or one of some; undefined says nothing. */
export interface Allowed {
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly values?: readonly unknown[];
}

/** A setting of a training: what Roboflow takes for it, and what it advises. */
export interface Hyperparameter {
  readonly key: string;
  readonly valid: Allowed;
  readonly advice: Allowed;
}

/** Reads what a model type can be trained with (docs/internals/roboflow-api.md#v2-trainings). */
export function readRecipe(body: unknown) {
  const { schema, template = {} } = required(readAs(Recipe, body), 'a recipe with its schema', body);
  const hyperparameters = schema.hyperparameters.map(
    ({ key, valid, advice }): Hyperparameter => ({ key, valid: allowedIn(valid), advice: allowedIn(advice) }),
  );
  return { hyperparameters, template };
}

/** No source shows the form of `valid`, so several are taken; any other says nothing. */
function allowedIn(value: unknown): Allowed {
  const isOfValues = Array.isArray(value) && value.length > 0 && value.every((each) => !isObject(each));
  const isPair = isOfValues && value.length === 2 && value.every((each) => typeof each === 'number');
  if (isOfValues && !isPair) return { values: value };
  const either = (...fields: readonly unknown[]) => fields.find((each) => typeof each === 'number');
  const low = isPair ? value[0] : either(fieldOf(value, 'low'), fieldOf(value, 'min'));
  const high = isPair ? value[1] : either(fieldOf(value, 'high'), fieldOf(value, 'max'));
  return low !== undefined && high !== undefined && low > high ? {} : { low, high };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
