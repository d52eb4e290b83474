import type { Clock } from '../lib/clock.ts';
import type { Context } from '../lib/context.ts';
import { OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { messageOf, TrainGateError } from '../lib/errors.ts';

/** It could not be found out whether a thing was made that may only be made once. */
export class UnclearError extends TrainGateError {
  override name = 'UnclearError';
}

/** What came of asking for a thing. */
export type Asked<Thing> =
  | { readonly kind: 'made'; readonly thing: Thing }
  /** The request certainly had no effect, so that it may be sent again as it is, after a pause. */
  | { readonly kind: 'unsent'; readonly error: Error; readonly pauseMs: (tries: number) => number }
  /** Only reading back can tell whether it was made. */
  | { readonly kind: 'unclear'; readonly error: Error };

/** A thing that may be made once only, although there is no idempotency key (docs/roboflow-api.md#time-money-and-limits). */
export interface OnceOnly<Thing> {
  /** What it is, for messages: `training`, `version`. */
  readonly what: string;
  /** Asks for it; throws where it certainly was not made and never will be. */
  readonly ask: () => Promise<Asked<Thing>>;
  /** Looks for the one that an earlier, unclear call made. */
  readonly find: () => Promise<Thing | undefined>;
  readonly describe: (thing: Thing) => string;
  /** What to do, and what happens, where it stays unclear whether it was made. */
  readonly ifUnclear: string;
}

/** With what a thing is made. */
export interface OnceContext extends Context {
  readonly timeoutAtMs: number;
}

/** Several unclear answers in a row say that a further try will not be clearer. */
const MOST_UNCLEAR = 3;
/** After this long without a trace in the list, an unclear call certainly made nothing. */
const SETTLE_MS = 2 * 60_000;
const SETTLE_PAUSE_MS = 10_000;
/** Slow answers could leave room for one or two looks in that time, which would prove nothing. */
const LEAST_LOOKS = 8;

/**
 * Makes a thing exactly once: after an unclear answer reading back decides, and only when it certainly was not made it
 * is asked for again (docs/roboflow-api.md#d6-a-start-is-not-safe-to-repeat).
 * @throws UnclearError where that cannot be found out
 */
export async function exactlyOnce<Thing>(once: OnceOnly<Thing>, context: OnceContext): Promise<Thing> {
  let unclear: Error | undefined;
  for (let unclearAnswers = 0; unclearAnswers < MOST_UNCLEAR; unclearAnswers += 1) {
    const asked = await askUntilSent(once, context).catch(async (error: unknown) => {
      if (unclear === undefined) throw error;
      return settleRefusal(once, error, context.signal);
    });
    if (asked.kind === 'made') return asked.thing;
    unclear = asked.error;
    const made = await settle(once, unclear, context);
    if (made !== undefined) return made;
  }
  throw new UnclearError(
    `Roboflow gave no clear answer in ${MOST_UNCLEAR} tries, and no new ${once.what} shows.`,
    {
      hint: `The last answer was: ${unclear?.message}. ${once.ifUnclear}`,
      cause: unclear,
    },
  );
}

/** Asks again while no request had an effect. */
async function askUntilSent<Thing>(
  once: OnceOnly<Thing>,
  { clock, log, signal, timeoutAtMs }: OnceContext,
): Promise<Exclude<Asked<Thing>, { kind: 'unsent' }>> {
  const untilMs = Math.min(clock.now() + OUTAGE_PATIENCE_MS, timeoutAtMs);
  for (let tries = 1; ; tries += 1) {
    const asked = await once.ask();
    if (asked.kind !== 'unsent') return asked;
    const leftMs = untilMs - clock.now();
    if (leftMs <= 0) throw asked.error;
    const ms = Math.min(asked.pauseMs(tries), leftMs);
    log.info(`${asked.error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
    await clock.sleep(ms, signal);
  }
}

/** After an unclear answer: the thing that it made, or undefined where it certainly made none. */
async function settle<Thing>(
  once: OnceOnly<Thing>,
  unclear: Error,
  { clock, log, signal }: OnceContext,
): Promise<Thing | undefined> {
  log.info(
    `${unclear.message}. It may have arrived: looking for the ${once.what} before anything is sent again.`,
  );
  const made = await findUntilSettled(once, clock, signal);
  log.info(
    made === undefined
      ? `It did not arrive: there is no new ${once.what}.`
      : `It did arrive: taking up ${once.describe(made)}.`,
  );
  return made;
}

/** A refusal after an unclear answer may well be because of what that one made. */
async function settleRefusal<Thing>(
  once: OnceOnly<Thing>,
  refusal: unknown,
  signal: AbortSignal,
): Promise<Extract<Asked<Thing>, { kind: 'made' }>> {
  const made = await find(once, signal);
  if (made !== undefined) return { kind: 'made', thing: made };
  signal.throwIfAborted();
  throw new UnclearError(
    `After an unclear answer Roboflow refused to make the ${once.what}: ${messageOf(refusal)}`,
    { hint: once.ifUnclear, cause: refusal },
  );
}

/** Looks for the thing until it shows or certainly is not there: lists can lag, and answers can be slow. */
async function findUntilSettled<Thing>(
  once: OnceOnly<Thing>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Thing | undefined> {
  const untilMs = clock.now() + SETTLE_MS;
  for (let looks = 1; ; looks += 1) {
    const made = await find(once, signal);
    if (made !== undefined || (clock.now() >= untilMs && looks >= LEAST_LOOKS)) return made;
    await clock.sleep(SETTLE_PAUSE_MS, signal);
  }
}

async function find<Thing>(once: OnceOnly<Thing>, signal: AbortSignal): Promise<Thing | undefined> {
  try {
    return await once.find();
  } catch (error) {
    signal.throwIfAborted();
    throw new UnclearError(`It could not be found out whether a ${once.what} was made: ${messageOf(error)}`, {
      hint: once.ifUnclear,
      cause: error,
    });
  }
}
