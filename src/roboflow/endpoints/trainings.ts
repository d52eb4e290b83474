import type { TrainingRequest } from '../../training/training.ts';
import type { EndMode } from '../../training/training-api.ts';
import type { InProject, ProjectRef } from '../http/api.ts';
import type { Patience } from '../http/retry.ts';
import { readEndAnswer } from '../schema/answer.ts';
import { readResults } from '../schema/results-body.ts';
import { readRecipe, readTraining, readTrainings } from '../schema/training-body.ts';

type Wait = Partial<Patience>;

/** A training and the version that its routes go through. */
export interface TrainingPath {
  readonly id: string;
  readonly version: number;
}

function base({ workspace, project }: ProjectRef, version: number): readonly string[] {
  return [workspace, project, String(version), 'v2', 'trainings'];
}

/** `GET /:w/:p/:v/v2/trainings` (docs/roboflow-api.md#v2-trainings). */
export function listTrainings({ api, project }: InProject, version: number, wait?: Wait) {
  return api.get({ path: base(project, version) }, (body) => readTrainings(body, version), wait);
}

/** `POST /:w/:p/:v/v2/trainings`, which takes camel case; sent once (docs/roboflow-api.md#d3-model-type-field, #d6-a-start-is-not-safe-to-repeat). */
export function createTraining({ api, project }: InProject, request: TrainingRequest) {
  const { version, modelType, speed, checkpoint, recipe } = request;
  const epochs = recipe === undefined ? request.epochs : undefined;
  const body = { modelType, speed, checkpoint, epochs, trainRecipe: recipe };
  return api.post({ path: base(project, version), body }, (answer) => readTraining(answer, version));
}

/** `GET .../v2/trainings/get`: a training and its models. The id may hold slashes, so it travels in the query. */
export function getTraining({ api, project }: InProject, { id, version }: TrainingPath, wait?: Wait) {
  return api.get(
    { path: [...base(project, version), 'get'], query: { trainingId: id } },
    (body) => ({ training: readTraining(body, version, id), bundle: readResults(body) }),
    wait,
  );
}

/** `POST .../v2/trainings/cancel` or `/stop` of a training that is known to exist. */
export function endTraining(
  { api, project }: InProject,
  { id, version }: TrainingPath,
  mode: EndMode,
  untilMs: number,
) {
  const request = { path: [...base(project, version), mode], body: { trainingId: id } };
  return api.post(request, readEndAnswer, { untilMs, knownToExist: true });
}

/** `GET .../v2/trainings/recipe`: which hyperparameters a model type takes, and a recipe to start from. */
export function getRecipe({ api, project }: InProject, version: number, modelType: string) {
  return api.get({ path: [...base(project, version), 'recipe'], query: { modelType } }, readRecipe);
}
