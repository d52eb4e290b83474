import { setCommentRight } from './github/comment/comment.ts';
import { GITHUB_DEADLINE_MS } from './github/github-session.ts';
import { openRunner } from './github/runner.ts';
import { readWorkflowRun } from './github/workflow-run.ts';
import { messageOf, sentences } from './lib/errors.ts';
import { clockFor } from './lib/virtual-clock.ts';
import { cleanUp } from './step/cleanup.ts';

/** Shorter than in the main step: the post step has two and a half minutes for all of its requests to Roboflow. */
const REQUEST_DEADLINE_MS = 10_000;

const clock = clockFor(process.env);
const run = readWorkflowRun(process.env, clock.now());
const runner = openRunner(process.env, run);
const never = new AbortController().signal;

const context = { clock, log: runner.log, signal: never };
const became = await cleanUp(runner, REQUEST_DEADLINE_MS, context).catch((error: unknown) => {
  const sentence = `What became of the training is not known: ${messageOf(error)}`;
  runner.log.warning(sentences(sentence, 'Look at it on Roboflow.'));
  return sentence;
});
await setCommentRight(became, {
  run,
  step: runner,
  clock,
  pace: { nextWriteMs: 0 },
  requestDeadlineMs: GITHUB_DEADLINE_MS,
});
