import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { atATime } from '../../lib/at-a-time.ts';
import type { Context } from '../../lib/context.ts';
import { InterruptedError, messageOf, reasonOf, TrainGateError } from '../../lib/errors.ts';
import type { TrainingFacts } from '../../report/conclusion.ts';
import { concernsAllStarts } from '../../roboflow/http/failure.ts';
import { mayBeUnaccounted } from '../follow/not-judged.ts';
import {
  accountedFor,
  endWithoutWaiting,
  type OneTraining,
  startOrAttach,
  waitForResults,
} from '../follow/one-training.ts';
import { isUnruled } from '../judge/judge.ts';
import type { SharedStarts } from '../start/start.ts';
import { type Board, createBoard } from './board.ts';
import { type Became, type EndOfOne, isUnaccounted, lackOf } from './ended.ts';
import { type PlannedTraining, runOneAtATime } from './prepare-several.ts';

/** What all trainings of the step have in common. */
interface StepOptions {
  readonly runner: Runner;
  readonly timeoutAtMs: number;
  readonly rerunSinceMs: number | undefined;
  readonly shared: SharedStarts;
}

/**
 * Runs the trainings side by side, at most `max-parallel` of those that are started at a time. Whatever becomes of one, the others
 * are followed to their end. A start that is refused for a reason that concerns all of them ends only further starts.
 * @returns what became of each, in the order of `planned`; it never throws, so that none is left unwatched
 */
export async function sideBySide(
  planned: readonly PlannedTraining[],
  { maxParallel, wait }: Inputs,
  options: StepOptions,
  context: Context,
): Promise<readonly EndOfOne[]> {
  const isOneAtATime = runOneAtATime(planned);
  const attached = planned.filter(({ next }) => next.kind === 'attach');
  const toStart = planned.filter(({ next }) => next.kind === 'start');
  const beside = isOneAtATime ? [] : attached;
  const queue = isOneAtATime
    ? { trainings: [...attached, ...toStart], most: 1 }
    : { trainings: toStart, most: wait === 'job' ? maxParallel : toStart.length };
  const board = createBoard(planned, options.runner, context);
  const run = async (training: PlannedTraining) => {
    await runOne(training, board, options);
    if (isOneAtATime && board.mayRun(training))
      board.stop(`that of ${training.modelType} may still run, and no other may run beside it`);
  };
  if (isOneAtATime)
    context.log.info(
      'On the route jobs Roboflow tells trainings of one version apart only if they run one after the other, so they do.',
    );
  await Promise.all([atATime(beside.length, beside, run), atATime(queue.most, queue.trainings, run)]);
  const ends = board.ends();
  settleAll(planned, ends);
  return ends;
}

/**
 * A training that could not be watched to its end is told and left alone, as in a step with one. If the step cannot tell,
 * because it was interrupted or has a bug, none is settled that is not over: the post step ends them all.
 */
function settleAll(planned: readonly PlannedTraining[], ends: readonly EndOfOne[]): void {
  if (ends.some(({ became }) => became.kind === 'thrown')) return;
  for (const [index, { state }] of planned.entries()) if (!isUnaccounted(ends[index]?.became)) state.settle();
}

async function runOne(training: PlannedTraining, board: Board, options: StepOptions): Promise<void> {
  const { next, here } = training;
  const tooLate = next.kind === 'start' ? whyNotStarted(board, options, here) : undefined;
  const act = () => followOne(training, board, options);
  const became =
    tooLate ?? (await act().catch((error: unknown) => afterError(error, training, board, options)));
  if (became.kind === 'without-model') here.log.info(`This training has no model: it ${became.lack}`);
  board.became(training, became);
}

/** What a person can mend is about this training. Anything else ends the step, once the others were followed to their end. */
function afterError(
  error: unknown,
  training: PlannedTraining,
  board: Board,
  { timeoutAtMs }: StepOptions,
): Became {
  if (error instanceof InterruptedError) return { kind: 'thrown', error };
  if (!(error instanceof TrainGateError)) {
    board.stop(`that of ${training.modelType} ended in a bug: ${reasonOf(error)}`);
    return { kind: 'thrown', error };
  }
  const mayRun = mayBeUnaccounted(error);
  if (board.isKnown(training) || mayRun)
    return {
      kind: 'without-model',
      lack: `could not be judged: ${messageOf(error)}`,
      isUnaccounted: mayRun,
    };
  const lack = `was not started: ${messageOf(error)}`;
  return training.here.clock.now() < timeoutAtMs
    ? { kind: 'without-model', lack }
    : { kind: 'open', lack, conclusion: undefined };
}

/** A training whose turn comes too late, or after a refusal that concerns it too. */
function whyNotStarted(board: Board, { timeoutAtMs }: StepOptions, { clock }: Context): Became | undefined {
  const stopped = board.stopped();
  if (stopped !== undefined) return { kind: 'without-model', lack: `was not started, since ${stopped}` };
  if (clock.now() < timeoutAtMs) return undefined;
  return { kind: 'open', lack: 'was not started before the timeout passed', conclusion: undefined };
}

async function followOne(
  training: PlannedTraining,
  board: Board,
  { runner, timeoutAtMs, rerunSinceMs, shared }: StepOptions,
): Promise<Became> {
  const { modelType, inputs, here, state, next, baseline } = training;
  const options = { runner, state, timeoutAtMs, rerunSinceMs, shared };
  const tell = (facts: TrainingFacts) => board.knows(training, facts);
  const one: OneTraining = { inputs, here, options, tell };
  const followed = await accountedFor(state, () => startOrAttach(next, one)).catch((error: unknown) => {
    if (concernsAllStarts(error)) board.stop(`the start of ${modelType} was refused: ${reasonOf(error)}`);
    throw error;
  });
  if (inputs.wait !== 'job') return { kind: 'left', conclusion: await endWithoutWaiting(followed, one) };
  const reached = await waitForResults(followed, baseline, one);
  switch (reached.kind) {
    case 'unended':
      return { kind: 'open', lack: lackOf(reached.conclusion), conclusion: reached.conclusion };
    case 'without-model':
      return { kind: 'without-model', lack: lackOf(reached.conclusion) };
    case 'results':
      return isUnruled(reached.training.phase, inputs.rules)
        ? {
            kind: 'without-model',
            lack: 'was stopped early, and there are no rules to judge what it reached',
          }
        : { ...reached, baseline };
  }
}
