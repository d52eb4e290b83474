import { InterruptedError, messageOf, TrainGateError } from '../../lib/errors.ts';
import { ApiError } from '../../roboflow/http/failure.ts';

/**
 * Does all `checks` and then `last`, whose answer it gives. What they refuse is thrown together. A request that fails is no refusal:
 * it ends the checks at once.
 */
export async function checkTogether<Answer>(
  checks: readonly (() => unknown)[],
  last: () => Promise<Answer>,
): Promise<Answer> {
  const refusals: TrainGateError[] = [];
  const refused = async (check: () => unknown) => {
    try {
      await check();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusals.push(error);
    }
  };
  for (const check of checks) await refused(check);
  const [first] = refusals;
  if (first === undefined) return last();
  await refused(last);
  throw refusals.length === 1 ? first : inOne(refusals);
}

function isRefusal(error: unknown): error is TrainGateError {
  return (
    error instanceof TrainGateError && !(error instanceof InterruptedError) && !(error instanceof ApiError)
  );
}

function inOne(refusals: readonly TrainGateError[]): TrainGateError {
  const details = refusals
    .flatMap((each) => (each.details.length > 0 ? each.details : [messageOf(each)]))
    .map((line) => line.replace(NOT_STARTED, ''));
  return new TrainGateError(`${details.length} things are wrong, so nothing was started`, { details });
}

/** What is said once, above them all. */
const NOT_STARTED = /(?:, (?:and|so) n|\. N)othing was started(?=\.|$)/gu;
