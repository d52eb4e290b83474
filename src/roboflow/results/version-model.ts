import type { Model } from '../../gate/model.ts';
import type { VersionBody } from '../schema/version-body.ts';
import { figuresOfTraining, validationMetrics, withMetrics } from './figures-of-training.ts';
import { isOwnVersionModel, type Ownership } from './ownership.ts';
import { modelOfVersion } from './read-model.ts';

/**
 * The model that a version carries itself, if it certainly is the training's. What the version says of its training counts
 * only if it never had another one (docs/roboflow-api.md#version).
 * @param type what was trained, since the version need not say it
 */
export function ownVersionModel(
  version: VersionBody,
  own: Ownership,
  type: string | undefined,
): Model | undefined {
  const { model } = version;
  const read = model && isOwnVersionModel(model, own) ? modelOfVersion(model.body, type) : undefined;
  if (!own.isOnlyOne || own.group !== undefined) return read;
  const metrics = validationMetrics(version.trainResults);
  if (metrics.size === 0) return read;
  return withMetrics(read ?? unnamedModel(own, type), metrics);
}

/** `model` with what the results of `version`, which are its own, say by class and split. */
export function withDetailsOf({ trainResults }: VersionBody, model: Model): Model {
  const figures = figuresOfTraining(trainResults);
  return figures.length === 0 ? model : { ...model, details: { figures, lack: undefined } };
}

/** A version with results and no model has one all the same, under the version's own id. */
function unnamedModel({ project, version }: Ownership, type: string | undefined): Model {
  return {
    id: `${project}/${version}`,
    type,
    family: undefined,
    finished: true,
    metrics: new Map(),
    latencyMs: new Map(),
    unreadable: [],
  };
}
