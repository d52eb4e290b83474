import { type Context, OUTAGE_PATIENCE_MS } from '../lib/context.ts';
import { messageOf, sentences, TrainGateError } from '../lib/errors.ts';
import { LISTS_LAG_MS, type Sighting, searchFor } from './find-new.ts';
import type { Creation } from './training-api.ts';

/** It could not be found out whether something was made that may be made only once. */
export class UnclearError extends TrainGateError {
  override name = 'UnclearError';
}

/** What is there before a request is sent: what is new later may be ours. Or what makes the request needless. */
export type Glance<Snapshot, Instead> =
  | { readonly kind: 'clear'; readonly snapshot: Snapshot }
  | { readonly kind: 'needless'; readonly instead: Instead };

/** What was made, and what was there before. */
export interface Made<Thing, Snapshot> {
  readonly thing: Thing;
  readonly snapshot: Snapshot;
}

/** Something that may be made only once, although Roboflow has no idempotency key. */
export interface OnceOnly<Thing, Snapshot extends object, Instead> {
  /** For messages: `training`, `version`. */
  readonly what: string;
  readonly glance: () => Promise<Glance<Snapshot, Instead>>;
  /** Sends one request; throws if it was certainly not made and never will be. */
  readonly send: () => Promise<Creation<Thing>>;
  /** What is there now and was not in the snapshot, whether it can be ours or not. */
  readonly findNew: (since: Snapshot) => Promise<readonly Sighting<Thing>[]>;
  /** Is told of requests, so that whoever is interrupted in between knows what there may be to clean up. */
  readonly record?: { starting(snapshot: Snapshot): void; unsent(): void };
  /** What to do, and what happens, if it stays unclear whether it was made. */
  readonly ifUnclear: string;
}

/** After this many unclear answers one more will not be clearer. */
const MOST_UNCLEAR = 3;
const LEAST_LOOKS = 8;

/**
 * Makes something exactly once. Each request asks first: not interrupted, nothing new since one that may have arrived, not past
 * the timeout; then it is recorded, then sent (docs/internals/roboflow-api.md#d6-a-start-is-not-safe-to-repeat).
 * @throws TrainGateError if it was refused, or the timeout passed before any was sent that may have arrived
 * @throws UnclearError if it cannot be found out whether one was made
 */
export async function exactlyOnce<Thing, Snapshot extends object, Instead = never>(
  once: OnceOnly<Thing, Snapshot, Instead>,
  timeoutAtMs: number,
  context: Context,
): Promise<Made<Thing, Snapshot> | Instead> {
  const { clock, signal } = context;
  const patienceUntilMs = clock.now() + OUTAGE_PATIENCE_MS;
  let since: Snapshot | undefined;
  let unclear = 0;
  let last: Failed | undefined;
  for (let tries = 1; ; tries += 1) {
    const there = since === undefined ? await once.glance() : await whatIsSince(once, since, last, context);
    if (there.kind === 'needless') return there.instead;
    signal.throwIfAborted();
    requireMore(once, last, clock.now() >= timeoutAtMs, since !== undefined);
    const { snapshot } = there;
    once.record?.starting(snapshot);
    const answer: Answer<Thing> = await once.send().catch((error: unknown) => {
      // An interruption or a bug is no answer: whether the request arrived is left for the post step to find out.
      if (signal.aborted || !(error instanceof TrainGateError)) throw error;
      return { kind: 'refused', error };
    });
    if (answer.kind === 'created') return { thing: answer.thing, snapshot };
    if (answer.kind === 'unclear') {
      unclear += 1;
      since ??= snapshot;
    }
    const isOutOfPatience = clock.now() >= patienceUntilMs;
    last = { ...answer, isFinal: answer.kind === 'refused' || isOutOfPatience || unclear === MOST_UNCLEAR };
    if (since === undefined) {
      once.record?.unsent();
      if (last.isFinal) throw last.error;
    }
    if (answer.kind === 'unsent')
      await pauseAfter(answer, tries, Math.min(patienceUntilMs, timeoutAtMs), context);
  }
}

type Answer<Thing> = Creation<Thing> | { readonly kind: 'refused'; readonly error: Error };

interface Failed {
  readonly error: Error;
  readonly isFinal: boolean;
}

/** After a request that may have arrived: what it made makes another needless; else what was there before it. */
async function whatIsSince<Thing, Snapshot extends object>(
  once: OnceOnly<Thing, Snapshot, unknown>,
  since: Snapshot,
  last: Failed | undefined,
  context: Context,
): Promise<Glance<Snapshot, Made<Thing, Snapshot>>> {
  const { clock, log, signal } = context;
  const untilMs = clock.now() + LISTS_LAG_MS;
  const why = `${last?.error.message}. A request may have arrived`;
  log.info(`${why}: looking for the ${once.what} before anything is sent again.`);
  const search = await searchFor(() => once.findNew(since), untilMs, LEAST_LOOKS, context).catch((error) => {
    signal.throwIfAborted();
    throw unclearError(once, messageOf(error), error);
  });
  if (search.kind === 'doubtful') throw unclearError(once, search.reason, last?.error);
  if (search.kind === 'nothing') {
    log.info(`It did not arrive: there is no new ${once.what}.`);
    return { kind: 'clear', snapshot: since };
  }
  log.info(sentences(`It did arrive: adopting ${once.what} ${search.id}.`, ...search.beside));
  return { kind: 'needless', instead: { thing: search.thing, snapshot: since } };
}

type Named = Pick<OnceOnly<unknown, object, unknown>, 'what' | 'ifUnclear'>;

function requireMore(once: Named, last: Failed | undefined, isLate: boolean, mayHaveArrived: boolean): void {
  if (!isLate && !last?.isFinal) return;
  const answer = last && `The last answer was: ${messageOf(last.error)}`;
  if (!mayHaveArrived)
    throw new TrainGateError(sentences(`The timeout passed before a ${once.what} could be started`, answer));
  const late = isLate ? 'The timeout has passed' : undefined;
  throw unclearError(once, sentences(`no new ${once.what} shows`, late, answer), last?.error);
}

function unclearError({ what, ifUnclear }: Named, reason: string, cause: unknown): UnclearError {
  const message = `It is not clear whether a ${what} was made: ${reason}`;
  return new UnclearError(message, { hint: ifUnclear, cause });
}

/** What certainly had no effect is sent again after the pause that the server wants; an unclear answer is looked into at once. */
async function pauseAfter(
  answer: Extract<Creation<never>, { kind: 'unsent' }>,
  tries: number,
  untilMs: number,
  { clock, log, signal }: Context,
): Promise<void> {
  signal.throwIfAborted();
  const ms = Math.max(0, Math.min(answer.pauseMs(tries), untilMs - clock.now()));
  log.info(`${answer.error.message}. Trying again in ${Math.round(ms / 1000)} s.`);
  await clock.sleep(ms, signal);
}
