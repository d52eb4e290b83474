import type { CommentWriter } from '../github/comment/comment.ts';
import { failForUnwritten, publish } from '../github/publish.ts';
import type { Runner } from '../github/runner.ts';
import type { StatusWriter } from '../github/status/status-writer.ts';
import { type Inputs, type InputsResult, readInputs } from '../inputs/inputs.ts';
import type { Context, Log } from '../lib/context.ts';
import { TrainGateError } from '../lib/errors.ts';
import { type Conclusion, undecided } from '../report/conclusion.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
import { createApi } from '../roboflow/http/api.ts';
import { resolveProject } from '../roboflow/resolve-project.ts';
import { dryRun } from './before/dry-run.ts';
import { prepareAll } from './before/prepare.ts';
import { BrokenBefore } from './before/require-counts.ts';
import { warnOfInputs } from './before/warn-of-inputs.ts';
import { followAll } from './follow/follow-all.ts';
import { type StepProgress, stepProgress } from './follow/step-progress.ts';
import { afterGate } from './judge/after-gate.ts';
import { conclude } from './judge/conclude.ts';
import { concludeStarted, isInterrupted, undecidedBy } from './judge/undecided.ts';
import { createStartQueue } from './start/start.ts';

/** What the story needs from outside. */
export interface Surroundings {
  readonly runner: Runner;
  readonly context: Context;
  /** For one request, connection and body included. */
  readonly requestDeadlineMs: number;
  /** In a re-run: since when an earlier attempt may have started a training, in epoch ms. */
  readonly rerunSinceMs: number | undefined;
  readonly comment: CommentWriter;
  readonly status: StatusWriter;
}

/**
 * The step from its first line to its last: inputs, start, wait, results, gate, report, publish. Failures that a person
 * can do something about end as `undecided`, with a report. Any other error is a bug and is thrown.
 */
export async function main(surroundings: Surroundings): Promise<void> {
  const { runner, comment } = surroundings;
  runner.output('outcome', 'undecided');
  runner.mask(runner.input('api-key').trim());
  const read = readInputs(runner);
  if (read.kind !== 'inputs') {
    const conclusion = withoutTraining(read);
    const told = await publish(conclusion, undefined, { failBuild: true, modelTypes: [] }, runner);
    if (read.kind === 'mistakes' && read.comment) await comment.conclude(conclusion, undefined, read.comment);
    return failForUnwritten(runner, told);
  }
  const { inputs } = read;
  warnOfInputs(inputs, runner.longestJobMs, surroundings.context.log);
  const progress = stepProgress(inputs, runner);
  const conclusion = await judgeTrainings(inputs, surroundings, progress).catch((error: unknown) =>
    error instanceof BrokenBefore ? error.conclusion : undecidedBy(error, progress, inputs),
  );
  const facts = progress.headline();
  const told = await publish(conclusion, facts, inputs, runner);
  // Now it is told how the trainings ended. Those of an interrupted step are the post step's to deal with, and to tell of.
  if (!isInterrupted(conclusion)) progress.settle();
  if (inputs.comment) await comment.conclude(conclusion, facts, commentOf(inputs.comment, facts, inputs));
  await failForUnwritten(runner, told);
}

/** A comment that settle goes on with is found by what the status says, also if the workflow names no model type. */
function commentOf(
  comment: NonNullable<Inputs['comment']>,
  facts: TrainingFacts | undefined,
  { status }: Inputs,
): NonNullable<Inputs['comment']> {
  return status === undefined ? comment : { ...comment, modelType: comment.modelType ?? facts?.modelType };
}

/** How the step ends if the inputs lead to no training. */
function withoutTraining(read: Exclude<InputsResult, { kind: 'inputs' }>): Conclusion {
  if (read.kind === 'no-key') return { kind: 'skipped', reason: `${read.why}, and on-missing-key is "skip"` };
  const count = read.lines.length === 1 ? 'a mistake' : `${read.lines.length} mistakes`;
  return undecided(`${count} in the inputs, so nothing was started`, undefined, read.lines);
}

async function judgeTrainings(
  inputs: Inputs,
  { runner, context, requestDeadlineMs, rerunSinceMs, comment, status }: Surroundings,
  progress: StepProgress,
): Promise<Conclusion> {
  if (runner.unwritten().length > 0)
    throw new TrainGateError('Outputs cannot be written, so nothing was started.');
  const timeoutAtMs = context.clock.now() + inputs.timeoutMs;
  const apiWith = (log: Log) => createApi({ ...inputs, requestDeadlineMs }, timeoutAtMs, { ...context, log });
  const api = apiWith(context.log);
  const project = await resolveProject(api, inputs);
  const here = { api, project, ...context };

  const open = (log: Log) => ({ ...here, api: apiWith(log), log });
  const planned = await prepareAll(progress.trainings, inputs, here, open, rerunSinceMs);
  if (inputs.dryRun) return dryRun(planned, inputs, here);

  const underWay = () => {
    if (inputs.comment) void comment.underWay(inputs.comment);
  };
  const attached = planned.flatMap(({ next }) => (next.kind === 'attach' ? [next.followed.training] : []));
  const queue = createStartQueue(here, timeoutAtMs, attached);
  const step = { runner, status, timeoutAtMs, rerunSinceMs, queue, underWay };
  await followAll(planned, inputs, step, context);
  if (inputs.wait !== 'job') return concludeStarted(progress.trainings, inputs);

  const { conclusion, best } = await conclude(planned, inputs, here);
  if (conclusion.kind === 'undecided' || best === undefined) return conclusion;
  progress.takeHeadline(best.of);
  const to = { here, runner, apiUrl: inputs.apiUrl, requestDeadlineMs };
  return afterGate(conclusion, best.reached.training, inputs, to);
}
