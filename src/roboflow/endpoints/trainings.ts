import type { TrainingRequest } from '../../training/training.ts';
import type { EndMode } from '../../training/training-api.ts';
import { type InProject, pathIn } from '../http/api.ts';
import type { Wait } from '../http/retry.ts';
import { readEndAnswer } from '../schema/answer.ts';
import { readResults } from '../schema/results-body.ts';
import { readRecipe, readTraining, readTrainings } from '../schema/training-body.ts';

/** A training and the version that its routes go through. */
export interface TrainingPath {
  readonly id: string;
  readonly version: number;
}

const V2 = ['v2', 'trainings'] as const;

/** `GET /:w/:p/:v/v2/trainings` (docs/internals/roboflow-api.md#v2-trainings). */
export function listTrainings(here: InProject, version: number, wait?: Wait) {
  return here.api.get({ path: pathIn(here, version, ...V2) }, (body) => readTrainings(body, version), wait);
}

/** `POST /:w/:p/:v/v2/trainings`, which takes camel case; sent once (docs/internals/roboflow-api.md#d3-model-type-field, #d6-a-start-is-not-safe-to-repeat). */
export function createTraining(here: InProject, request: TrainingRequest) {
  const { version, modelType, speed, checkpoint, recipe } = request;
  const epochs = recipe === undefined ? request.epochs : undefined;
  const body = { modelType, speed, checkpoint, epochs, trainRecipe: recipe };
  return here.api.post({ path: pathIn(here, version, ...V2), body }, (answer) =>
    readTraining(answer, version),
  );
}

/** `GET .../v2/trainings/get`: a training and its models. The id may hold slashes, so it travels in the query. */
export function getTraining(here: InProject, { id, version }: TrainingPath, wait?: Wait) {
  const request = { path: pathIn(here, version, ...V2, 'get'), query: { trainingId: id } };
  const read = (body: unknown) => ({ training: readTraining(body, version, id), bundle: readResults(body) });
  return here.api.get(request, read, wait);
}

/** `POST .../v2/trainings/cancel` or `/stop` of a training that is known to exist. */
export function endTraining(here: InProject, { id, version }: TrainingPath, mode: EndMode, untilMs: number) {
  const request = { path: pathIn(here, version, ...V2, mode), body: { trainingId: id } };
  return here.api.post(request, readEndAnswer, { untilMs, knownToExist: true });
}

/** `GET .../v2/trainings/recipe`: which hyperparameters a model type takes, and a recipe to start from. */
export function getRecipe(here: InProject, version: number, modelType: string) {
  return here.api.get({ path: pathIn(here, version, ...V2, 'recipe'), query: { modelType } }, readRecipe);
}
