import { openRunner } from './github/runner.ts';
import { systemClock } from './lib/clock.ts';
import { clockSpeed, realDeadlineMs } from './lib/clock-speed.ts';
import { messageOf, sentences } from './lib/errors.ts';
import { cleanUp } from './step/cleanup.ts';

/** Shorter than in the main step: the post step has two minutes for all of its requests. */
const REQUEST_DEADLINE_MS = 10_000;

const runner = openRunner(process.env);
const speed = clockSpeed(process.env, runner.input('api-url').trim());
const never = new AbortController().signal;

try {
  await cleanUp(runner, realDeadlineMs(REQUEST_DEADLINE_MS, speed), {
    clock: systemClock(speed),
    log: runner.log,
    signal: never,
  });
} catch (error) {
  runner.log.warning(
    sentences(`What became of the training is not known: ${messageOf(error)}`, 'Look at it on Roboflow.'),
  );
}
