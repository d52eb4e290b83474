import type { Clock } from '../../lib/clock.ts';
import type { Training } from '../../training/training.ts';
import type { Creation, Look } from '../../training/training-api.ts';
import {
  ApiError,
  hadNoEffect,
  hasNoSuchRoute,
  isPassing,
  isRefusal,
  isUnclear,
  isUnknownId,
} from './failure.ts';
import { pauseMs } from './retry.ts';

/** What came of a request that makes something, which is sent once. Throws ApiError if the API refused it for good. */
export async function creationOf<Thing>(send: () => Promise<Thing>, clock: Clock): Promise<Creation<Thing>> {
  try {
    return { kind: 'created', thing: await send() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { failure } = error;
    if (hadNoEffect(error))
      return { kind: 'unsent', error, pauseMs: (tries) => pauseMs(tries, failure, clock.random()) };
    if (isUnclear(error)) return { kind: 'unclear', error };
    throw error;
  }
}

/** What a look at a training showed: the training, or that no good answer came. */
export function lookOf(read: () => Promise<Training>): Promise<Look> {
  const seen = async (): Promise<Look> => ({ kind: 'seen', training: await read() });
  return seen().catch(ifExpected(isPassing, (error) => ({ kind: 'silent', error })));
}

/** What `read` gives, or undefined if the API has nothing under the id that it asks for. */
export function ifKnown<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  return read().catch(ifExpected(isUnknownId, () => undefined));
}

/** What `read` gives, or undefined if the server has nothing there. */
export function ifThere<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  return read().catch(ifExpected(hasNoSuchRoute, () => undefined));
}

/** What `read` gives, or the error, whether the API refused or gave no good answer: without it things go on too. */
export function unlessFailed<Value>(read: () => Promise<Value>): Promise<Value | ApiError> {
  return read().catch(
    ifExpected(
      () => true,
      (error) => error,
    ),
  );
}

/** What `read` gives, or the API's refusal: another answer may have what is needed. */
export function unlessRefused<Value>(read: () => Promise<Value>): Promise<Value | ApiError> {
  return read().catch(ifExpected(isRefusal, (error) => error));
}

function ifExpected<Instead>(
  isExpected: (error: ApiError) => boolean,
  instead: (error: ApiError) => Instead,
) {
  return (error: unknown): Instead => {
    if (error instanceof ApiError && isExpected(error)) return instead(error);
    throw error;
  };
}
