import { CLOCK_SKEW_MS } from '../lib/clock.ts';
import { isNew, type KnownTraining } from './before.ts';
import type { Search } from './exactly-once.ts';
import { compareModelTypes } from './model-type.ts';
import { type Training, type TrainingRequest, withKnown } from './training.ts';
import type { TrainingApi } from './training-api.ts';

/** What was there when a start was sent. */
export interface StartedAfter {
  readonly atMs: number;
  readonly known: readonly KnownTraining[];
}

/**
 * Looks for the training that a start with an unclear answer may have made. Whatever is new on the version counts: the one
 * that can be ours is found; if there are others only, or several that can be ours, it stays doubtful, and nothing may be
 * started again.
 * @param untilMs how long reading is repeated
 */
export async function findNewTraining(
  route: Pick<TrainingApi, 'list' | 'look'>,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  before: StartedAfter,
  untilMs: number,
): Promise<Search<Training>> {
  const plausible: Training[] = [];
  const doubts: string[] = [];
  for (const listed of await route.list(request.version, untilMs)) {
    if (!isNew(listed, before.known)) continue;
    const training = await withDetails(listed, route, untilMs);
    const doubt = whyNotOurs(training, request, before);
    if (doubt === undefined) plausible.push(training);
    else doubts.push(`training ${training.id} is new on version ${request.version}, but ${doubt}`);
  }
  const [only, ...more] = plausible;
  if (only !== undefined && more.length === 0) return { kind: 'found', thing: only };
  if (only !== undefined)
    doubts.unshift(
      `${plausible.map(({ id }) => id).join(' and ')} are new on version ${request.version}, and only one can be ours`,
    );
  return doubts.length === 0 ? { kind: 'nothing' } : { kind: 'doubtful', reason: `${doubts.join('; ')}.` };
}

/** The list does not always say which version and model type a training is of; a look does. */
async function withDetails(
  training: Training,
  route: Pick<TrainingApi, 'look'>,
  untilMs: number,
): Promise<Training> {
  if (training.version !== undefined && training.modelType !== undefined) return training;
  const look = await route.look(training, untilMs);
  if (look.kind === 'silent') throw look.error;
  return withKnown(look.training, training);
}

function whyNotOurs(
  { version, modelType, createdAtMs }: Training,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  { atMs }: StartedAfter,
): string | undefined {
  if (version === undefined || modelType === undefined)
    return `Roboflow does not say whether it is a ${request.modelType} on this version`;
  if (version !== request.version) return `a look shows it on version ${version}`;
  if (compareModelTypes(modelType, request.modelType) === 'contradictory')
    return `it trains ${modelType}, and ${request.modelType} was to be started`;
  if (createdAtMs !== undefined && createdAtMs < atMs - CLOCK_SKEW_MS)
    return 'it is dated before the start was sent';
  return undefined;
}
