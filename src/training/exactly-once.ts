import { type Context, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { messageOf, sentences, TrainGateError } from '../lib/errors.ts';
import { type Sighting, searchFor } from './sightings.ts';

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

/** What is there before a request is sent: what is new later may be ours. Or what makes the request needless. */
export type Glance<Thing, Snapshot> =
  | { readonly kind: 'clear'; readonly snapshot: Snapshot }
  | { readonly kind: 'needless'; readonly instead: Thing };

/** Is told of a start as it goes, so that whoever is interrupted in between knows what there may be to clean up. */
export interface StartRecord<Thing, Snapshot> {
  /** A request is about to be sent. */
  starting(snapshot: Snapshot): void;
  /** None had any effect. */
  unsent(): void;
  started(thing: Thing): void;
}

/** Something that may be made only once, although Roboflow has no idempotency key. */
export interface OnceOnly<Thing, Snapshot extends object> {
  /** For messages: `training`, `version`. */
  readonly what: string;
  readonly glance: () => Promise<Glance<Thing, Snapshot>>;
  /** Sends one request; throws if it was certainly not made and never will be. */
  readonly send: (snapshot: Snapshot) => Promise<Creation<Thing>>;
  /** What is there now and was not in the snapshot, whether it can be ours or not. */
  readonly findNew: (since: Snapshot) => Promise<readonly Sighting<Thing>[]>;
  readonly describe: (thing: Thing) => string;
  readonly record?: StartRecord<Thing, Snapshot>;
  /** What to do, and what happens, if it stays unclear whether it was made. */
  readonly ifUnclear: string;
}

/** After this many unclear answers one more will not be clearer. */
const MOST_UNCLEAR = 3;
/** If nothing shows for this long after an unclear answer, nothing was made. */
const LISTS_LAG = { forMs: 2 * 60_000, pauseMs: 10_000, leastLooks: 8 };

/**
 * Makes something exactly once. Each request asks first: not interrupted, nothing new since one that may have arrived, not past
 * the timeout; then it is recorded, then sent (docs/roboflow-api.md#d6-a-start-is-not-safe-to-repeat).
 * @throws TrainGateError if it was refused, or the timeout passed before any was sent that may have arrived
 * @throws UnclearError if it cannot be found out whether one was made
 */
export async function exactlyOnce<Thing, Snapshot extends object>(
  once: OnceOnly<Thing, Snapshot>,
  timeoutAtMs: number,
  context: Context,
): Promise<Thing> {
  const { clock, signal } = context;
  const patienceUntilMs = clock.now() + OUTAGE_PATIENCE_MS;
  let sent: Sent<Snapshot> = { unclear: 0, since: undefined, last: undefined, isOver: false };
  const check = () => {
    signal.throwIfAborted();
    requireMore(once, sent, clock.now() >= timeoutAtMs);
  };
  for (let tries = 1; ; tries += 1) {
    if (sent.since === undefined) check();
    const there =
      sent.since === undefined ? await once.glance() : await foundSince(once, sent.since, sent.last, context);
    if (there.kind === 'needless') return there.instead;
    const { snapshot } = there;
    check();
    once.record?.starting(snapshot);
    const answer = await answerTo(() => once.send(snapshot), context);
    if (answer.kind === 'created') {
      once.record?.started(answer.thing);
      return answer.thing;
    }
    sent = withAnswer(sent, answer, snapshot, clock.now() >= patienceUntilMs);
    if (sent.since === undefined) once.record?.unsent();
    if (sent.since === undefined && sent.isOver) throw answer.error;
    if (answer.kind === 'unsent')
      await pause(answer.error, answer.pauseMs(tries), Math.min(patienceUntilMs, timeoutAtMs), context);
  }
}

/** The requests that were sent so far, none of which made anything for certain. */
interface Sent<Snapshot> {
  /** How many of them may have arrived, and what was there before the first of these. */
  readonly unclear: number;
  readonly since: Snapshot | undefined;
  readonly last: Error | undefined;
  /** No other is to be sent. */
  readonly isOver: boolean;
}

function withAnswer<Snapshot>(
  { unclear, since }: Sent<Snapshot>,
  { kind, error }: Exclude<Answer<unknown>, { kind: 'created' }>,
  snapshot: Snapshot,
  isOutOfPatience: boolean,
): Sent<Snapshot> {
  if (kind !== 'unclear')
    return { unclear, since, last: error, isOver: kind === 'refused' || isOutOfPatience };
  const isOver = isOutOfPatience || unclear + 1 === MOST_UNCLEAR;
  return { unclear: unclear + 1, since: since ?? snapshot, last: error, isOver };
}

type Answer<Thing> = Creation<Thing> | { readonly kind: 'refused'; readonly error: Error };

/** An interruption or a bug is no answer: whether the request arrived is left for the post step to find out. */
async function answerTo<Thing>(
  send: () => Promise<Creation<Thing>>,
  { signal }: Context,
): Promise<Answer<Thing>> {
  try {
    return await send();
  } catch (error) {
    if (signal.aborted || !(error instanceof TrainGateError)) throw error;
    return { kind: 'refused', error };
  }
}

/** After a request that may have arrived: what it made, or else what was there before it. */
async function foundSince<Thing, Snapshot extends object>(
  once: OnceOnly<Thing, Snapshot>,
  since: Snapshot,
  last: Error | undefined,
  context: Context,
): Promise<Glance<Thing, Snapshot>> {
  const { log, signal } = context;
  log.info(
    `${last?.message}. A request may have arrived: looking for the ${once.what} before anything is sent again.`,
  );
  const search = await searchFor(() => once.findNew(since), LISTS_LAG, context).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unclearError(once, messageOf(error), error);
  });
  if (search.kind === 'doubtful') throw unclearError(once, search.reason, last);
  if (search.kind === 'nothing') {
    log.info(`It did not arrive: there is no new ${once.what}.`);
    return { kind: 'clear', snapshot: since };
  }
  log.info(sentences(`It did arrive: adopting ${once.describe(search.thing)}.`, ...search.beside));
  once.record?.started(search.thing);
  return { kind: 'needless', instead: search.thing };
}

type Named = Pick<OnceOnly<unknown, object>, 'what' | 'ifUnclear'>;

/** @throws why no other request is sent */
function requireMore(once: Named, { since, last, isOver }: Sent<unknown>, isLate: boolean): void {
  if (!isOver && !isLate) return;
  const answer = last && `The last answer was: ${messageOf(last)}`;
  if (since === undefined)
    throw new TrainGateError(sentences(`The timeout passed before a ${once.what} could be started`, answer), {
      cause: last,
    });
  const late = isLate ? 'The timeout has passed' : undefined;
  throw unclearError(once, sentences(`no new ${once.what} shows`, late, answer), last);
}

function unclearError({ what, ifUnclear }: Named, reason: string, cause: unknown): UnclearError {
  return new UnclearError(`It is not clear whether a ${what} was made: ${reason}`, {
    hint: ifUnclear,
    cause,
  });
}

async function pause(
  error: Error,
  ms: number,
  untilMs: number,
  { clock, log, signal }: Context,
): Promise<void> {
  const pauseMs = Math.min(ms, untilMs - clock.now());
  if (pauseMs <= 0) return;
  log.info(`${error.message}. Trying again in ${Math.round(pauseMs / 1000)} s.`);
  await clock.sleep(pauseMs, signal);
}
