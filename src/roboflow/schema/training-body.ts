import * as v from 'valibot';
import { isRecord, type JsonObject } from '../../lib/json.ts';
import type { Training } from '../../training/training.ts';
import { beganIn, Fraction, lenient, NonEmpty, reasonIn, textOf, unexpected, Word } from './shape.ts';
import { phaseOf } from './status-words.ts';

const TrainingBody = v.looseObject({
  trainingId: lenient(NonEmpty),
  id: lenient(NonEmpty),
  status: lenient(Word),
  modelType: lenient(NonEmpty),
  modelGroup: lenient(NonEmpty),
  modelIds: lenient(v.array(v.unknown())),
  progress: lenient(Fraction),
});

/**
 * Reads one training of `v2/trainings`. Only its id is sure to come; right after a start it is taken for queued
 * (docs/roboflow-api.md#v2-trainings).
 * @param wanted the id that was asked for: another is never taken for it
 * @throws ShapeError
 */
export function readTraining(body: unknown, version: number, wanted?: string): Training {
  const parsed = parseTraining(body);
  if (parsed === undefined) throw unexpected('a training with its id', body);
  if (wanted !== undefined && parsed.id !== wanted) throw unexpected(`training ${wanted}`, body);
  return toTraining(parsed, version, 'queued');
}

/** A training as the list of a version shows it, with what tells its models from those of others. */
export interface ListedTraining extends Training {
  /** The architecture search that it is. */
  readonly modelGroup: string | undefined;
  /** Of the models that it has brought forth so far. */
  readonly modelIds: readonly string[];
}

/**
 * Reads the trainings of a version (docs/roboflow-api.md#v2-trainings). An element without an id is skipped; one without a status may
 * be a training that somebody pays for, so it is kept with what it tells.
 * @throws ShapeError if there are elements and none could be read
 */
export function readTrainings(body: unknown, version: number): readonly ListedTraining[] {
  const list = isRecord(body) ? body.trainings : undefined;
  if (!Array.isArray(list)) throw unexpected('a list of trainings', body);
  const trainings = list.flatMap((element) => {
    const parsed = parseTraining(element);
    if (parsed === undefined) return [];
    const { modelGroup, modelIds = [] } = parsed.fields;
    const ids = modelIds.flatMap((id) => textOf(id) ?? []);
    return [{ ...toTraining(parsed, version, 'unknown'), modelGroup, modelIds: ids }];
  });
  if (list.length > 0 && trainings.length === 0) throw unexpected('a list of trainings', body);
  return trainings;
}

interface Parsed {
  readonly id: string;
  readonly fields: v.InferOutput<typeof TrainingBody>;
}

/** Undefined if `body` has no id. */
function parseTraining(body: unknown): Parsed | undefined {
  const parsed = v.safeParse(TrainingBody, body);
  const id = parsed.success ? (parsed.output.trainingId ?? parsed.output.id) : undefined;
  return parsed.success && id !== undefined ? { id, fields: parsed.output } : undefined;
}

function toTraining({ id, fields }: Parsed, version: number, ifUnsaid: string): Training {
  const { status = ifUnsaid, modelType, progress } = fields;
  const reason = reasonIn(fields);
  return {
    id,
    status,
    phase: phaseOf(status),
    version,
    modelType,
    progress,
    createdAtMs: beganIn(fields),
    reason,
  };
}

/** What a model type can be trained with (docs/roboflow-api.md#v2-trainings). */
export interface RecipeBody {
  readonly hyperparameters: readonly string[];
  readonly template: JsonObject;
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
