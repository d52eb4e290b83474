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

/**
 * What came of a request that makes something, which is sent once.
 * @throws ApiError if the API refused it for good
 */
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
export async function lookOf(read: () => Promise<Training>): Promise<Look> {
  try {
    return { kind: 'seen', training: await read() };
  } catch (error) {
    if (isPassing(error)) return { kind: 'silent', error };
    throw error;
  }
}

/** What `read` gives, or undefined if the API has nothing under the id that it asks for. */
export async function ifKnown<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  const value = await unless(isUnknownId, read);
  return value instanceof ApiError ? undefined : value;
}

/** What `read` gives, or undefined if the server has nothing there. */
export async function ifThere<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  const value = await unless(hasNoSuchRoute, read);
  return value instanceof ApiError ? undefined : value;
}

/** What `read` gives, or the error, whether the API refused or gave no good answer: without it things go on too. */
export function unlessFailed<Value>(read: () => Promise<Value>): Promise<Value | ApiError> {
  return unless(() => true, read);
}

/** What `read` gives, or the API's refusal: another answer may have what is needed. */
export function unlessRefused<Value>(read: () => Promise<Value>): Promise<Value | ApiError> {
  return unless(isRefusal, read);
}

async function unless<Value>(
  isExpected: (error: ApiError) => boolean,
  read: () => Promise<Value>,
): Promise<Value | ApiError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && isExpected(error)) return error;
    throw error;
  }
}
