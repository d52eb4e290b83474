import { commentWriter } from './github/comment.ts';
import { rerunSince } from './github/rerun.ts';
import { openRunner } from './github/runner.ts';
import { systemClock } from './lib/clock.ts';
import { InterruptedError, messageOf, sentences, TrainGateError } from './lib/errors.ts';
import { timeFrom, virtualClock } from './lib/virtual-clock.ts';
import { main } from './step/main.ts';

const REQUEST_DEADLINE_MS = 30_000;

const step = openRunner(process.env);
const time = timeFrom(process.env, step.input('api-url').trim());
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
  process.once(signal, () => interruption.abort(new InterruptedError(signal)));

try {
  await main({
    step,
    clock: time ? virtualClock(time) : systemClock(),
    signal: interruption.signal,
    requestDeadlineMs: REQUEST_DEADLINE_MS,
    rerunSinceMs: await rerunSince(process.env),
    comment: commentWriter(process.env, step.log, interruption.signal),
  });
} catch (error) {
  const next =
    error instanceof TrainGateError
      ? undefined
      : 'This is a bug in Train Gate: please report it with the debug log.';
  step.log.failure(sentences(messageOf(error), next));
  if (error instanceof Error) step.log.debug(error.stack ?? '');
}
