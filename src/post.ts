import { cleanUp } from './cleanup.ts';
import { systemClock } from './clock.ts';
import { messageOf, sentences } from './errors.ts';
import { runnerStep } from './publish/step.ts';
import { clockSpeed } from './speed.ts';

/** Shorter than in the main step: the post step has two minutes for all of its requests. */
const REQUEST_DEADLINE_MS = 10_000;

const step = runnerStep(process.env);
const speed = clockSpeed(process.env, step.input('api-url').trim());

try {
  await cleanUp({
    step,
    clock: systemClock(speed),
    requestDeadlineMs: Math.max(REQUEST_DEADLINE_MS / speed, 1_000),
  });
} catch (error) {
  step.log.warning(
    sentences(`What became of the training is not known: ${messageOf(error)}`, 'Look at it on Roboflow.'),
  );
}
