import * as v from 'valibot';
import { isRecord, type JsonObject } from '../../json.ts';
import type { Training } from '../../training/training.ts';
import { phaseOf } from '../status.ts';
import { Fraction, lenient, Moment, NonEmpty, reasonIn, unexpected } from './shape.ts';

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
