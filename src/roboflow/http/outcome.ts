import type { Clock } from '../../lib/clock.ts';
import type { Training } from '../../training/training.ts';
import type { Creation, EndResult, Look } from '../../training/training-api.ts';
import { IS_OVER } from '../schema/answer.ts';
import { ApiError, hasNoSuchRoute, isPassing, isRefusal, isUnknownId } from './failure.ts';
import { pauseMs } from './retry.ts';

/**
 * What came of a request that makes something, which is sent once (docs/internals/roboflow-api.md#d6-a-start-is-not-safe-to-repeat): one that
 * never arrived or met the rate limit had no effect; without a whole answer, or after a server error, it may have had its effect.
 * @throws ApiError if the API refused it for good
 */
export async function creationOf<Thing>(send: () => Promise<Thing>, clock: Clock): Promise<Creation<Thing>> {
  try {
    return { kind: 'created', thing: await send() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { failure } = error;
    const status = failure.kind === 'refused' ? failure.status : 0;
    if (failure.kind === 'unreachable' || status === 429)
      return { kind: 'unsent', error, pauseMs: (tries) => pauseMs(tries, failure, clock.random()) };
    if (isPassing(error) || status >= 500) return { kind: 'unclear', error };
    throw error;
  }
}

/** What a look at a training showed: the training, or that no good answer came. */
export function lookOf(read: () => Promise<Training>): Promise<Look> {
  const seen = async (): Promise<Look> => ({ kind: 'seen', training: await read() });
  return unless(isPassing, seen, (error): Look => ({ kind: 'silent', error }));
}

/** What came of a cancel or stop: a refusal, too, may say that the training is over. */
export function endOf(send: () => Promise<EndResult>): Promise<EndResult> {
  const isOver = ({ failure }: ApiError) => failure.kind === 'refused' && failure.code === IS_OVER;
  return unless(isOver, send, (): EndResult => ({ kind: 'over' }));
}

/** What `read` gives, or undefined if the API has nothing under the id that it asks for. */
export function ifKnown<Value>(read: () => Promise<Value>) {
  return unless(isUnknownId, read, () => undefined);
}

/** What `read` gives, or undefined if the server has nothing there. */
export function ifThere<Value>(read: () => Promise<Value>) {
  return unless(hasNoSuchRoute, read, () => undefined);
}

/** What `read` gives, or the error, whether the API refused or gave no good answer: without it things go on too. */
export function unlessFailed<Value>(read: () => Promise<Value>) {
  return unless(() => true, read, itself);
}

/** What `read` gives, or the API's refusal: another answer may have what is needed. */
export function unlessRefused<Value>(read: () => Promise<Value>) {
  return unless(isRefusal, read, itself);
}

function itself(error: ApiError): ApiError {
  return error;
}

async function unless<Value, Instead>(
  isExpected: (error: ApiError) => boolean,
  read: () => Promise<Value>,
  instead: (error: ApiError) => Instead,
): Promise<Value | Instead> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiError && isExpected(error)) return instead(error);
    throw error;
  }
}
