import { GITHUB_DEADLINE_MS, openGithubSession } from './github/github-session.ts';
import { openRunner } from './github/runner.ts';
import { readWorkflowRun } from './github/workflow-run.ts';
import { InterruptedError, messageOf, sentences, TrainGateError } from './lib/errors.ts';
import { clockFor } from './lib/virtual-clock.ts';
import { SETTLE_PATIENCE_MS, settle } from './step/settle-pending.ts';

const REQUEST_DEADLINE_MS = 30_000;
/** GitHub itself gives up on a query after ten seconds. */
const QUERY_DEADLINE_MS = 3 * GITHUB_DEADLINE_MS;

const clock = clockFor(process.env);
const run = readWorkflowRun(process.env, clock.now());
const runner = openRunner(process.env, run);
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
  process.once(signal, () => interruption.abort(new InterruptedError(signal)));
const { signal } = interruption;
const { log } = runner;
const pace = { nextWriteMs: 0 };

try {
  await settle({
    runner,
    context: { clock, log, signal },
    requestDeadlineMs: REQUEST_DEADLINE_MS,
    github: (token) =>
      openGithubSession(
        token,
        { run, clock, step: runner, pace, requestDeadlineMs: QUERY_DEADLINE_MS },
        { patienceMs: SETTLE_PATIENCE_MS, cut: signal, stop: signal },
      ),
  });
} catch (error) {
  const next =
    error instanceof TrainGateError
      ? undefined
      : 'This is a bug in Train Gate: please report it with the debug log.';
  log.failure(sentences(messageOf(error), next));
  if (error instanceof Error) log.debug(error.stack ?? '');
}
