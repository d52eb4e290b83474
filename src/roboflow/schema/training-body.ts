import * as v from 'valibot';
import { isRecord } from '../../lib/json.ts';
import type { Training } from '../../training/training.ts';
import {
  beganIn,
  Fraction,
  JsonFields,
  lenient,
  NonEmpty,
  readAs,
  reasonIn,
  textOf,
  unexpected,
  Word,
} from './shape.ts';
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

/** Reads one training of `v2/trainings`, `wanted` and no other. Only its id is sure to come (docs/roboflow-api.md#v2-trainings). */
export function readTraining(body: unknown, version: number, wanted?: string): Training {
  const training = toTraining(readAs(TrainingBody, body), version, 'queued');
  if (training === undefined) throw unexpected('a training with its id', body);
  if (wanted !== undefined && training.id !== wanted) throw unexpected(`training ${wanted}`, body);
  return training;
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
    const fields = readAs(TrainingBody, element);
    const training = toTraining(fields, version, 'unknown');
    const modelIds = (fields?.modelIds ?? []).flatMap((id) => textOf(id) ?? []);
    return training === undefined ? [] : [{ ...training, modelGroup: fields?.modelGroup, modelIds }];
  });
  if (list.length > 0 && trainings.length === 0) throw unexpected('a list of trainings', body);
  return trainings;
}

/** Undefined if there is no id. */
function toTraining(
  fields: v.InferOutput<typeof TrainingBody> | undefined,
  version: number,
  ifUnsaid: string,
): Training | undefined {
  const id = fields?.trainingId ?? fields?.id;
  if (fields === undefined || id === undefined) return undefined;
  const { status = ifUnsaid, modelType, progress } = fields;
  const phase = phaseOf(status);
  return {
    id,
    status,
    phase,
    version,
    modelType,
    progress,
    createdAtMs: beganIn(fields),
    reason: reasonIn(fields),
  };
}

const Recipe = v.looseObject({
  schema: v.looseObject({ hyperparameters: v.array(v.looseObject({ key: v.string() })) }),
  template: lenient(JsonFields),
});

/** Reads what a model type can be trained with (docs/roboflow-api.md#v2-trainings). */
export function readRecipe(body: unknown) {
  const recipe = readAs(Recipe, body);
  if (recipe === undefined) throw unexpected('a recipe with its schema', body);
  return {
    hyperparameters: recipe.schema.hyperparameters.map(({ key }) => key),
    template: recipe.template ?? {},
  };
}
