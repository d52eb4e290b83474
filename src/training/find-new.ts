import { isBefore } from '../lib/clock.ts';
import { isNew, type KnownTraining } from './before.ts';
import { compareModelTypes } from './model-type.ts';
import type { Sighting } from './sightings.ts';
import { type Training, type TrainingRequest, withKnown } from './training.ts';
import type { TrainingApi } from './training-api.ts';

/** What was there when a start was sent. */
export interface StartedAfter {
  readonly atMs: number;
  readonly known: readonly KnownTraining[];
}

/**
 * What is new on the version since a start whose answer was unclear, whether it can be ours or not.
 * @param untilMs how long reading is repeated
 */
export async function newTrainings(
  route: Pick<TrainingApi, 'list' | 'look'>,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  { atMs, known }: StartedAfter,
  untilMs: number,
): Promise<readonly Sighting<Training>[]> {
  const sightings: Sighting<Training>[] = [];
  for (const listed of await route.list(request.version, untilMs)) {
    if (!isNew(listed, known)) continue;
    const thing = await withDetails(listed, route, untilMs);
    const doubt = whyNotOurs(thing, request, atMs);
    sightings.push({
      id: thing.id,
      thing,
      doubt: doubt && `training ${thing.id} is new on version ${request.version}, but ${doubt}`,
    });
  }
  return sightings;
}

/**
 * `listed`, with what only a look tells: the list need not say which version and model type a training is of.
 * @throws the failure of the look
 */
export async function withDetails(
  listed: Training,
  route: Pick<TrainingApi, 'look'>,
  untilMs: number,
): Promise<Training> {
  if (listed.version !== undefined && listed.modelType !== undefined) return listed;
  const look = await route.look(listed, untilMs);
  if (look.kind === 'silent') throw look.error;
  return withKnown(look.training, listed);
}

function whyNotOurs(
  { version, modelType, createdAtMs }: Training,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  sentAtMs: number,
): string | undefined {
  if (version === undefined || modelType === undefined)
    return `Roboflow does not say whether it is a ${request.modelType} on this version`;
  if (version !== request.version) return `a look shows it on version ${version}`;
  if (compareModelTypes(modelType, request.modelType) === 'contradictory')
    return `it trains ${modelType}, and ${request.modelType} was to be started`;
  if (createdAtMs !== undefined && isBefore(createdAtMs, sentAtMs))
    return 'it is dated before the start was sent';
  return undefined;
}
