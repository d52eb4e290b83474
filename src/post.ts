import { setCommentRight } from './github/comment-post.ts';
import { GITHUB_DEADLINE_MS } from './github/github-api.ts';
import { openRunner } from './github/runner.ts';
import { systemClock } from './lib/clock.ts';
import { clockSpeed, realDeadlineMs } from './lib/clock-speed.ts';
import { messageOf, sentences } from './lib/errors.ts';
import { cleanUp } from './step/cleanup.ts';

/** Shorter than in the main step: the post step has two minutes for all of its requests to Roboflow. */
const REQUEST_DEADLINE_MS = 10_000;

const runner = openRunner(process.env);
const speed = clockSpeed(process.env, runner.input('api-url').trim());
const clock = systemClock(speed);
const never = new AbortController().signal;

const context = { clock, log: runner.log, signal: never };
const became = await cleanUp(runner, realDeadlineMs(REQUEST_DEADLINE_MS, speed), context).catch(
  (error: unknown) => {
    const sentence = `What became of the training is not known: ${messageOf(error)}`;
    runner.log.warning(sentences(sentence, 'Look at it on Roboflow.'));
    return sentence;
  },
);
await setCommentRight(became, {
  env: process.env,
  step: runner,
  clock,
  requestDeadlineMs: realDeadlineMs(GITHUB_DEADLINE_MS, speed),
});
