import { TrainGateError } from '../lib/errors.ts';
import type { TrainingRoute } from './route.ts';
import { isOfRequest, type Training, type TrainingRequest, tellsKind, withKnown } from './training.ts';

/** What was there before a start was asked for, so that nothing of it is taken for ours. */
export interface Before {
  readonly ids: ReadonlySet<string>;
  /** By this machine's clock. */
  readonly atMs: number;
}

/**
 * Looks for the training that a start with an unclear answer may have made: one of this version and model type that was
 * not there before, nor began before. One that the list does not tell enough of is looked at.
 * @throws TrainGateError where a training may be ours or not: to take it could end another's, and to start again could
 * cost a second
 */
export async function findBegun(
  route: Pick<TrainingRoute, 'list' | 'look'>,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  before: Before,
  untilMs: number,
): Promise<Training | undefined> {
  const unseen = (await route.list(request.version, untilMs))
    .filter((training) => !before.ids.has(training.id) && isOfRequest(training, request))
    .sort((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0));
  const certain = unseen.find((training) => tellsKind(training) && ageOf(training, before) === 'new');
  if (certain) return certain;
  for (const candidate of unseen) {
    const training = tellsKind(candidate)
      ? candidate
      : withKnown(await route.look(candidate, untilMs), candidate);
    if (!isOfRequest(training, request)) continue;
    const age = ageOf(training, before);
    if (age === 'old') continue;
    if (tellsKind(training) && age === 'new') return training;
    const what = tellsKind(training)
      ? 'is dated before the start, as a clock that goes wrong would date it'
      : `does not tell whether it is a ${request.modelType} on version ${request.version}`;
    throw new TrainGateError(`Training ${training.id} was not there before and ${what}.`);
  }
  return undefined;
}

/** Runners of one's own may be this far ahead of the server. */
const CLOCK_SKEW_MS = 10 * 60_000;
/** Dates without a time zone, and clocks that are set to another, are off by less than this. */
const TIME_ZONES_MS = 26 * 3_600_000;

/** When a training began that was not seen before: an old one can come late into a list. */
function ageOf({ createdAtMs }: Training, { atMs }: Before): 'new' | 'doubtful' | 'old' {
  if (createdAtMs === undefined || createdAtMs >= atMs - CLOCK_SKEW_MS) return 'new';
  return createdAtMs >= atMs - TIME_ZONES_MS ? 'doubtful' : 'old';
}
