import { openRunner } from './github/runner.ts';
import { systemClock } from './lib/clock.ts';
import { messageOf, sentences } from './lib/errors.ts';
import { timeFrom, virtualClock } from './lib/virtual-clock.ts';
import { cleanUp } from './step/cleanup.ts';

/** Shorter than in the main step: the post step has two minutes for all of its requests. */
const REQUEST_DEADLINE_MS = 10_000;

const step = openRunner(process.env);
const time = timeFrom(process.env, step.input('api-url').trim());

try {
  await cleanUp({
    step,
    clock: time ? virtualClock(time) : systemClock(),
    requestDeadlineMs: REQUEST_DEADLINE_MS,
  });
} catch (error) {
  step.log.warning(
    sentences(`What became of the training is not known: ${messageOf(error)}`, 'Look at it on Roboflow.'),
  );
}
