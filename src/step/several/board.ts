import { setRunsOutput } from '../../github/outputs.ts';
import type { Runner } from '../../github/runner.ts';
import type { Context } from '../../lib/context.ts';
import type { TrainingFacts } from '../../report/conclusion.ts';
import { type Became, type EndOfOne, isUnaccounted } from './ended.ts';
import type { PlannedTraining } from './prepare-several.ts';

/** Where each training stands, for all to see. */
export interface Board {
  /** More is known of a training than before. */
  knows(training: PlannedTraining, facts: TrainingFacts): void;
  /** Whether the training is known to be there. */
  isKnown(training: PlannedTraining): boolean;
  /** Whether it may be in flight, as far as is known by now. */
  mayRun(training: PlannedTraining): boolean;
  became(training: PlannedTraining, became: Became): void;
  /** No more are to be started. `why`: a clause. */
  stop(why: string): void;
  /** Why no more are started, a phrase; undefined if they are. */
  stopped(): string | undefined;
  ends(): readonly EndOfOne[];
}

/** The board of `planned`, of which nothing is known yet. What is new on it goes to the output `runs` and to the log. */
export function createBoard(
  planned: readonly PlannedTraining[],
  runner: Pick<Runner, 'output'>,
  { log }: Pick<Context, 'log'>,
): Board {
  const facts = new Map<PlannedTraining, TrainingFacts>();
  const ended = new Map<PlannedTraining, Became>();
  let over = 0;
  let stopped: string | undefined;
  return {
    knows: (training, known) => {
      const isNew = !facts.has(training);
      facts.set(training, known);
      if (isNew)
        setRunsOutput(
          runner,
          planned.map((each) => ({ modelType: each.modelType, facts: facts.get(each) })),
        );
    },
    isKnown: (training) => facts.has(training),
    mayRun: (training) => isUnaccounted(ended.get(training)) || (facts.get(training)?.inFlight ?? false),
    became: (training, became) => {
      ended.set(training, became);
      // What is left to run, or was when the time was over, has not ended; nor has what was never started.
      if (!facts.has(training) || (became.kind !== 'results' && became.kind !== 'without-model')) return;
      over += 1;
      log.info(`${over} of ${planned.length} trainings have ended.`);
    },
    stop: (why) => {
      stopped ??= why;
      const running = [...facts.values()].filter(({ inFlight }) => inFlight).map(({ jobId }) => jobId);
      log.warning(
        `No more trainings are started, since ${stopped}. ${running.length === 0 ? 'None of this step runs.' : `Those that run are followed to their end: ${running.join(', ')}.`}`,
      );
    },
    stopped: () => stopped,
    ends: () =>
      planned.map((training) => ({
        modelType: training.modelType,
        facts: facts.get(training),
        became: ended.get(training) ?? { kind: 'thrown', error: new Error('a training was never started') },
      })),
  };
}
