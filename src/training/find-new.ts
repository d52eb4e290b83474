import { isBefore } from '../lib/clock.ts';
import type { Context } from '../lib/context.ts';
import { poll } from '../lib/poll.ts';
import { isNew, type KnownTraining } from './before.ts';
import { isOtherType } from './model-type.ts';
import { type Training, type TrainingRequest, withKnown } from './training.ts';
import type { TrainingApi } from './training-api.ts';

/** Something that is new since a request that may have made it. */
export interface Sighting<Thing> {
  readonly id: string;
  readonly thing: Thing;
  /** Why it can not be what was asked for, a sentence without its full stop; undefined if it can. */
  readonly doubt: string | undefined;
}

/** What a search for something that was perhaps made came to. `doubtful`: something is new that is not certainly ours. */
export type Search<Thing> =
  /** `beside`: what else is new and cannot be it, a sentence each. */
  | { readonly kind: 'found'; readonly id: string; readonly thing: Thing; readonly beside: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'doubtful'; readonly reason: string };

/** What was made shows in a list after this long at the latest: lists lag behind writes. */
export const LISTS_LAG_MS = 2 * 60_000;

const PAUSE_MS = 10_000;

/**
 * Looks until the time is over, and only then decides: one of somebody else's may show before ours. Whatever was new at any look
 * counts, since a list can lose for a while what it showed before. Slow answers could leave time for one or two looks only, which
 * would prove nothing, so there are `leastLooks` in any case.
 */
export async function searchFor<Thing>(
  look: () => Promise<readonly Sighting<Thing>[]>,
  untilMs: number,
  leastLooks: number,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): Promise<Search<Thing>> {
  const seen = new Map<string, Sighting<Thing>>();
  const lookOnce = async () => {
    for (const sighting of await look()) seen.set(sighting.id, sighting);
  };
  const isEnough = (_: unknown, looks: number) => clock.now() >= untilMs && looks >= leastLooks;
  const endless = { pauseMs: () => PAUSE_MS, untilMs: Number.POSITIVE_INFINITY };
  await poll({ look: lookOnce, isEnough, ...endless }, { clock, signal });
  return verdictOn([...seen.values()]);
}

function verdictOn<Thing>(seen: readonly Sighting<Thing>[]): Search<Thing> {
  const doubts = seen.flatMap(({ doubt }) => doubt ?? []);
  const plausible = seen.filter(({ doubt }) => doubt === undefined);
  const [only] = plausible;
  if (only !== undefined && plausible.length === 1)
    return { kind: 'found', id: only.id, thing: only.thing, beside: doubts };
  if (seen.length === 0) return { kind: 'nothing' };
  const several = `${plausible.map(({ id }) => id).join(' and ')} are new, and only one can be ours`;
  return { kind: 'doubtful', reason: `${[...(only ? [several] : []), ...doubts].join('; ')}.` };
}

/** What is new on the version since an unclear start, whether it can be ours or not; reading is repeated until `untilMs`. */
export async function newTrainings(
  route: Pick<TrainingApi, 'list' | 'look'>,
  request: Pick<TrainingRequest, 'version' | 'modelType'>,
  { atMs, known }: { readonly atMs: number; readonly known: readonly KnownTraining[] },
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

/** `listed`, with what only a look tells: version and model type. Throws the failure of the look. */
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
  if (isOtherType(modelType, request.modelType))
    return `it trains ${modelType}, and ${request.modelType} was to be started`;
  if (createdAtMs !== undefined && isBefore(createdAtMs, sentAtMs))
    return 'it is dated before the start was sent';
  return undefined;
}
