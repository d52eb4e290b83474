import { InterruptedError, messageOf, sentences, TrainGateError } from '../lib/errors.ts';
import { clockFor } from '../lib/virtual-clock.ts';
import { GITHUB_DEADLINE_MS } from './github-session.ts';
import { openRunner } from './runner.ts';
import { readWorkflowRun } from './workflow-run.ts';

/** What a process of a step works with, by its environment; `signal` interrupts it. */
export function openProcess(signal: AbortSignal) {
  const clock = clockFor(process.env);
  const run = readWorkflowRun(process.env, clock.now());
  const runner = openRunner(process.env, run);
  const pace = { nextWriteMs: 0 };
  const github = { run, step: runner, clock, pace, requestDeadlineMs: GITHUB_DEADLINE_MS, signal };
  return { run, runner, context: { clock, log: runner.log, signal }, github };
}

/** Tells the story of a step until the runner interrupts it. What it throws makes the step fail: a bug, if nobody can mend it. */
export async function runStep(story: (step: ReturnType<typeof openProcess>) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
    process.once(signal, () => interruption.abort(new InterruptedError(signal)));
  const step = openProcess(interruption.signal);
  try {
    await story(step);
  } catch (error) {
    const isBug = !(error instanceof TrainGateError);
    const next = isBug ? 'This is a bug in Train Gate: please report it with the debug log.' : undefined;
    step.runner.log.failure(sentences(messageOf(error), next));
    if (error instanceof Error) step.runner.log.debug(error.stack ?? '');
  }
}
