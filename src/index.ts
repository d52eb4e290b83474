import { commentWriter } from './github/comment/comment.ts';
import { GITHUB_DEADLINE_MS } from './github/github-session.ts';
import { openRunner } from './github/runner.ts';
import { statusWriter } from './github/status/status-writer.ts';
import { readWorkflowRun } from './github/workflow-run.ts';
import { InterruptedError, messageOf, sentences, TrainGateError } from './lib/errors.ts';
import { clockFor } from './lib/virtual-clock.ts';
import { main } from './step/main.ts';

const REQUEST_DEADLINE_MS = 30_000;

const clock = clockFor(process.env);
const run = readWorkflowRun(process.env, clock.now());
const runner = openRunner(process.env, run);
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
  process.once(signal, () => interruption.abort(new InterruptedError(signal)));

const github = {
  run,
  step: runner,
  clock,
  pace: { nextWriteMs: 0 },
  requestDeadlineMs: GITHUB_DEADLINE_MS,
  signal: interruption.signal,
};

try {
  await main({
    runner,
    context: { clock, log: runner.log, signal: interruption.signal },
    requestDeadlineMs: REQUEST_DEADLINE_MS,
    rerunSinceMs: run.rerunSinceMs,
    comment: commentWriter(github),
    status: statusWriter(github),
  });
} catch (error) {
  const next =
    error instanceof TrainGateError
      ? undefined
      : 'This is a bug in Train Gate: please report it with the debug log.';
  runner.log.failure(sentences(messageOf(error), next));
  if (error instanceof Error) runner.log.debug(error.stack ?? '');
}
