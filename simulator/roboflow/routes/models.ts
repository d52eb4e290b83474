import type { SimulatedModel } from '../../scenario.ts';
import { type Answer, ok, plain, topLevel } from '../answer.ts';
import { modelRow, modelsShown } from '../views/models.ts';
import type { SimulatedTraining } from '../world/training.ts';
import { type Call, param, requireProject, requireWorkspace } from './call.ts';

/** `GET /:w/:p/models[?group=]`: a bare array, `[]` for an unknown group (docs/internals/roboflow-api.md#models). */
export function listModels(call: Call): Answer {
  requireProject(call);
  const { group } = call.query;
  const rows = shownModels(call).filter(({ training }) => !group || training.modelGroup === group);
  return ok(rows.map(({ training, model }) => rowOf(training, model, call)).reverse());
}

/** `GET /models/:w/:url`, also with the version as a third segment (docs/internals/roboflow-api.md#models). */
export function getModel(call: Call): Answer {
  requireWorkspace(call);
  const rest = [call.params.get('url'), call.params.get('v')].filter((segment) => segment !== undefined);
  const url = [param(call, 'w'), ...rest].join('/');
  const found = shownModels(call).findLast(({ model }) => model.url === url);
  if (found === undefined) throw plain(404, `Model "${url}" does not exist.`);
  return ok({ model: rowOf(found.training, found.model, call) });
}

/** `POST /:w/models/:id/favorite`, for the models of a search only (docs/internals/roboflow-api.md#weights-and-stars). */
export function favoriteModel(call: Call): Answer {
  requireWorkspace(call);
  const url = `${param(call, 'w')}/${param(call, 'id')}`;
  const found = shownModels(call).findLast(({ model }) => model.url === url);
  if (found === undefined) throw topLevel(404, 'MODEL_NOT_IN_WORKSPACE', 'No such model in this workspace.');
  if (found.training.modelGroup === null)
    throw topLevel(400, 'MODEL_NOT_NAS', 'Only NAS models can be starred.');
  call.world.starred.add(url);
  return ok({ success: true, model: { url } });
}

function rowOf(training: SimulatedTraining, model: SimulatedModel, { world }: Call): object {
  const row = modelRow(training, model, world.now());
  return training.modelGroup === null ? row : { ...row, favorites: world.starred.has(model.url) };
}

function shownModels(call: Call): { training: SimulatedTraining; model: SimulatedModel }[] {
  const nowMs = call.world.now();
  return call.world.trainings.flatMap((training) =>
    modelsShown(training, 'models', nowMs).map((model) => ({ training, model })),
  );
}
