import { setCommentRight } from './github/comment/comment.ts';
import { openProcess } from './github/process.ts';
import { messageOf, sentences } from './lib/errors.ts';
import { cleanUp } from './step/cleanup.ts';

/** Shorter than in the main step: the post step has two and a half minutes for all of its requests to Roboflow. */
const REQUEST_DEADLINE_MS = 10_000;

const { runner, context, github } = openProcess(new AbortController().signal);
const became = await cleanUp(runner, REQUEST_DEADLINE_MS, context).catch((error: unknown) => {
  const sentence = `What became of the training is not known: ${messageOf(error)}`;
  runner.log.warning(sentences(sentence, 'Look at it on Roboflow.'));
  return sentence;
});
await setCommentRight(became, github);
