import { type Context, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { messageOf, sentences, TrainGateError } from '../lib/errors.ts';

/** It could not be found out whether something was made that may be made only once. */
export class UnclearError extends TrainGateError {
  override name = 'UnclearError';
}

/** What came of one request to make something. */
export type Creation<Thing> =
  | { readonly kind: 'created'; readonly thing: Thing }
  /** The request certainly had no effect, so it may be sent again after a pause. */
  | { readonly kind: 'unsent'; readonly error: Error; readonly pauseMs: (tries: number) => number }
  /** Only reading back can tell whether it was made. */
  | { readonly kind: 'unclear'; readonly error: Error };

/** What a search for something that was perhaps made came to. `doubtful`: something is new that is not certainly ours. */
export type Search<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'doubtful'; readonly reason: string };

/** Something that may be made only once, although Roboflow has no idempotency key. */
export interface OnceOnly<Thing> {
  /** For messages: `training`, `version`. */
  readonly what: string;
  /** Sends one request; throws if it was certainly not made and never will be. */
  readonly create: () => Promise<Creation<Thing>>;
  /** Looks for the one that an earlier request with an unclear answer made. */
  readonly find: () => Promise<Search<Thing>>;
  readonly describe: (thing: Thing) => string;
  /** What to do, and what happens, if it stays unclear whether it was made. */
  readonly ifUnclear: string;
}

/** After this many unclear answers one more will not be clearer. */
const MOST_UNCLEAR = 3;
/** If nothing shows for this long after an unclear answer, nothing was made: lists can lag. */
const SETTLE_MS = 2 * 60_000;
const SETTLE_PAUSE_MS = 10_000;
/** Slow answers could leave time for one or two looks only, which would prove nothing. */
const LEAST_LOOKS = 8;

/**
 * Makes something exactly once. After an unclear answer, reading back decides; the request is sent again only if nothing
 * was made (docs/roboflow-api.md#d6-a-start-is-not-safe-to-repeat).
 * @throws UnclearError if that cannot be found out
 */
export async function exactlyOnce<Thing>(
  once: OnceOnly<Thing>,
  timeoutAtMs: number,
  context: Context,
): Promise<Thing> {
  let unclear: Error | undefined;
  for (let answers = 0; answers < MOST_UNCLEAR; answers += 1) {
    const creation = await createUntilSent(once, timeoutAtMs, context).catch((error: unknown) => {
      if (unclear === undefined) throw error;
      return afterRefusal(once, error, context);
    });
    if (creation.kind === 'created') return creation.thing;
    unclear = creation.error;
    const found = await findAfterUnclear(once, unclear, context);
    if (found !== undefined) return found;
  }
  throw new UnclearError(
    `Roboflow gave no clear answer to ${MOST_UNCLEAR} requests, and no new ${once.what} shows.`,
    { hint: `The last answer was: ${unclear?.message}. ${once.ifUnclear}`, cause: unclear },
  );
}

/** Sends the request again while none had an effect. */
async function createUntilSent<Thing>(
  once: OnceOnly<Thing>,
  timeoutAtMs: number,
  { clock, log, signal }: Context,
): Promise<Exclude<Creation<Thing>, { kind: 'unsent' }>> {
  const untilMs = Math.min(clock.now() + OUTAGE_PATIENCE_MS, timeoutAtMs);
  for (let tries = 1; ; tries += 1) {
    const creation = await once.create();
    if (creation.kind !== 'unsent') return creation;
    const leftMs = untilMs - clock.now();
    if (leftMs <= 0) throw creation.error;
    const ms = Math.min(creation.pauseMs(tries), leftMs);
    log.info(`${creation.error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
    await clock.sleep(ms, signal);
  }
}

/** After an unclear answer: the thing that was made, or undefined if none was. */
async function findAfterUnclear<Thing>(
  once: OnceOnly<Thing>,
  unclear: Error,
  context: Context,
): Promise<Thing | undefined> {
  const { log } = context;
  log.info(
    `${unclear.message}. The request may have arrived: looking for the ${once.what} before anything is sent again.`,
  );
  const found = await findUntilSettled(once, context);
  log.info(
    found === undefined
      ? `It did not arrive: there is no new ${once.what}.`
      : `It did arrive: adopting ${once.describe(found)}.`,
  );
  return found;
}

/** A refusal after an unclear answer may have its reason in what the earlier request made. */
async function afterRefusal<Thing>(
  once: OnceOnly<Thing>,
  refusal: unknown,
  context: Context,
): Promise<Extract<Creation<Thing>, { kind: 'created' }>> {
  const search = await findOrUnclear(once, context);
  if (search.kind === 'found') return { kind: 'created', thing: search.thing };
  context.signal.throwIfAborted();
  const doubt =
    search.kind === 'doubtful'
      ? `It is not clear whether the first request made one: ${search.reason}`
      : undefined;
  throw new UnclearError(
    sentences(
      `After an unclear answer Roboflow refused to make the ${once.what}: ${messageOf(refusal)}`,
      doubt,
    ),
    { hint: once.ifUnclear, cause: refusal },
  );
}

/** @throws UnclearError if something was new at any look, and none was certainly ours */
async function findUntilSettled<Thing>(once: OnceOnly<Thing>, context: Context): Promise<Thing | undefined> {
  const { clock, signal } = context;
  const untilMs = clock.now() + SETTLE_MS;
  let doubt: string | undefined;
  for (let looks = 1; ; looks += 1) {
    const search = await findOrUnclear(once, context);
    if (search.kind === 'found') return search.thing;
    // A list can lose for a while what it showed before.
    if (search.kind === 'doubtful') doubt = search.reason;
    if (clock.now() >= untilMs && looks >= LEAST_LOOKS) {
      if (doubt === undefined) return undefined;
      throw new UnclearError(`It is not clear whether a ${once.what} was made: ${doubt}`, {
        hint: once.ifUnclear,
      });
    }
    await clock.sleep(SETTLE_PAUSE_MS, signal);
  }
}

async function findOrUnclear<Thing>(once: OnceOnly<Thing>, { signal }: Context): Promise<Search<Thing>> {
  try {
    return await once.find();
  } catch (error) {
    signal.throwIfAborted();
    throw new UnclearError(`It is not clear whether a ${once.what} was made: ${messageOf(error)}`, {
      hint: once.ifUnclear,
      cause: error,
    });
  }
}
